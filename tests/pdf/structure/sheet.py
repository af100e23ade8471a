"""Pages of a paper set by hand: lines with sizes and weights, as the engine would tell them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from reader.pdf.text import PageText, Style

LEADING = 12.0
INK = 0.5  # width of a character, as a share of its size


class Sheet:
    """A page being set: each call adds a block; `y` is where the next line goes."""

    def __init__(self, y: float = 60.0) -> None:
        self.y = y
        self._chars = ""
        self._boxes = array("f")
        self._lines: list[tuple[int, int]] = []
        self._blocks: list[tuple[int, int]] = []
        self._styles: list[Style] = []

    def text(
        self,
        *lines: str,
        x: float = 72.0,
        size: float = 10.0,
        bold: bool = False,
        mono: bool = False,
        gap: float = 0.0,
        indent: float = 0.0,
    ) -> Sheet:
        """A block of lines below one another; `indent` moves all but the first to the right.

        "^12^" sets 12 as a superscript, "~12~" small on the line, "   " (3 spaces) is a gap of 60 points.
        """
        self.y += gap
        start = len(self._chars)
        for number, line in enumerate(lines):
            self._line(line, x + (indent if number else 0.0), size, bold=bold, mono=mono)
            self.y += LEADING * size / 10
        self._blocks.append((start, len(self._chars)))
        return self

    def _line(self, line: str, x: float, size: float, *, bold: bool, mono: bool) -> None:
        start = len(self._chars)
        for number, piece in enumerate(re.split(r"[\^~]", line)):
            raised = number % 2 == 1 and "^" in line
            points = size * 0.7 if number % 2 == 1 else size
            if piece:
                self._styles.append(
                    Style(len(self._chars), points, bold=bold, mono=mono, raised=raised)
                )
            for char in piece.replace("   ", "\t"):
                width = 60.0 if char == "\t" else INK * points
                self._boxes.extend((x, self.y, x + width, self.y + size))
                self._chars += " " if char == "\t" else char
                x += width
        self._lines.append((start, len(self._chars)))

    def page(self) -> PageText:
        """What has been set."""
        return PageText(
            self._chars,
            self._boxes,
            tuple(self._lines),
            tuple(self._blocks),
            tuple(self._styles),
        )


FILLER = (
    "Some words of a paragraph that is as wide as the column is and says very little.",
    "Others follow it and say even less, so that nobody would take them for headings.",
    "Then there is a third line of the same width, for the sake of what comes before.",
)


def bibliography(entries: Sequence[str], title: str = "References") -> PageText:
    """A page with a heading and entries, a line each."""
    sheet = Sheet().text(title, size=14, bold=True)
    for entry in entries:
        sheet.text(*entry.split("\n"), gap=6, indent=12)
    return sheet.page()
