"""Buttons in rows: as high as they need at a width, also after one came, went or changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.widgets.flow import Flow


def test_the_height_follows_what_is_in_it(qtbot: QtBot) -> None:
    # GIVEN three parts in a flow, shown, whose height at a width was asked for
    host = QWidget()
    qtbot.addWidget(host)
    flow = Flow(host)
    buttons = [QWidget(host) for _ in range(3)]
    for button in buttons:
        button.setFixedSize(80, 20)
        flow.addWidget(button)
    host.show()
    qtbot.waitExposed(host)
    one = flow.heightForWidth(400)
    assert flow.heightForWidth(100) == 3 * one + 2 * 7
    # WHEN one is hidden, or is wider, or another comes, or one is taken out
    buttons[0].hide()
    assert flow.heightForWidth(100) == 2 * one + 7
    buttons[1].setFixedSize(80, 30)
    assert flow.heightForWidth(400) == 30
    another = QWidget(host)
    another.setFixedSize(80, 20)
    flow.addWidget(another)
    # THEN its height is another one each time
    another.show()
    assert flow.heightForWidth(100) == 30 + 20 + 20 + 2 * 7
    flow.takeAt(flow.count() - 1)
    assert flow.heightForWidth(100) == 30 + 20 + 7
