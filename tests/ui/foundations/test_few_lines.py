"""A text on a few lines at most: whole where there is room, cut with an ellipsis where not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.widgets.few_lines import FewLines

LONG = "A title that goes on and on  about\nthe ways in which papers are named " * 6


@pytest.fixture
def label(qtbot: QtBot) -> Iterator[FewLines]:
    host = QWidget()
    qtbot.addWidget(host)
    made = FewLines("paperTitle", 2, host)
    made.resize(200, 60)
    host.show()
    yield made
    host.close()


def test_a_long_text_is_cut_and_whole_in_its_tooltip(label: FewLines) -> None:
    label.say(LONG)
    assert label.text().endswith("…") and len(label.text()) < 80
    assert label.toolTip() == " ".join(LONG.split())
    spacing = label.fontMetrics().lineSpacing()
    assert 2 * spacing - 2 <= label.heightForWidth(200) <= 2 * spacing + 2
    # AND with more lines, or more width, more is seen
    seen = len(label.text())
    label.set_most(4)
    assert len(label.text()) > seen
    assert label.heightForWidth(200) > 3 * spacing
    label.resize(4000, 60)
    assert label.text() == " ".join(LONG.split()) and label.toolTip() == ""


def test_a_short_text_stands_as_it_is(label: FewLines) -> None:
    label.say("<b>A</b> & b")
    assert label.text() == "<b>A</b> & b" and label.toolTip() == ""
    assert label.heightForWidth(200) < 2 * label.fontMetrics().lineSpacing()
    label.say("")
    spacing = label.fontMetrics().lineSpacing()
    assert spacing <= label.heightForWidth(200) <= spacing + 2


def test_the_height_follows_the_letters(label: FewLines) -> None:
    # GIVEN a text whose height was asked for
    label.say(LONG)
    before = label.heightForWidth(200)
    # WHEN its letters become larger
    font = label.font()
    font.setPixelSize(30)
    label.setFont(font)
    # THEN it is higher, and so it is with another text
    assert label.heightForWidth(200) > before
    label.say("Short")
    assert label.heightForWidth(200) < before + 40
