"""Folding: how text becomes the words the index knows.

Case, accents, hyphens, LaTeX escapes and East Asian writing are folded the same
way when a paper is indexed and when a person searches, so whatever was typed
finds what was written.  A change of any rule here must raise FOLD_VERSION,
which makes every library rebuild its index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

FOLD_VERSION = 3

_GREEK_AND_SIGNS = re.compile(r"\\([A-Za-z]+)[ \t]*")  # the next line is a word of its own
_ACCENT = re.compile(r"\\[`'^\"~=.uvHtcdbkr](?:\{\\?([A-Za-z])\}|\s*\\?([A-Za-z]))")
_LATEX_LETTERS = {
    "o": "o", "O": "o", "l": "l", "L": "l", "ss": "ss", "ae": "ae", "AE": "ae",
    "oe": "oe", "OE": "oe", "aa": "a", "AA": "a", "i": "i", "j": "j",
}  # fmt: skip
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\u00ad"
_WORD = re.compile(rf"[^\W_]+(?:[{_HYPHENS}'\u2019][^\W_]+)*(?:\+\+|#)?")
_SPLIT = re.compile(rf"[{_HYPHENS}'\u2019]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MARKS = {"++": "plusplus", "#": "sharp"}


def fold(text: str) -> str:
    """The text without case, accents and LaTeX commands; length may change."""
    if "\\" in text:
        text = _ACCENT.sub(lambda match: match[1] or match[2], text)
        text = _GREEK_AND_SIGNS.sub(
            lambda match: _LATEX_LETTERS.get(match[1], f" {match[1]} "), text
        )
        text = text.replace("{", "").replace("}", "")
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text)
    # Recomposing puts Hangul syllables back together; accents are gone by then.
    text = "".join(char for char in text if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)


def title_key(title: str) -> str:
    """What two spellings of one title have in common: folded letters and digits only."""
    return "".join(filter(str.isalnum, fold(title)))


def _runs(word: str) -> Iterator[tuple[bool, str]]:
    """The word cut into runs of East Asian characters and others."""
    start = 0
    for found in _CJK.finditer(word):
        if start < found.start():
            yield False, word[start : found.start()]
        yield True, found[0]
        start = found.end()
    if start < len(word):
        yield False, word[start:]


def index_words(text: str) -> Iterator[str]:
    """Every word the text is found by, in order, repeats included.

    "pre-training" gives pre, training and pretraining; "C++" c and cplusplus;
    a run of East Asian characters its characters and its pairs.
    """
    for found in _WORD.finditer(fold(text)):
        word = found[0]
        if word.isascii() and word.isalnum():
            yield word  # nearly every word: what follows would give the same
            continue
        for mark, name in _MARKS.items():
            if word.endswith(mark):
                word = word[: -len(mark)]
                yield _SPLIT.split(word)[-1] + name
        parts = _SPLIT.split(word)
        if len(parts) > 1:
            yield "".join(parts)
        for part in parts:
            for cjk, run in _runs(part):
                if not cjk:
                    yield run
                    continue
                yield from run
                yield from (run[i : i + 2] for i in range(len(run) - 1))


def query_words(text: str) -> list[list[str]]:
    """The words a typed term asks for: all groups must match, one word of a group each.

    A hyphenated term matches joined or in parts, which needs "joined or (all
    parts)"; it is given as one group per part, each holding the joined form too.
    """
    groups: list[list[str]] = []
    for found in _WORD.finditer(fold(text)):
        word = found[0]
        marked = next((mark for mark in _MARKS if word.endswith(mark)), "")
        parts = _SPLIT.split(word.removesuffix(marked))
        joined = ["".join(parts)] if len(parts) > 1 else []
        if marked:
            # The sign belongs to the last part: "objective-c++" asks for objective and c++.
            groups.append([parts.pop() + _MARKS[marked]])
        for part in parts:
            for cjk, run in _runs(part):
                if cjk and len(run) > 1:
                    groups.extend([run[i : i + 2]] for i in range(len(run) - 1))
                else:
                    groups.append([run, *joined])
    return groups


def phrase_words(text: str) -> list[str]:
    """The text's words for a comparison in order: no signs, East Asian characters one by one."""
    spaced = "".join(
        f" {char} " if _CJK.match(char) else char if char.isalnum() else " " for char in fold(text)
    )
    return spaced.split()
