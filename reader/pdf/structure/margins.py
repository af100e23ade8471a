"""Numbers that count the lines of a manuscript at its margin: no part of any line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.pdf.structure.line import Line

_LEAST = 8  # numbers of a page below one another
_LONG = 25  # characters of a line whose edge the numbers stand beside
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
