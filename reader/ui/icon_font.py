"""Draws icons from the font that qtawesome brings; qtawesome itself is not loaded.

It would take all names of Qt and the maps of twelve fonts with it, 0.1 s in which the window
stands still.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_FILL = 0.875  # of the icon's height is the font's size: 14 pixels of 16

State = tuple[int, int, QIcon.Mode, QIcon.State]


class _Glyph(QIconEngine):
    """A letter of the font, drawn once in each size and state."""

    def __init__(self, family: str, letter: str, color: QColor, faint: QColor) -> None:
        super().__init__()
        self._parts = family, letter, color, faint
        self._pictures: dict[State, QPixmap] = {}

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon in `size` device pixels."""
        key = size.width(), size.height(), mode, state
        if key not in self._pictures:
            picture = QPixmap(size)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
            painter.end()
            self._pictures[key] = picture
        return self._pictures[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        family, letter, color, faint = self._parts
        font = QFont()
        font.setFamily(family)
        font.setPixelSize(max(round(_FILL * rect.height()), 1))
        painter.save()
        painter.setPen(faint if mode == QIcon.Mode.Disabled else color)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
        painter.restore()

    def clone(self) -> QIconEngine:
        return _Glyph(*self._parts)


def draw(name: str, color: QColor, faint: QColor) -> QIcon:
    """The icon of a name such as "star"; `faint` while it is disabled."""
    family, codes = _font()
    return QIcon(_Glyph(family, chr(int(codes[name], 16)), color, faint))


@cache
def _font() -> tuple[str, dict[str, str]]:
    """The font's family, and the number of each name's letter, in hexadecimal."""
    package = find_spec("qtawesome")
    if package is None or package.origin is None:
        raise FileNotFoundError("the font of the icons")
    folder = Path(package.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-*.ttf"))))
    codes = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_bytes())
    return QFontDatabase.applicationFontFamilies(number)[0], codes
