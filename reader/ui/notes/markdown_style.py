"""Markdown shown where it is written: what stands for something is quiet, what it does is seen.

A long text is styled in pieces, what is on screen first, so that opening a note
of 200 KB does not stop the window; a key styles its own line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)

from reader.ui.notes import lines
from reader.ui.theme import Theme

MONOSPACE = ["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"]
_SCALE = {1: 1.5, 2: 1.28, 3: 1.14, 4: 1.06}
_SLICE = 0.012  # seconds of styling between two turns of the window
_SHORT = 8_000  # characters that are styled at once

Wrong = Callable[[str, list[int]], None]


class MarkdownStyle(QSyntaxHighlighter):
    """Styles a document's Markdown in a theme's colours."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[int, QTextCharFormat] = {}
        self._plain = False
        self._pending: Iterator[QTextBlock] | None = None
        self.wrong: Wrong | None = None  # marks the words of a line that are spelled wrong
        self.first_seen: Callable[[], QTextBlock] = document.firstBlock
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        theme.changed.connect(self.renew)
        document.blockCountChanged.connect(self._begin_again)

    @contextmanager
    def filling(self, length: int) -> Iterator[None]:
        """While a whole text is put in: a long one is styled afterwards, in pieces."""
        self._plain = length > _SHORT
        try:
            yield
        finally:
            if self._plain:
                self._plain = False
                self.in_pieces()

    def renew(self) -> None:
        """Style everything anew: colours or sizes are others now."""
        self._formats.clear()
        self.in_pieces()

    def in_pieces(self) -> None:
        """Style the whole text, from what is on screen on, between the window's turns."""
        self._pending = self._blocks()
        self._go_on()

    def _blocks(self) -> Iterator[QTextBlock]:
        # By their numbers: lines may go between two turns, and Qt crashes at a block that is gone.
        first, document = self.first_seen().blockNumber(), self.document()
        number = first
        while number < document.blockCount():
            yield document.findBlockByNumber(number)
            number += 1
        for number in range(first):
            yield document.findBlockByNumber(number)

    def _begin_again(self) -> None:
        """Lines came or went, and the numbers of those still to be styled are others."""
        if self._pending is not None:
            self._pending = self._blocks()

    def _go_on(self) -> None:
        # The thread's own time: on a busy machine a slice of the wall clock holds no work.
        end = time.thread_time() + _SLICE
        done: list[QTextBlock] = []
        for block in self._pending or ():
            if block.isValid():
                self._restyle(block)
                done.append(block)
            if time.thread_time() > end:
                self._timer.start()
                break
        else:
            self._pending = None
            self._timer.stop()
        self._tell(done)

    def restyle(self, blocks: Iterable[QTextBlock]) -> None:
        """Style some lines anew."""
        done = list(blocks)
        for block in done:
            self._restyle(block)
        self._tell(done)

    def _restyle(self, block: QTextBlock) -> None:
        """What rehighlightBlock does, but for its layout of the whole text after each line."""
        text, ranges = block.text(), []
        left, runs = self._runs(text, max(block.previous().userState(), 0))
        for start, end, form in runs:
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = start, end - start, form
            ranges.append(each)
        block.setUserState(left)
        block.layout().setFormats(ranges)

    def _tell(self, blocks: list[QTextBlock]) -> None:
        """Have Qt lay out what was styled, once."""
        places = [block.position() for block in blocks]
        if places:
            last = max(blocks, key=QTextBlock.position)
            first = min(places)
            length = last.position() + last.length() - first
            self.document().markContentsDirty(first, length)

    @property
    def busy(self) -> bool:
        """Whether some of the text is still to be styled."""
        return self._pending is not None

    def highlightBlock(self, text: str) -> None:
        if self._plain:
            return
        left, runs = self._runs(text, max(self.previousBlockState(), 0))
        self.setCurrentBlockState(left)
        for start, end, form in runs:
            self.setFormat(start, end - start, form)

    def _runs(self, text: str, before: int) -> tuple[int, list[tuple[int, int, QTextCharFormat]]]:
        """What a line leaves open, and (start, end, format) of its parts as Qt counts."""
        flags, left = lines.scan(text, before)
        if self.wrong is not None:
            self.wrong(text, flags)
        places = lines.units(text)
        runs: list[tuple[int, int, QTextCharFormat]] = []
        start = 0
        for place in range(1, len(flags) + 1):
            if place < len(flags) and flags[place] == flags[start]:
                continue
            if flags[start]:
                first, end = (places[start], places[place]) if places else (start, place)
                runs.append((first, end, self._format(flags[start])))
            start = place
        return left, runs

    def _format(self, flags: int) -> QTextCharFormat:
        form = self._formats.get(flags)
        if form is None:
            form = self._formats[flags] = self._made(flags)
        return form

    def _made(self, flags: int) -> QTextCharFormat:
        form, color = QTextCharFormat(), self._theme.color
        level = flags >> lines.LEVEL
        if level:
            size = self.document().defaultFont().pixelSize() * _SCALE.get(level, 1.0)
            form.setProperty(QTextCharFormat.Property.FontPixelSize, round(size))
        if level or flags & lines.STRONG:
            form.setFontWeight(QFont.Weight.DemiBold)
        if flags & (lines.EMPHASIS | lines.QUOTE):
            form.setFontItalic(True)
        if flags & lines.STRIKE:
            form.setFontStrikeOut(True)
        if flags & (lines.CODE | lines.TABLE | lines.MATH):
            form.setFontFamilies(MONOSPACE)
            form.setFontItalic(False)
        if flags & lines.CODE:
            form.setBackground(color("hover"))
        if flags & (lines.QUOTE | lines.DONE):
            form.setForeground(color("muted"))
        if flags & (lines.LINK | lines.BULLET | lines.MATH):
            form.setForeground(color("accent"))
        if flags & lines.MARK:
            form.setForeground(color("faint"))
        if flags & lines.WRONG:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
            form.setUnderlineColor(color("error"))
        return form
