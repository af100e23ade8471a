"""What each character of a line of Markdown is: a heading, a marker, code, a link, math.

Line by line, with what the line before left open, so that a key costs one line
and not the whole note.  It is for showing the text as it is written; the tree
of a note is made by markdown-it (see rendered/).
"""

from __future__ import annotations

import re

from reader.domain.tex import math_at
from reader.ui.notes.links import ADDRESS, WIKI

# What a character is; several may hold.  A heading's level stands in three bits of its own.
STRONG, EMPHASIS, STRIKE, CODE, LINK, MATH, MARK, QUOTE, TABLE, BULLET, DONE, WRONG = (
    1 << bit for bit in range(12)
)
LEVEL = 12
NOT_WORDS = CODE | LINK | MATH | MARK | BULLET

# What a line leaves open: nothing, a fence (its length and character), math, a table.
OPEN_NOTHING, OPEN_MATH, OPEN_TABLE = 0, 1, 2
_FENCE, _TILDE = 4, 8

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)(\[[ xX]\](?=\s|$))?")
QUOTED = re.compile(r"(?: {0,3}> ?)+")
_FENCED = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CLOSING_HASHES = re.compile(r"(?<=\s)#+\s*$")
_SPECIAL = re.compile(r"[\\`$<\[!h]|doi:")
_ANGLED = re.compile(r"<(?:https?://|mailto:|doi:)[^\s<>]*>")
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.)*)\](\((?:[^()\\\s]|\\.|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\))"
)
_NOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_RUN = re.compile(r"\*+|_+|~~")
_TICKS = re.compile(r"`+")
_LONGEST = 20_000  # characters of a line that are looked into
_HIDDEN = "\x01"  # stands for what is no text any more, where emphasis is looked for


def scan(text: str, before: int) -> tuple[list[int], int]:
    """What each character of a line is, and what the line leaves open."""
    flags = [0] * len(text)
    if before & (_FENCE | _TILDE):
        _mark(flags, 0, len(text), CODE)
        return flags, OPEN_NOTHING if _closes(text, before) else before
    if before == OPEN_MATH:
        _mark(flags, 0, len(text), MATH)
        ends = not text.strip() or text.rstrip().endswith("$$")
        return flags, OPEN_NOTHING if ends else OPEN_MATH
    if fence := _FENCED.match(text):
        _mark(flags, 0, len(text), CODE)
        _mark(flags, fence.start(1), fence.end(1), MARK)
        kind = _FENCE if fence[1][0] == "`" else _TILDE
        return flags, kind | len(fence[1]) << 4
    if text.lstrip().startswith("$$") and "$$" not in text.lstrip()[2:]:
        _mark(flags, 0, len(text), MATH)
        return flags, OPEN_MATH
    if text.startswith("<!--") and text.rstrip().endswith("-->"):
        _mark(flags, 0, len(text), MARK)  # between annotations written into the note
        return flags, OPEN_NOTHING
    return flags, _blocks(text, flags, before)


def _closes(text: str, state: int) -> bool:
    """Whether a line ends the fence that is open."""
    bare = text.strip()
    sign = "`" if state & _FENCE else "~"
    return len(bare) >= state >> 4 and bare.strip(sign) == ""


def _blocks(text: str, flags: list[int], before: int) -> int:
    """Headings, quotes, items and rows of tables; then what stands inside of the line."""
    at = 0
    if quoted := QUOTED.match(text):
        at = quoted.end()
        _mark(flags, 0, at, MARK)
        _mark(flags, at, len(text), QUOTE)
    rest = text[at:]
    if RULE.match(rest):
        _mark(flags, at, len(text), MARK)
        return OPEN_NOTHING
    if heading := HEADING.match(rest):
        _mark(flags, at, len(text), len(heading[1]) << LEVEL)
        _mark(flags, at, at + heading.end(), MARK)
        if closing := _CLOSING_HASHES.search(rest, heading.end()):
            _mark(flags, at + closing.start(), len(text), MARK)
        at += heading.end()
    elif item := ITEM.match(rest):
        _mark(flags, at + item.start(2), at + item.end(), BULLET)
        if item[4] and item[4] != "[ ]":
            _mark(flags, at + item.end(), len(text), DONE)
        at += item.end()
    elif "|" in rest and (rest.lstrip().startswith("|") or before == OPEN_TABLE or _divides(rest)):
        _row(text, at, flags)
        return OPEN_TABLE
    _inside(text, at, flags)
    return OPEN_NOTHING


def _divides(text: str) -> bool:
    return _DIVIDER.match(text) is not None


def _row(text: str, at: int, flags: list[int]) -> None:
    _mark(flags, at, len(text), TABLE)
    if _divides(text[at:]):
        _mark(flags, at, len(text), MARK)
        return
    _inside(text, at, flags)
    for place in range(at, len(text)):
        if text[place] == "|" and text[place - 1 : place] != "\\":
            flags[place] = TABLE | MARK


def _inside(text: str, at: int, flags: list[int]) -> None:
    """Code, math and links first, for no emphasis is looked for in them."""
    if len(text) > _LONGEST:
        return
    shown = list(text)
    found = _SPECIAL.search(text, at)
    while found:
        start = found.start()
        end = _special(text, start, flags)
        shown[start:end] = _HIDDEN * (end - start)
        found = _SPECIAL.search(text, max(end, start + 1))
    _emphasis("".join(shown), at, flags)


def _special(text: str, at: int, flags: list[int]) -> int:
    """Mark what begins at a place; where it ends, `at` when nothing begins there."""
    sign = text[at]
    if sign == "\\":
        if at + 1 < len(text) and not text[at + 1].isalnum():
            flags[at] |= MARK
            return at + 2
        return at
    if sign == "`":
        return _code(text, at, flags)
    if sign == "$":
        if span := math_at(text, at):
            _mark(flags, at, span.end, MATH)
            return span.end
        return at
    for pattern in (ADDRESS, _ANGLED, WIKI, _NOTE):
        if found := pattern.match(text, at):
            _mark(flags, at, found.end(), LINK)
            return found.end()
    if link := _LINK.match(text, at):
        _mark(flags, at, link.end(), LINK)
        _mark(flags, at, link.start(1), MARK)
        _mark(flags, link.end(1), link.end(), MARK)
        return link.end()
    return at


def _code(text: str, at: int, flags: list[int]) -> int:
    ticks = _TICKS.match(text, at)
    assert ticks is not None
    for closing in _TICKS.finditer(text, ticks.end()):
        if len(closing[0]) == len(ticks[0]):
            _mark(flags, at, closing.end(), CODE)
            _mark(flags, at, ticks.end(), MARK)
            _mark(flags, closing.start(), closing.end(), MARK)
            return closing.end()
    return ticks.end()


def _emphasis(text: str, at: int, flags: list[int]) -> None:
    """Pair the stars, lines and tildes as CommonMark does, without its rule of three."""
    openers: list[list[int]] = []  # [where its unused signs end, how many are left]
    for run in _RUN.finditer(text, at):
        sign, left = run[0][0], len(run[0])
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        opens, closes = _flanks(sign, before if run.start() > at else "", after)
        start = run.start()
        while closes and left:
            place = next(
                (n for n in reversed(range(len(openers))) if _same(text, openers[n], sign)), -1
            )
            if place < 0:
                break
            opener = openers[place]
            count = 2 if min(opener[1], left) >= 2 else 1
            kind = STRIKE if sign == "~" else STRONG if count == 2 else EMPHASIS
            _mark(flags, opener[0], start, kind)
            _mark(flags, opener[0] - count, opener[0], MARK)
            _mark(flags, start, start + count, MARK)
            opener[0], opener[1] = opener[0] - count, opener[1] - count
            del openers[place + (opener[1] > 0) :]
            start, left = start + count, left - count
        if opens and left:
            openers.append([run.end(), left])


def _same(text: str, opener: list[int], sign: str) -> bool:
    return text[opener[0] - 1] == sign


def _flanks(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of signs may open and may close, by the characters around it."""
    blank_before, blank_after = not before.strip(), not after.strip()
    word_before, word_after = before.isalnum(), after.isalnum()
    left = not blank_after and (word_after or after == _HIDDEN or not word_before)
    right = not blank_before and (word_before or before == _HIDDEN or not word_after)
    if sign == "_":
        return left and not word_before, right and not word_after
    return left, right


def _mark(flags: list[int], start: int, end: int, kind: int) -> None:
    for place in range(start, end):
        flags[place] |= kind


WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def words(text: str, flags: list[int]) -> list[tuple[int, int]]:
    """Where the words of prose are: not in code, math, links and markers, and without digits."""
    found: list[tuple[int, int]] = []
    for word in WORD.finditer(text):
        start, end = word.span()
        around = text[start - 1 : start] + text[end : end + 1]
        strange = any(sign.isdigit() or sign in "_@\\" for sign in around)
        if end - start > 1 and not strange and not (flags[start] | flags[end - 1]) & NOT_WORDS:
            found.append((start, end))
    return found


def units(text: str) -> list[int] | None:
    """Qt's place (in UTF-16) of each character and of the end; None where both count alike."""
    if text.isascii() or max(text) <= "\uffff":
        return None
    places = [0]
    for sign in text:
        places.append(places[-1] + 1 + (sign > "\uffff"))
    return places


def index_of(text: str, place: int) -> int:
    """The character at a place that Qt counted in UTF-16."""
    places = units(text)
    if places is None:
        return min(place, len(text))
    return next((n for n, unit in enumerate(places) if unit >= place), len(text))
