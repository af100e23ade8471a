"""Every change by key and by mouse, on one paper and on many, and its way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton

from reader.ui.browse.chooser import Chooser
from reader.ui.browse.sidebar import Sidebar
from tests.ui.driving import STARTER, Driven, command

SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
THREE = (2, 5, 7)


def uids(win: Driven, places: tuple[int, ...]) -> list[str]:
    orders = win.page.model.papers()
    return win.app.reader.uids([orders[place] for place in places])


@pytest.mark.parametrize(
    "key, state", [(Qt.Key.Key_I, "reading"), (Qt.Key.Key_R, "read"), (Qt.Key.Key_U, "unread")]
)
def test_the_reading_state_of_many(win: Driven, key: Qt.Key, state: str) -> None:
    chosen = uids(win, THREE)
    win.select(*THREE)
    if state == "unread":
        win.key(Qt.Key.Key_R)
        win.until(lambda: all(win.on_disk(uid).reading_state == "read" for uid in chosen))
        win.settled()
    win.key(key)
    win.until(lambda: all(win.on_disk(uid).reading_state == state for uid in chosen))
    win.settled()
    assert len(win.list.selected_orders()) == 3, "the selection stays"
    if state != "unread":
        assert win.sidebar()[state.capitalize()] == 3
        assert win.row(2).reading_state == state
        # WHEN it is taken back and done again
        win.control(Qt.Key.Key_Z)
        win.until(lambda: all(win.on_disk(uid).reading_state == "unread" for uid in chosen))
        win.settled()
        assert win.sidebar()["Unread"] == STARTER
        win.key(Qt.Key.Key_Z, SHIFT)
        win.until(lambda: all(win.on_disk(uid).reading_state == state for uid in chosen))


def test_stars_on_many_and_off_again(win: Driven) -> None:
    chosen = uids(win, THREE)
    win.select(*THREE)
    win.key(Qt.Key.Key_S)
    win.until(lambda: all(win.on_disk(uid).starred for uid in chosen))
    win.settled()
    assert win.sidebar()["Starred"] == 3
    win.choose("starred")
    assert win.rows() == 3
    win.choose("all")
    win.select(*THREE)
    win.key(Qt.Key.Key_S)
    win.until(lambda: not any(win.on_disk(uid).starred for uid in chosen))
    win.focus(win.list)
    win.control(Qt.Key.Key_Z)
    win.until(lambda: all(win.on_disk(uid).starred for uid in chosen))


def test_trash_and_back(win: Driven) -> None:
    chosen = uids(win, THREE)
    win.select(*THREE)
    win.key(Qt.Key.Key_Delete)
    win.until(lambda: win.rows() == STARTER - 3)
    win.until(lambda: "3 papers moved to the trash." in win.notices())
    win.settled()
    assert win.sidebar()["Trash"] == 3
    # THEN the neighbour is chosen, so that one can go on
    assert len(win.list.selected_orders()) == 1
    assert win.list.currentIndex().row() == 2
    # AND Ctrl+Z brings them back
    win.control(Qt.Key.Key_Z)
    win.until(lambda: win.rows() == STARTER)
    win.until(win.app.window.commands.action("window.redo").isEnabled)
    win.key(Qt.Key.Key_Z, SHIFT)
    win.until(lambda: win.rows() == STARTER - 3)
    # AND so does the trash itself
    win.choose("trash")
    assert sorted(win.app.reader.uids(win.page.model.papers())) == sorted(chosen)
    win.select(0)
    win.app.window.commands.action("paper.restore").trigger()
    win.until(lambda: win.rows() == 2)


def test_deleting_one_from_the_trash_counts_one(win: Driven) -> None:
    win.select(0)
    win.key(Qt.Key.Key_Delete)
    win.until(lambda: win.rows() == STARTER - 1)
    win.choose("trash")
    win.select(0)
    win.key(Qt.Key.Key_Delete)
    win.until(lambda: win.rows() == 0)
    win.until(lambda: "1 paper deleted." in win.notices())
    win.focus(win.page.sidebar._tree)
    win.control(Qt.Key.Key_Z)
    win.until(lambda: win.rows() == 1)


def chooser(win: Driven, key: Qt.Key) -> Chooser:
    win.focus(win.list)
    win.key(key)
    win.until(lambda: isinstance(QApplication.activePopupWidget(), Chooser))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Chooser)
    return popup


def press(popup: Chooser, key: Qt.Key) -> None:
    QTest.keyClick(popup.edit, key)


def test_tags_by_keyboard(win: Driven) -> None:
    chosen = uids(win, THREE)
    win.select(*THREE)
    popup = chooser(win, Qt.Key.Key_T)
    # WHEN a new name is typed and taken
    QTest.keyClicks(popup.edit, "to discuss")
    press(popup, Qt.Key.Key_Return)
    win.until(lambda: all(win.on_disk(uid).tags == ("to discuss",) for uid in chosen))
    press(popup, Qt.Key.Key_Escape)
    win.until(lambda: QApplication.activePopupWidget() is None)
    win.settled()
    # THEN the sidebar and the rows have it, and the focus is back in the list
    win.until(lambda: win.sidebar().get("to discuss") == 3)
    assert [tag.name for tag in win.row(2).tags] == ["to discuss"]
    assert win.focused() is win.list
    # AND the popup ticks what all have, and takes it away again
    popup = chooser(win, Qt.Key.Key_T)
    assert popup.list.item(0).checkState() == Qt.CheckState.Checked
    press(popup, Qt.Key.Key_Return)
    win.until(lambda: not any(win.on_disk(uid).tags for uid in chosen))
    press(popup, Qt.Key.Key_Escape)
    win.control(Qt.Key.Key_Z)
    win.until(lambda: all(win.on_disk(uid).tags == ("to discuss",) for uid in chosen))
    win.control(Qt.Key.Key_Z)
    win.until(lambda: "to discuss" not in win.sidebar())


def test_collections_by_keyboard_nest(win: Driven) -> None:
    win.select(0)
    uid = win.paper().uid
    popup = chooser(win, Qt.Key.Key_C)
    QTest.keyClicks(popup.edit, "Thesis/Chapter 2")
    press(popup, Qt.Key.Key_Return)
    win.until(lambda: win.on_disk(uid).collections == ("Thesis/Chapter 2",))
    press(popup, Qt.Key.Key_Escape)
    win.settled()
    win.until(lambda: {"Thesis", "Chapter 2"} <= win.sidebar().keys())
    win.select(0, 1)
    popup = chooser(win, Qt.Key.Key_C)
    states = {
        popup.list.item(row).text(): popup.list.item(row).checkState()
        for row in range(popup.list.count())
    }
    assert states["Thesis/Chapter 2"] == Qt.CheckState.PartiallyChecked
    press(popup, Qt.Key.Key_Escape)
    win.control(Qt.Key.Key_Z)
    win.until(lambda: "Thesis" not in win.sidebar())


def drop_on(win: Driven, name: str, *places: int) -> bool:
    """Drag the papers at some places of the list onto a name of the sidebar."""
    win.select(*places)
    model = win.page.model
    data = model.mimeData([model.index(model.row_of(place), 0) for place in places])
    tree = win.page.sidebar._tree
    item = next(item for item in win.page.sidebar._all() if item.text() == name)
    tree.scrollTo(item.index())
    return win.drop(tree.viewport(), tree.visualRect(item.index()).center(), data)


@pytest.mark.parametrize(
    "name, holds",
    [
        ("Starred", lambda paper: paper.starred),
        ("Read", lambda paper: paper.reading_state == "read"),
        ("Reading", lambda paper: paper.reading_state == "reading"),
        ("old tag", lambda paper: paper.tags == ("old tag",)),
        ("Old collection", lambda paper: paper.collections == ("Old collection",)),
    ],
)
def test_papers_are_dropped_on_the_sidebar(
    win: Driven, name: str, holds: Callable[[object], bool]
) -> None:
    from reader.services import editing

    first = win.paper().uid
    win.app.desk.write(editing.change_tags, [first], ["old tag"])
    win.app.desk.write(editing.make_collection, "Old collection")
    win.until(lambda: {"old tag", "Old collection"} <= win.sidebar().keys())
    chosen = uids(win, (4, 6))
    assert drop_on(win, name, 4, 6)
    win.until(lambda: all(holds(win.on_disk(uid)) for uid in chosen))
    win.focus(win.list)
    win.settled()
    win.control(Qt.Key.Key_Z)
    win.until(lambda: not any(holds(win.on_disk(uid)) for uid in chosen))


def test_a_drop_on_the_trash_and_on_what_takes_nothing(win: Driven) -> None:
    assert drop_on(win, "Trash", 1, 2)
    win.until(lambda: win.rows() == STARTER - 2)
    assert not drop_on(win, "Jun 11", 1)
    assert not drop_on(win, "All papers", 1)


def test_the_paper_pane_acts_by_mouse(win: Driven) -> None:
    uid = win.paper().uid
    QTest.mouseClick(win.pane._star, Qt.MouseButton.LeftButton)
    win.until(lambda: win.on_disk(uid).starred)
    menu = win.pane._state.menu()
    assert menu is not None
    next(action for action in menu.actions() if "reading" in action.text()).trigger()
    win.until(lambda: win.on_disk(uid).reading_state == "reading")
    win.until(lambda: win.pane._state.text() == "Reading")


def test_a_chip_takes_its_tag_away(win: Driven) -> None:
    from reader.services import editing

    uid = win.paper().uid
    win.app.desk.write(editing.change_tags, [uid], ["passing"])
    win.until(lambda: win.pane.findChildren(QPushButton, "chip"))
    chip = win.pane.findChildren(QPushButton, "chip")[0]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    win.until(lambda: win.on_disk(uid).tags == ())


def test_names_are_asked_for_and_changed_in_the_sidebar(win: Driven) -> None:
    from reader.services import editing

    win.app.desk.write(editing.make_collection, "Old")
    win.until(lambda: "Old" in win.sidebar())
    sidebar: Sidebar = win.page.sidebar
    item = next(item for item in sidebar._all() if item.text() == "Old")
    sidebar._on_menu(item.index(), QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    rename = next(action for action in menu.actions() if "Rename" in action.text())
    menu.close()
    rename.trigger()
    win.until(lambda: win.page.findChildren(QInputDialog))
    dialog = win.page.findChildren(QInputDialog)[0]
    assert dialog.textValue() == "Old"
    dialog.setTextValue("New")
    dialog.accept()
    win.until(lambda: "New" in win.sidebar() and "Old" not in win.sidebar())
    win.window.activateWindow()
    win.until(win.window.isActiveWindow)
    win.focus(win.list)
    win.control(Qt.Key.Key_Z)
    win.until(lambda: "Old" in win.sidebar())


def test_undo_is_named_and_reaches_back_over_many_steps(win: Driven) -> None:
    action = win.app.window.commands.action("window.undo")
    win.select(0)
    uid = win.paper().uid
    for key in (Qt.Key.Key_S, Qt.Key.Key_R, Qt.Key.Key_I):
        win.key(key)
        win.settled()
    win.until(lambda: action.text() == "Undo: Mark as reading")
    for _ in range(3):
        win.control(Qt.Key.Key_Z)
        win.settled()
    paper = win.on_disk(uid)
    assert (paper.starred, paper.reading_state) == (False, "unread")
    win.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    win.until(lambda: win.on_disk(uid).starred)


def test_undo_reaches_over_a_restart(win: Driven, start: Callable[..., Driven]) -> None:
    from tests.ui.conftest import end

    win.select(0)
    uid = win.paper().uid
    win.key(Qt.Key.Key_S)
    win.until(lambda: win.on_disk(uid).starred)
    folder = win.app.folder
    end(win)
    again = start(folder)
    again.until(again.app.window.commands.action("window.undo").isEnabled)
    again.focus(again.list)
    again.control(Qt.Key.Key_Z)
    again.until(lambda: not again.on_disk(uid).starred)


def test_changes_from_the_command_line_show_up_even_while_the_window_writes(win: Driven) -> None:
    # GIVEN papers marked by another program
    chosen = uids(win, (1, 3))
    win.select(0)
    assert command("state", *chosen, "read", library=win.app.folder).returncode == 0
    # WHEN the window itself writes at the same time
    win.key(Qt.Key.Key_S)
    # THEN both are seen within three seconds
    win.until(lambda: win.sidebar()["Read"] == 2 and win.sidebar()["Starred"] == 1, 3000)
    win.until(lambda: win.row(1).reading_state == "read", 3000)
    assert command("tag", chosen[0], "+outside", library=win.app.folder).returncode == 0
    win.until(lambda: win.sidebar().get("outside") == 1, 3000)


def test_the_windows_own_writing_does_not_read_everything_again(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bool] = []
    monkeypatch.setattr(win.app.desk, "refresh_all", lambda: read.append(True))
    win.key(Qt.Key.Key_S)
    win.run(4500)
    assert read == []
