"""An abstract: plain text whose TeX is shown as math once that can be set."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reader.ui.notes.kit import Kit
from reader.ui.theme import Theme
from reader.ui.widgets.plain_text import PlainText


class Math(Protocol):
    """Shows the math of a text; see reader.ui.notes.rendered.in_text."""

    def show(self, text: str) -> bool:
        """Show a text with its math; False when it has none."""
        ...

    def copied(self, cursor: QTextCursor) -> str:
        """What is selected, formulas as their source."""
        ...


class AbstractText(PlainText):
    """Reads like plain text, also to whoever copies it."""

    def __init__(self, kit: Kit, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._source = ""
        self._math: Math | None = None
        self.theme = theme
        self.setReadOnly(True)
        kit.loaded.connect(self._take_math)
        if kit.parts is not None:
            self._take_math()

    def _take_math(self) -> None:
        if self._math is None and self._kit.parts is not None:
            self._math = self._kit.parts.math_in(self)
            self.show_text(self._source)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self._source = text
        if self._math is None or not self._math.show(text):
            super().show_text(text)

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels."""
        super().set_size(pixels)
        if self._math is not None:
            self._math.show(self._source)

    def toPlainText(self) -> str:  # noqa: N802 - Qt's name
        """The text with the source of its math."""
        return self._source

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copying gives the source."""
        if self._math is None:
            return super().createMimeDataFromSelection()
        data = QMimeData()
        data.setText(self._math.copied(self.textCursor()))
        return data
