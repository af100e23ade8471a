"""The counts of the sidebar are written as they are everywhere else."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.lists import Overview
from reader.ui import icons
from reader.ui.browse.sidebar import Sidebar
from reader.ui.theme import Theme


def test_thousands_are_set_apart(qtbot: QtBot, qapp: QApplication) -> None:
    # GIVEN a large library
    theme = Theme(qapp, "light")
    icons.use(theme)
    sidebar = Sidebar(theme)
    qtbot.addWidget(sidebar)
    sidebar.resize(206, 400)
    # WHEN its sidebar is painted
    sidebar.show_overview(Overview({"all": 20_000, "unread": 999}, (), (), ()))
    sidebar.grab()
    # THEN its numbers read as those of the list and the status bar do
    assert {"20,000", "999"} <= sidebar._delegate._count._widths.keys()
