"""The button of a colour: shows it, and hands on what was picked."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog
from pytestqt.qtbot import QtBot

from reader.ui.widgets.color_button import ColorButton


def test_a_picked_colour_is_shown_and_told(qtbot: QtBot) -> None:
    # GIVEN a button whose dialog is open
    button = ColorButton("#112233", "Paper")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Paper" and button.text() == "#112233"
    told: list[str] = []
    button.picked.connect(told.append)
    button.click()
    dialog = button.findChild(QColorDialog)
    assert dialog is not None and dialog.currentColor() == QColor("#112233")
    # WHEN a colour is picked
    dialog.setCurrentColor(QColor("#e8efe6"))
    dialog.accept()
    # THEN it is shown and told
    assert told == ["#e8efe6"] and button.text() == "#e8efe6"
