"""The window: palette, looks, dialogs, what it remembers, what it gives back."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QSpinBox,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.domain.lists import Row, TagMark
from reader.services import editing
from reader.services.lanes import to_the_end
from reader.ui.browse.row_delegate import RowDelegate
from reader.ui.commands.palette import Palette
from reader.ui.dialogs.about import About
from reader.ui.dialogs.preferences import Preferences
from reader.ui.dialogs.shortcuts import Shortcuts
from tests.library.shelf import writing
from tests.ui.conftest import Start, end
from tests.ui.driving import STARTER, Driven, LazyEngine, build

# -- palette


def palette(win: Driven) -> Palette:
    win.control(Qt.Key.Key_K)
    win.until(lambda: win.window.findChildren(Palette))
    found = win.window.findChildren(Palette)[0]
    win.until(found.isVisible)
    win.until(found._edit.hasFocus)
    return found


def test_pythons_own_collector_never_runs(win: Driven) -> None:
    # WHEN all of the window is loaded
    win.until(lambda: win.app.late is not None)
    # THEN no other thread can come upon widgets that only a cycle holds
    assert not gc.isenabled()


def test_a_command_runs_from_the_palette_by_keyboard_alone(win: Driven) -> None:
    uid = win.paper().uid
    found = palette(win)
    win.type("mark read")
    assert found.entries()[0].text == "Mark as read"
    win.key(Qt.Key.Key_Return)
    win.until(lambda: win.on_disk(uid).reading_state == "read")
    assert not found.isVisible()
    # THEN the focus is back where it was
    assert win.focused() is win.list


def test_the_palette_finds_papers_and_goes_to_them(win: Driven) -> None:
    title = win.row(77).title
    found = palette(win)
    win.type(title[:24])
    win.until(lambda: any(entry.text == title for entry in found.entries()))
    place = [entry.text for entry in found.entries()].index(title)
    for _ in range(place):
        win.key(Qt.Key.Key_Down)
    win.key(Qt.Key.Key_Return)
    win.until(lambda: win.pane.paper is not None and win.paper().title == title)


def test_the_palette_goes_to_a_paper_that_is_not_listed(win: Driven) -> None:
    title = win.row(50).title
    win.choose("starred")
    found = palette(win)
    win.type(title[:24])
    win.until(lambda: any(entry.text == title for entry in found.entries()))
    place = [entry.text for entry in found.entries()].index(title)
    for _ in range(place):
        win.key(Qt.Key.Key_Down)
    win.key(Qt.Key.Key_Return)
    win.until(lambda: win.rows() == STARTER)
    win.until(lambda: win.pane.paper is not None and win.paper().title == title)
    assert win.page.sidebar._shown.kind == "all"


def test_esc_leaves_the_palette_and_a_note_goes_on(win: Driven) -> None:
    win.focus(win.note)
    win.type("half a ")
    found = palette(win)
    win.key(Qt.Key.Key_Escape)
    assert not found.isVisible()
    win.type("sentence")
    assert win.note.toPlainText() == "half a sentence"


def test_every_enabled_command_is_in_the_palette(win: Driven) -> None:
    found = palette(win)
    texts = {entry.text for entry in found.entries()}
    commands = win.window.commands
    for row in commands.rows():
        if commands.action(row.id).isEnabled() and row.id != "window.palette":
            assert row.text.rstrip("…") in texts


# -- looks


def ink(icon: QIcon) -> QColor:
    """The strongest colour of an icon."""
    picture = icon.pixmap(34, 34).toImage()
    points = [
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    ]
    return max(points, key=lambda color: color.alpha())


def test_light_and_dark_switch_live_with_all_icons(win: Driven) -> None:
    button = next(b for b in win.window.findChildren(QToolButton) if not b.icon().isNull())
    before = ink(button.icon()), win.window.grab().toImage().pixelColor(5, 200)
    win.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert win.app.theme.is_dark()
    win.run(50)
    after = ink(button.icon()), win.window.grab().toImage().pixelColor(5, 200)
    assert after[0] != before[0]
    assert after[1].lightness() < 60 < 200 < before[1].lightness()
    win.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    win.run(50)
    assert (ink(button.icon()), win.window.grab().toImage().pixelColor(5, 200)) == before


def test_showing_many_papers_keeps_no_dead_buttons(win: Driven) -> None:
    from reader.ui import icons

    for _ in range(3):
        for place in range(40):
            win.select(place)
    assert len(icons._state[0].holders) < 700


@pytest.mark.parametrize("size", [(760, 480), (1280, 800), (1920, 1080)])
def test_nothing_stands_outside_of_the_window(
    start: Start, library: Path, size: tuple[int, int]
) -> None:
    win = start(library, size=size)
    win.until(lambda: win.pane.paper is not None)
    assert (win.window.width(), win.window.height()) == size
    area = win.window.rect()
    for widget in win.window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QAbstractButton, QLineEdit, QTextEdit)):
            place = widget.mapTo(win.window, QPoint(0, 0))
            if "qt_" not in widget.objectName() and widget.width() > 0:
                right = place.x() + widget.width()
                assert right <= area.right() + 1, (widget, widget.accessibleName(), right)


# -- names for screen readers


def nameless(root: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QSpinBox, QAbstractItemView)
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        inside = isinstance(
            widget.parentWidget(), (QSpinBox, QComboBox, QLineEdit, QKeySequenceEdit)
        )
        inside = inside or isinstance(widget, QHeaderView)
        if not isinstance(widget, kinds) or inside or widget.objectName().startswith("qt_"):
            continue
        parent = widget.parentWidget()
        if parent and parent.metaObject().className() == "QComboBoxPrivateContainer":
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        decorative = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if not (widget.accessibleName() or text or decorative):
            found.append(
                f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
            )
    return found


def test_every_control_of_the_window_has_a_name(win: Driven) -> None:
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    win.key(Qt.Key.Key_Return)
    win.until(lambda: win.app.tabs.current() is not None)
    palette(win)
    win.app.notices.info("A card")
    assert nameless(win.window) == []


@pytest.mark.parametrize("command", ["window.about", "window.preferences", "window.shortcuts"])
def test_every_control_of_a_dialog_has_a_name(win: Driven, command: str) -> None:
    assert nameless(dialog(win, command)) == []


def test_rows_are_spoken_with_their_state(win: Driven) -> None:
    win.select(0)
    win.key(Qt.Key.Key_S)
    win.until(lambda: win.paper().starred)
    win.settled()
    row = win.row(0)
    spoken = win.page.model.data(win.page.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert row.title in spoken and "unread" in spoken and "starred" in spoken


# -- dialogs


def dialog(win: Driven, command: str) -> QDialog:
    win.window.commands.action(command).trigger()
    win.until(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def test_the_about_box_names_versions_and_licence(win: Driven) -> None:
    box = dialog(win, "window.about")
    assert isinstance(box, About)
    text = box.versions.toPlainText()
    for name in ("Paper Reader", "Python", "Qt", "SQLite", "AGPL-3.0"):
        assert name in text
    QTest.keyClick(box, Qt.Key.Key_Escape)
    win.until(lambda: QApplication.activeModalWidget() is None)


def test_a_shortcut_is_changed_and_kept(win: Driven, start: Start) -> None:
    box = dialog(win, "window.shortcuts")
    assert isinstance(box, Shortcuts)
    box.search.setText("mark as read")
    shown = [row for row in range(box.table.rowCount()) if not box.table.isRowHidden(row)]
    row = next(r for r in shown if box._ids[r] == "paper.read")
    box.table.selectRow(row)
    # WHEN a key is chosen that another command has
    box.keys.setKeySequence(QKeySequence("S"))
    box.keys.editingFinished.emit()
    assert "Star" in box.told.text()
    assert win.window.commands.action("paper.read").shortcut() == QKeySequence("R")
    # AND then one that is free
    box.keys.setKeySequence(QKeySequence("F7"))
    box.keys.editingFinished.emit()
    box.reject()
    win.until(lambda: QApplication.activeModalWidget() is None)
    win.window.activateWindow()
    win.until(win.window.isActiveWindow)
    win.focus(win.list)
    uid = win.paper().uid
    win.key(Qt.Key.Key_F7)
    win.until(lambda: win.on_disk(uid).reading_state == "read")
    # THEN it is there at the next start too
    folder = win.app.folder
    end(win)
    again = start(folder)
    assert again.window.commands.action("paper.read").shortcut() == QKeySequence("F7")


def test_a_preference_acts_at_once(win: Driven) -> None:
    box = dialog(win, "window.preferences")
    assert isinstance(box, Preferences)
    spin = box.findChildren(QSpinBox)[0]
    spin.setValue(20)
    assert win.note.document().defaultFont().pixelSize() == 20
    assert win.pane.abstract.document().defaultFont().pixelSize() == 20


# -- remembering


def test_the_window_comes_back_as_it_was_left(win: Driven, start: Start) -> None:
    # GIVEN a window of another size, order, width and place, with an open tab
    win.window.resize(790, 700)  # the test screen has 800 by 800 pixels

    win.page.split.setSizes([150, 250, 390])
    win.page.split.splitterMoved.emit(250, 1)
    win.pane._split.setSizes([200, 300])
    win.pane._split.splitterMoved.emit(200, 1)
    win.choose("page")
    win.page.choose_sort("title")
    win.settled()
    win.select(10)
    uid, folder = win.paper().uid, win.app.folder
    win.app.tabs.open_file(Path(__file__).parents[2] / "resources" / "guide.pdf")
    win.app.tabs.show_library()
    widths = win.page.split.sizes()
    assert win.window.close()
    end(win)
    # WHEN it is started again
    again = start(folder)
    # THEN all of it is back
    assert (again.window.width(), again.window.height()) == (790, 700)
    again.until(lambda: again.pane.paper is not None)
    assert again.paper().uid == uid
    assert again.page.scope.kind == "page"
    assert again.page.sort() == "title"
    assert all(abs(a - b) <= 2 for a, b in zip(again.page.split.sizes(), widths, strict=True))
    left, right = again.pane._split.sizes()
    assert right > left
    assert again.window.top.tabs.count() == 2
    assert again.app.tabs._tabs[0].page is None, "made when it is first looked at"


def test_the_tab_in_front_comes_back_in_front(win: Driven, start: Start) -> None:
    folder = win.app.folder
    win.app.tabs.open_file(Path(__file__).parents[2] / "resources" / "guide.pdf")
    win.until(lambda: win.app.tabs.current() is not None)
    assert win.window.close()
    end(win)
    again = start(folder)
    again.until(lambda: again.app.tabs.current() is not None)
    viewer = again.app.tabs.current()
    assert viewer is not None
    again.until(lambda: viewer.pdf is not None)


def test_tabs_can_be_left_closed_at_the_start(win: Driven, start: Start) -> None:
    folder = win.app.folder
    win.app.tabs.open_file(Path(__file__).parents[2] / "resources" / "guide.pdf")
    assert win.window.close()
    end(win)
    again = start(folder, restore_tabs="false")
    assert again.window.top.tabs.count() == 1


def test_the_sidebar_can_be_hidden_and_shown(win: Driven) -> None:
    win.control(Qt.Key.Key_B)
    assert not win.page.sidebar.isVisible()
    win.control(Qt.Key.Key_B)
    assert win.page.sidebar.isVisible()


def test_the_welcome_page_of_a_folder_that_cannot_be_written(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN a folder that cannot be made: a file stands above it
    (tmp_path / "file").write_text("")
    app = build(
        qapp, tmp_path / "file" / "library", tmp_path / "window.json", LazyEngine(), theme="light"
    )
    driven = Driven(qtbot, app)
    app.show()
    # WHEN the window is there
    welcome = app.page.welcome
    driven.until(lambda: welcome.isVisible() and welcome.reason.isVisible())
    # THEN nothing can be pressed, and it says why
    assert not any(button.isEnabled() for button in welcome.buttons)
    assert "cannot be written" in welcome.reason.text()
    assert all(button.toolTip() == welcome.reason.text() for button in welcome.buttons)
    assert len(driven.notices()) == 1
    end(driven)


def test_a_small_window_scrolls_what_it_has_no_room_for(start: Start, library: Path) -> None:
    with writing(library) as writer:
        [uid] = writer.connection.execute(
            "SELECT uid FROM papers ORDER BY ord DESC LIMIT 1 OFFSET 1"
        ).fetchone()
        to_the_end(
            editing.change_tags(writer, [uid], [f"a long name of tag {n}" for n in range(9)])
        )
    win = start(library, size=(760, 480))
    win.select(1)
    area = win.pane._buttons_area
    win.until(lambda: len(win.paper().tags) == 9)
    win.run(50)
    last = win.pane._made[-1]
    # THEN each chip is in reach, and abstract and note keep some lines
    assert area.verticalScrollBar().maximum() > 0
    assert area.inner.rect().contains(last.geometry())
    area.ensureWidgetVisible(last)
    assert last.visibleRegion().boundingRect().height() == last.height()
    assert win.pane.abstract.height() > 60
    # AND with room enough nothing scrolls
    win.window.resize(1280, 1000)
    win.until(lambda: area.verticalScrollBar().maximum() == 0)


def test_names_of_tags_leave_the_second_line_its_words(start: Start, library: Path) -> None:
    theme = start(library).app.theme
    delegate = RowDelegate(theme)
    line = QRect(0, 0, 200, 18)
    image = QImage(200, 18, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    tags = tuple(TagMark(str(n), f"a long name {n}", n) for n in range(2))
    row = Row(1, "u", "T", "", "", "", "", "", "unread", False, False, False, tags, "", None)
    right = delegate._marks(painter, line, row)
    painter.end()
    assert right >= 0.5 * line.width()
