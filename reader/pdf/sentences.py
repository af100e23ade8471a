"""The sentences of a page, as spans of its characters: what is read aloud one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.domain.annotation import Rect
from reader.pdf.text import PageText, Span

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？]")
# What ends in a full stop and ends no sentence.
_SHORT = frozenset(
    [
        "al",
        "approx",
        "app",
        "cf",
        "ch",
        "chap",
        "co",
        "corp",
        "def",
        "dept",
        "dr",
        "e.g",
        "ed",
        "eds",
        "eq",
        "eqs",
        "est",
        "etc",
        "fig",
        "figs",
        "i.e",
        "inc",
        "jr",
        "lem",
        "ltd",
        "mr",
        "mrs",
        "ms",
        "no",
        "nos",
        "p",
        "pp",
        "prof",
        "prop",
        "ref",
        "refs",
        "resp",
        "sec",
        "secs",
        "sr",
        "st",
        "tab",
        "thm",
        "viz",
        "vol",
        "vs",
        "w.r.t",
    ]
)
_LAST_WORD = re.compile(r"([^\s(\[]+)$")
_LONGEST = 1_000  # characters; text without any full stop is cut at a space
_LEAST = 2  # letters a sentence has


def sentences(page: PageText, left_out: Sequence[Rect] = ()) -> list[Span]:
    """The spans of the page's sentences in reading order; never longer than 1,000 characters.

    A sentence ends at the latest with its block: headings and captions are
    sentences of their own.  Lines within the rects of `left_out` (view space),
    such as running heads, are passed over.
    """
    found: list[Span] = []
    for start, end in page.blocks:
        for low, high in _kept(page, start, end, left_out):
            found += _of_block(page, low, high)
    return found


def _kept(page: PageText, start: int, end: int, left_out: Sequence[Rect]) -> list[Span]:
    """The parts of a block without the lines that are left out."""
    parts = [(start, start)]
    for low, high in page.lines if left_out else ():
        if start <= low < end:
            if any(_within(page, low, high, rect) for rect in left_out):
                parts.append((high, high))
            else:
                parts[-1] = (parts[-1][0], high)
    return [part for part in parts if part[0] < part[1]] if left_out else [(start, end)]


def _within(page: PageText, low: int, high: int, rect: Rect) -> bool:
    boxes = page.rects(low, high)
    if not boxes:
        return False
    x, y = (boxes[0][0] + boxes[0][2]) / 2, (boxes[0][1] + boxes[0][3]) / 2
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _of_block(page: PageText, start: int, end: int) -> list[Span]:
    text = page.chars[start:end]
    # A line's end is a space for the eye; there is none among the characters.
    ends = {high for _, high in page.lines}
    found: list[Span] = []
    low = 0
    for mark in _END.finditer(_spaced(text, start, ends)):
        place = mark.end()
        if _closes(text, low, mark.start(), place):
            found += _cut(text, low, place)
            low = place
    found += _cut(text, low, len(text))
    return [(start + a, start + b) for a, b in found]


def _spaced(text: str, start: int, ends: set[int]) -> str:
    """The text with the first character of every line that follows a full stop as a space.

    Only `_END` reads this: it asks what follows, never what it is.
    """
    letters = list(text)
    for end in ends:
        at = end - start
        if 0 < at < len(letters) and letters[at - 1] in ".!?…":
            letters[at] = " "
    return "".join(letters)


def _closes(text: str, low: int, at: int, end: int) -> bool:
    """Whether the mark at `at` ends a sentence that began at `low`."""
    if text[at] != ".":
        return True
    before = _LAST_WORD.search(text[max(low, at - 40) : at])
    word = before.group(1).casefold() if before else ""
    if word in _SHORT or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    rest = text[end : end + 4].lstrip()
    return not rest[:1].islower()


def _cut(text: str, low: int, high: int) -> list[Span]:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    found: list[Span] = []
    while high - low > _LONGEST:
        space = text.rfind(" ", low + 1, low + _LONGEST)
        middle = space if space > 0 else low + _LONGEST
        found.append((low, middle))
        low = middle
    if sum(char.isalnum() for char in text[low:high]) >= _LEAST:
        found.append((low, high))
    return found
