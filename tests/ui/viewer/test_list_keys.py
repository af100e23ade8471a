"""In the window a list has its arrows and a button its Space, which are commands of the pages too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.viewer.rows import Rows
from tests.ui.driving import Driven, shown

pytestmark = pytest.mark.shared
Key = Qt.Key


def listed(win: Driven, pane: str) -> QAbstractItemView:
    """The list of a pane, with its rows."""
    win.window.commands.action(f"viewer.{pane}").trigger()

    def rows() -> list[QAbstractItemView]:
        views = shown(win).panel.findChildren(QAbstractItemView)
        return [one for one in views if one.isVisible() and one.model().rowCount() > 2]

    win.until(rows)
    return rows()[0]


@pytest.mark.parametrize("pane", ["outline", "thumbnails", "things"])
def test_arrows_move_in_a_list_and_not_the_pages(driven: Driven, pane: str) -> None:
    win, view = driven, listed(driven, pane)
    camera = shown(win).canvas.camera
    view.setFocus(Qt.FocusReason.TabFocusReason)
    win.until(view.hasFocus)
    win.key(Key.Key_Home)
    first, place = view.currentIndex().row(), (camera.top, camera.left)
    assert first >= 0
    # WHEN keys are pressed that scroll the pages elsewhere THEN they move in the list
    for key, row in (
        (Key.Key_Down, first + 1),
        (Key.Key_Up, first),
        (Key.Key_End, view.model().rowCount() - 1),
        (Key.Key_Down, view.model().rowCount() - 1),  # also where it goes no further
        (Key.Key_Home, first),
        (Key.Key_Up, first),
    ):
        win.key(key)
        assert view.currentIndex().row() == row, key
    win.key(Key.Key_PageDown)
    assert view.currentIndex().row() > first
    win.key(Key.Key_Space)
    assert (camera.top, camera.left) == place
    # AND letters are commands as before
    win.key(Key.Key_J)
    assert camera.top > place[0]


def test_space_presses_a_button_of_the_bar(driven: Driven) -> None:
    win, page = driven, shown(driven)
    was, top = page.panel.isVisible(), page.canvas.camera.top
    win.focus(page.bar.outline)
    win.key(Key.Key_Space)
    assert page.panel.isVisible() is not was and page.canvas.camera.top == top
    # AND on the pages it scrolls
    win.key(Key.Key_Escape)
    win.key(Key.Key_Space)
    assert page.canvas.camera.top > top


def test_who_comes_by_tab_sees_the_row_the_arrows_go_on_from(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, rows = QLineEdit(window), Rows(20, window)
    rows.setModel(QStringListModel(["one", "two"], rows))
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    assert [index.row() for index in rows.selectedIndexes()] == [0]
    # WHEN one is chosen already THEN it stays so
    second = rows.model().index(1, 0)
    rows.selectionModel().select(second, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    field.setFocus()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    assert [index.row() for index in rows.selectedIndexes()] == [1]
