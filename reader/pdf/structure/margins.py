"""Numbers that count the lines of a manuscript at its margin: no part of any line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reader.pdf.structure.line import Line
from reader.pdf.text import PageText

_LEAST = 8  # numbers of a page below one another
_LONG = 25  # characters of a line whose edge the numbers stand beside
_SMALL = 0.85  # of a line's size: its number, where that stands in the line itself
_BEHIND, _BEFORE = re.compile(r"(?<=\s)(\d{1,4})$"), re.compile(r"(\d{1,4})(?=\s)")
_STEPS = (1, 2, 5, 10)  # every line has its number, or every fifth


def counts(pages: Sequence[Sequence[Line]]) -> tuple[frozenset[int], ...]:
    """For each page the numbers of the lines that count the others; of most pages, or none."""
    found = [_counts(rows) for rows in pages]
    filled = sum(1 for rows in pages if len(rows) > _LEAST)
    if filled < 2 or 2 * sum(map(bool, found)) <= filled:
        return (frozenset(),) * len(pages)
    return tuple(map(frozenset, found))


def _counts(rows: Sequence[Line]) -> set[int]:
    """The line numbers of a page's counts, at the left or the right of its text."""
    long = [row.box for row in rows if len(row.text) >= _LONG]
    digits = [row for row in rows if row.text.isdigit() and len(row.text) <= 5]
    if not long or len(digits) < _LEAST:
        return set()
    left, right = min(box[0] for box in long), max(box[2] for box in long)
    found: set[int] = set()
    for aside in (
        [row for row in digits if row.box[2] <= left],
        [row for row in digits if row.box[0] >= right],
    ):
        run = sorted(aside, key=lambda row: row.box[1])
        while run and not _counts_on(run):
            run.pop()  # a page's own number may stand below them
            if len(run) < len(aside) - 1:
                run = []
        found.update(row.number for row in run)
    return found


def _counts_on(run: Sequence[Line]) -> bool:
    values = [int(row.text) for row in run]
    step = values[1] - values[0] if len(values) >= _LEAST else 0
    return step in _STEPS and all(after - before == step for before, after in pairwise(values))


def without_ends(rows: tuple[Line, ...], text: PageText) -> tuple[Line, ...]:
    """A page's lines without such numbers that the file has put into the lines themselves."""
    for behind in (True, False):
        ends = [
            (at, match)
            for at, row in enumerate(rows)
            if row.text[-1 if behind else 0].isdigit()
            and (match := _BEHIND.search(row.text) if behind else _BEFORE.match(row.text))
            and _is_small(row, text, behind=behind)
        ]
        steps = [int(after[1][1]) - int(before[1][1]) for before, after in pairwise(ends)]
        if len(ends) >= _LEAST and steps.count(1) > 0.8 * len(steps):
            cut = {at: len(match[1]) for at, match in ends}
            edge = 2 if behind else 0
            places = sorted(rows[at].box[edge] for at in cut)
            rows = tuple(
                _cut(row, text, cut[at], behind=behind) if at in cut else row
                for at, row in enumerate(rows)
                # Beside a short line the number is one of its own.
                if not row.text.isdigit()
                or abs(row.box[edge] - places[len(places) // 2]) > row.size
            )
    return rows


def of_most(
    pages: Sequence[tuple[Line, ...]], cut: Sequence[tuple[Line, ...]]
) -> Sequence[tuple[Line, ...]]:
    """The pages as they were cut, where most of them were."""
    changed = sum(1 for rows, before in zip(cut, pages, strict=True) if rows is not before)
    filled = sum(1 for rows in pages if len(rows) > _LEAST)
    return cut if 2 * changed > filled else pages


def _edges(row: Line, text: PageText) -> tuple[int, int]:
    """The first of a line's characters that is no space, and the last + 1."""
    content = text.chars[row.start : row.end]
    return row.start + len(content) - len(content.lstrip()), row.start + len(content.rstrip())


def _is_small(row: Line, text: PageText, *, behind: bool) -> bool:
    start, end = _edges(row, text)
    style = text.style_at(end - 1 if behind else start)
    return style.size <= _SMALL * row.size and not style.raised


def _cut(row: Line, text: PageText, length: int, *, behind: bool) -> Line:
    start, end = _edges(row, text)
    start, end = (start, end - length) if behind else (start + length, end)
    raw = text.chars[start:end]
    content = raw.strip()
    start += len(raw) - len(raw.lstrip())
    boxes = text.rects(start, start + len(content))
    return replace(row, start=start, end=end, text=content, box=boxes[0]) if boxes else row
