"""Displayed equations with a number at the margin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.domain.annotation import Rect
from reader.pdf.structure.line import Line
from reader.pdf.structure.lines import Lines, union
from reader.pdf.structure.values import Equation
from reader.pdf.text import PageText

_NUMBER = r"(?:[A-Z]{1,2}\.?)?\d{1,3}(?:[.\-\u2013]\d{1,3}){0,2}[a-z]?[\u2032'*]?"
_LAST = re.compile(rf"\(({_NUMBER})\)$")
_FIRST = re.compile(rf"\(({_NUMBER})\)(?=\s|$)")
_TAIL = 16  # characters a number can take
_ROWS = 60  # lines looked at above and below


class Equations:
    """The numbered equations of a document, by number."""

    def __init__(
        self,
        lines: Lines,
        texts: Sequence[PageText | None],
        taken: frozenset[tuple[int, int]],
    ) -> None:
        self._lines = lines
        self._taken = taken | lines.furniture
        numbers: set[tuple[int, int]] = set()
        found: dict[str, Equation] = {}
        for rows in lines.pages:
            for at, line in enumerate(rows):
                if line.text[-1] != ")" and line.text[0] != "(":
                    continue
                if (line.page, line.number) in self._taken:
                    continue
                number = self._number(line, texts[line.page])
                if number and number not in found and not self._is_point(rows, at):
                    rect = self._rect(rows, at)
                    numbers.add((line.page, line.number))
                    found[number] = Equation(number, line.page, rect, " ".join(line.text.split()))
        self.all = tuple(found.values())
        self.lines = frozenset(numbers)  # those that end in a number
        self._by_number = found

    def find(self, number: str) -> Equation | None:
        """The equation with that number; "4a" is a part of 4 where it is none of its own.

        Where only parts have numbers, as 4a and 4b, "4" is the first of them.
        """
        plain = number.rstrip("abcdefghijklmnopqrstuvwxyz")
        found = self._by_number.get(number) or self._by_number.get(plain)
        return found or (self._by_number.get(f"{number}a") if plain == number else None)

    def _number(self, line: Line, page: PageText | None) -> str:
        """The number at the end (or the beginning) of a line, set apart at the margin."""
        if page is None:
            return ""
        x0, x1 = self._lines.columns[line.page].range(self._lines.column(line))
        match = _LAST.search(line.text[-_TAIL:])
        if match and line.box[2] > x1 - 8:
            if match.end() - match.start() == len(line.text):
                return match[1]
            at = _index(page, line, len(match[0]))
            if self._gap(page, line, at) > 0.9 * line.size:
                return match[1]
        match = _FIRST.match(line.text[:_TAIL])
        if match and line.box[0] < x0 + 3 and line.first:
            if match.end() == len(line.text):
                return match[1] if line.box[2] - line.box[0] < 60 else ""
            start = line.start + len(match[0])
            if start + 1 < line.end:
                gap = page.box(start + 1)[0] - page.box(start - 1)[2]
                return match[1] if gap > 2.0 * line.size else ""
        return ""

    def _is_point(self, rows: Sequence[Line], at: int) -> bool:
        """Whether a number at the left margin counts the points of a list: words follow it."""
        line = rows[at]
        if line.text[0] != "(" or (
            _LAST.search(line.text[-_TAIL:]) and not _FIRST.fullmatch(line.text)
        ):
            return False
        beside = line.text.partition(")")[2]
        for near in rows[at + 1 : at + 3]:
            overlap = min(line.box[3], near.box[3]) - max(line.box[1], near.box[1])
            if not beside.strip() and overlap > 0.5 * (line.box[3] - line.box[1]):
                beside = near.text
        words = [word for word in beside.split() if len(word) > 2 and word.strip(".,;:").isalpha()]
        return len(words) >= 4 or (len(words) >= 2 and 2 * len(words) >= len(beside.split()))

    def _gap(self, page: PageText, line: Line, at: int) -> float:
        """How far the number stands from what is before it."""
        before = at - 1
        while before > line.start and page.chars[before].isspace():
            before -= 1
        return page.box(at)[0] - page.box(before)[2]

    def _rect(self, rows: Sequence[Line], at: int) -> Rect:
        """The number with the lines of its equation."""
        line = rows[at]
        column = self._lines.column(line)
        box = line.box
        for step in (-1, 1):
            for near in rows[at + step :: step][:_ROWS] if at + step >= 0 else ():
                same = self._lines.column(near) in (column, -1) or column < 0
                gap = max(near.box[1] - box[3], box[1] - near.box[3])
                if not same or gap > 0.4 * line.size or self._is_text(near):
                    break
                box = union([box, near.box])
        return box

    def _is_text(self, line: Line) -> bool:
        """Whether a line is no part of an equation."""
        if (line.page, line.number) in self._taken or _LAST.search(line.text[-_TAIL:]):
            return True
        x0, _ = self._lines.columns[line.page].range(self._lines.column(line))
        words = sum(1 for word in line.text.split() if len(word) > 3 and word.isalpha())
        starts = line.box[0] < x0 + 2 or words >= 3
        return words >= 1 and starts and (self._lines.is_paragraph(line) or words >= 3)


def _index(page: PageText, line: Line, length: int) -> int:
    """The index of the character where the last `length` of a line begin."""
    end = line.end
    while end > line.start and page.chars[end - 1].isspace():
        end -= 1
    return end - length
