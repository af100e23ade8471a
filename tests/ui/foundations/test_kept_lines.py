"""Lines of the lists are drawn as Qt draws them, the first time and again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import paths
from reader.ui.theme import load_typeface
from reader.ui.widgets.kept_lines import KeptLines

pytestmark = pytest.mark.usefixtures("typeface")
PLACE = QRect(6, 5, 150, 20)


@pytest.fixture
def typeface(qapp: QApplication) -> Iterator[None]:
    """The program's own, as long as a test goes."""
    before = qapp.font()
    load_typeface(qapp)
    yield
    qapp.setFont(before)


def picture() -> QImage:
    made = QImage(170, 30, QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    return made


def kept(lines: KeptLines, text: str) -> QImage:
    made = picture()
    painter = QPainter(made)
    painter.setPen(QColor("black"))
    lines.draw(painter, PLACE, text)
    painter.end()
    return made


def plain(text: str, pixels: int, weight: QFont.Weight) -> QImage:
    made = picture()
    painter = QPainter(made)
    font = QFont()
    font.setPixelSize(pixels)
    font.setWeight(weight)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, PLACE.width())
    painter.drawText(PLACE, int(Qt.AlignmentFlag.AlignVCenter), cut)
    painter.end()
    return made


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "A short one",
        "Attention, and everything else that one needs today",
        "Größe, naïve — ﬁne & <b>plain</b>",
        "שלום עולם",
        "论文阅读器",
    ],
)
def test_a_line_looks_as_qt_draws_it_and_so_it_stays(
    qtbot: QtBot, text: str, weight: QFont.Weight
) -> None:
    # GIVEN lines of a size and a weight
    parent = QObject()
    lines = KeptLines(parent, 13, weight)
    # WHEN one is drawn, drawn again, and again after another font has come
    first, again = kept(lines, text), kept(lines, text)
    number = QFontDatabase.addApplicationFont(str(paths.resource("fonts/Inter-Medium.ttf")))
    later = kept(lines, text)
    # THEN it is what Qt draws of that text
    assert first == plain(text, 13, weight)
    assert again == first
    assert later == first
    QFontDatabase.removeApplicationFont(number)


def test_a_font_that_comes_later_is_used(qtbot: QtBot) -> None:
    # GIVEN a line with a sign that is drawn as a box, as long as its font is not there
    parent = QObject()
    lines = KeptLines(parent, 13)
    sign = "\U0001f984"
    before = lines.width(sign), kept(lines, sign)
    # WHEN a font with it is loaded
    number = QFontDatabase.addApplicationFont(str(paths.resource("fonts/NotoEmoji-Regular.ttf")))
    family = QFontDatabase.applicationFontFamilies(number)[0]
    QFontDatabase.addApplicationEmojiFontFamily(family)
    # THEN it is drawn as Qt draws it now
    assert kept(lines, sign) == plain(sign, 13, QFont.Weight.Normal)
    assert before[0] > 0
    QFontDatabase.removeApplicationEmojiFontFamily(family)
    QFontDatabase.removeApplicationFont(number)


def test_the_room_a_text_needs_holds_it_uncut(qtbot: QtBot) -> None:
    # GIVEN the widths of counts and names
    parent = QObject()
    lines = KeptLines(parent, 12)
    for text in ("0", "113", "1,000,000", "a tag", "illumination", "WAVES"):
        # WHEN it is drawn in exactly that room
        made = picture()
        painter = QPainter(made)
        painter.setPen(QColor("black"))
        lines.draw(painter, QRect(6, 5, lines.width(text), 20), text)
        painter.end()
        # THEN nothing of it is cut
        assert made == plain(text, 12, QFont.Weight.Normal)
