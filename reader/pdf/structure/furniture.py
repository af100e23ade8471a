"""Running heads, footers, page numbers and margin stamps: what is no part of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.pdf.structure.line import Line, turned

_ROWS = 3  # at each end of a page
_NUMBER = re.compile(
    r"(?:page\s+)?[-\u2013\u2014 ]*(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]-?\d{1,3})[-\u2013\u2014 ]*"
    r"(?:(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
# Of the size of running text: a title, and no running head; those are large in some journals.
_LARGE, _LARGE_BOLD = 1.6, 1.3
_GAP, _LOOSE = 0.7, 1.4  # of a line's size; of the usual gap where lines stand far apart


def furniture(pages: Sequence[Sequence[Line]], body: float) -> frozenset[tuple[int, int]]:
    """(page, line number) of every line that repeats at the ends of pages, or is turned.

    `body` is the size of running text, in points.
    """
    found: set[tuple[int, int]] = set()
    ends: list[tuple[Line, bool, tuple[int, int]]] = []
    gap = max(_GAP, _LOOSE * _usual_gap(pages))
    for lines in pages:
        level = [line for line in lines if not turned(line)]
        left = min((line.box[0] for line in level), default=0.0)
        right = max((line.box[2] for line in level), default=0.0)
        # A stamp stands beside the text; a table on its side is text itself.
        found.update(
            (line.page, line.number)
            for line in lines
            if turned(line) and (line.box[2] <= left or line.box[0] >= right)
        )
        ends += _ends(level, gap)
    texts: defaultdict[str, set[int]] = defaultdict(set)
    places: Counter[tuple[int, int]] = Counter()
    for line, apart, place in ends:
        texts[_told(line, body)].add(line.page)
        if apart:
            places[place] += 1
    filled = sum(1 for lines in pages if lines)
    many = max(3, filled // 4)
    for line, apart, place in ends:
        repeated = len(texts[_told(line, body)]) >= min(many, 4) and len(line.text) < 150
        number = _NUMBER.fullmatch(line.text) is not None and (apart or repeated)
        if (
            number
            or (repeated and not _DIGITS.fullmatch(line.text))
            or (apart and places[place] >= many and len(line.text) < 150 and not _large(line, body))
        ):
            found.add((line.page, line.number))
    return frozenset(found)


def _large(line: Line, body: float) -> bool:
    return line.size > (_LARGE_BOLD if line.bold else _LARGE) * body


def _told(line: Line, body: float) -> str:
    """What a line that repeats is known by; "Chapter 1" and "Chapter 2", set large, differ."""
    return line.text if _large(line, body) else _DIGITS.sub("#", line.text)


def _usual_gap(pages: Sequence[Sequence[Line]]) -> float:
    """How far lines are apart, as a share of their size: about 1 where spacing is double."""
    gaps = sorted(
        (after.box[1] - line.box[3]) / line.size
        for lines in pages
        for line, after in pairwise(lines)
        if line.size > 0 and -0.5 < (after.box[1] - line.box[3]) / line.size < 3
    )
    return gaps[len(gaps) // 2] if gaps else 0.0


def _ends(lines: Sequence[Line], gap: float) -> Iterator[tuple[Line, bool, tuple[int, int]]]:
    """The lines of the outermost rows, whether a gap parts them from the text, and the place."""
    if len(lines) < 2:
        return
    yield from _end(sorted(lines, key=lambda line: line.box[1]), gap, down=True)
    yield from _end(sorted(lines, key=lambda line: -line.box[3]), gap, down=False)


def _end(
    lines: Sequence[Line], least: float, *, down: bool
) -> Iterator[tuple[Line, bool, tuple[int, int]]]:
    row = 0
    at = 0
    apart = True
    while at < len(lines) and row < _ROWS:
        first = lines[at]
        same = [first]
        while at + len(same) < len(lines) and _overlap(first, lines[at + len(same)]):
            same.append(lines[at + len(same)])
        at += len(same)
        gap = 0.0
        if at < len(lines):
            after = lines[at]
            gap = after.box[1] - first.box[3] if down else first.box[1] - after.box[3]
        apart = apart and gap > least * first.size
        place = (int(down) + 2 * row, round(first.box[1] / 2))
        yield from ((line, apart, place) for line in same)
        row += 1


def _overlap(one: Line, other: Line) -> bool:
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared > 0.5 * min(one.box[3] - one.box[1], other.box[3] - other.box[1])
