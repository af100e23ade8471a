"""The colours of marks on paper of any colour, so that text under and in them stays readable."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from reader.domain.marking import rgb_of
from reader.ui.page_themes import PageTheme

_FELT_LIGHT, _FELT_DARK = 0.5, 0.4  # how much of the colour a mark over text has
_READABLE = 4.5


def felt(color: str, colors: PageTheme) -> QColor:
    """What is blended over text to mark it: pale on light paper, deep on dark."""
    return _felt(rgb_of(color), colors.dark)


@lru_cache(maxsize=64)
def _felt(rgb: str, dark: bool) -> QColor:
    color = QColor(rgb)
    if dark:
        return _mixed(QColor("#000000"), color, _FELT_DARK)
    return _mixed(QColor("#ffffff"), color, _FELT_LIGHT)


def line(color: str, colors: PageTheme) -> QColor:
    """The colour as a line on the paper."""
    return _line(rgb_of(color), colors.dark)


@lru_cache(maxsize=64)
def _line(rgb: str, dark: bool) -> QColor:
    color = QColor(rgb)
    return _mixed(color, QColor("#ffffff"), 0.15) if dark else color


def lettering(color: str, colors: PageTheme) -> QColor:
    """The colour as letters: darker or lighter, until they can be read on the paper."""
    return _lettering(rgb_of(color), colors.paper.name(), colors.ink.name())


@lru_cache(maxsize=64)
def _lettering(rgb: str, paper: str, ink: str) -> QColor:
    ground, end = QColor(paper), QColor(ink)
    for step in range(11):
        made = _mixed(QColor(rgb), end, step / 10)
        if contrast(made, ground) >= _READABLE:
            return made
    return end


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG counts it, 1 to 21."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: QColor, other: QColor, part: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * part,
        one.greenF() + (other.greenF() - one.greenF()) * part,
        one.blueF() + (other.blueF() - one.blueF()) * part,
    )
