"""A text cut into lines for a painter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

_LONG = 200  # characters in a line, at most


def two_lines(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """A text cut into at most two lines of a width (pixels), the second with an ellipsis."""
    return few_lines(text, font, width, 2)


def few_lines(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """A text cut into at most so many lines of a width (pixels), the last with an ellipsis."""
    text = " ".join(text.split())[: most * _LONG]
    units = text.encode("utf-16-le", "surrogatepass")  # what Qt counts in
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    end = 0
    layout.beginLayout()
    while len(found) < most - 1:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1))
        start, end = end, end + 2 * line.textLength()
        found.append(_text(units[start:end]))
    layout.endLayout()
    rest = QFontMetrics(font).elidedText(_text(units[end:]), Qt.TextElideMode.ElideRight, width)
    return (*found, rest) if rest or not found else tuple(found)


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")
