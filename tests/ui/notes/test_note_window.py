"""Notes in the real window: the keys of the editor, its menu, the full screen, abstracts with math."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.domain.errors import ReaderError
from reader.ui.notes.commands import NOTE
from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.parts import EditorParts
from tests.ui.conftest import Start
from tests.ui.driving import Driven

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def parts(editor: NoteEditor) -> EditorParts:
    assert isinstance(editor.parts, EditorParts)
    return editor.parts


def test_the_editor_has_its_keys_before_the_window(win: Driven) -> None:
    QGuiApplication.clipboard().clear()
    sidebar = win.page.sidebar
    win.focus(win.note)
    win.type("word")
    # WHEN Ctrl+B is pressed in the note, its word becomes bold
    win.control(Key.Key_B)
    assert win.note.toPlainText() == "**word**" and sidebar.isVisible()
    win.key(Key.Key_K, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert win.note.toPlainText() == "**[word]()**"
    # AND in the list it is the sidebar's
    win.focus(win.list)
    win.control(Key.Key_B)
    assert not sidebar.isVisible()
    assert win.note.toPlainText() == "**[word]()**"


def test_the_commands_are_in_the_menu_and_act_on_the_note(win: Driven) -> None:
    commands = win.window.commands
    assert not commands.action("note.bold").isEnabled()
    win.focus(win.note)
    win.type("a")
    assert all(commands.action(row.id).isEnabled() for row in NOTE)
    commands.action("note.heading1").trigger()
    assert win.note.toPlainText() == "# a"
    # THEN they still act while a menu or the palette has the keys
    win.focus(win.search)
    commands.action("note.heading1").trigger()
    assert win.note.toPlainText() == "a"


def test_every_command_of_a_note_can_be_called(win: Driven) -> None:
    win.focus(win.note)
    win.type("word")
    for row in NOTE:
        if row.id not in ("note.full_screen", "note.read", "note.date"):
            win.window.commands.action(row.id).trigger()
    assert "word" in win.note.toPlainText()
    assert "[x]" in win.note.toPlainText()


def test_ctrl_f_finds_in_the_note_where_one_writes(win: Driven) -> None:
    win.focus(win.note)
    win.type("one two one")
    win.control(Key.Key_F)
    find = parts(win.pane.note).find
    assert find.bar.field.hasFocus()
    win.key(Key.Key_Escape)
    win.control(Key.Key_H)
    assert find.bar.instead.isVisible()
    win.key(Key.Key_Escape)
    win.focus(win.list)
    win.control(Key.Key_F)
    assert find.bar.isHidden() and win.search.hasFocus()


def test_writing_on_the_full_screen_is_writing_the_same_note(win: Driven) -> None:
    uid = win.paper().uid
    win.focus(win.note)
    win.type("before")
    size = win.note.document().defaultFont().pixelSize()
    win.key(Key.Key_F11)
    sheet = win.note.window()
    assert sheet is not win.window and sheet.isFullScreen()
    assert not win.window.isFullScreen()
    win.until(win.note.hasFocus)
    # THEN keys, commands and undo are the note's, in a column of some 70 letters
    win.type(" after")
    QTest.keyClick(win.note, Key.Key_I, CONTROL)
    assert win.note.toPlainText() == "before *after*"
    letters = win.note.viewport().width() / win.note.fontMetrics().averageCharWidth()
    assert 55 < letters < 95
    win.until(lambda: win.note_on_disk(uid) == "before *after*")
    QTest.keyClick(win.note, Key.Key_Escape)
    assert win.note.window() is win.window and win.note.isVisible()
    assert win.note.document().defaultFont().pixelSize() == size
    assert win.note.toPlainText() == "before *after*"
    QTest.keyClick(win.note, Key.Key_Z, CONTROL)
    assert win.note.toPlainText() == "before after"


def test_one_finds_and_replaces_on_the_full_screen(win: Driven) -> None:
    win.focus(win.note)
    win.type("one two one")
    win.key(Key.Key_F11)
    sheet, bar = win.note.window(), parts(win.pane.note).find.bar
    win.until(win.note.hasFocus)
    # WHEN one looks for something there THEN it is typed into the bar, which is there
    QTest.keyClick(win.note, Key.Key_H, CONTROL)
    assert bar.window() is sheet and bar.isVisible()
    win.until(bar.field.hasFocus)
    QTest.keyClicks(bar.field, "one")
    bar.instead.setFocus()
    QTest.keyClicks(bar.instead, "three")
    win.until(bar.all.isEnabled)
    bar.all.click()
    assert win.note.toPlainText() == "three two three"
    # AND Esc closes it first; what is open goes along, there and back
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert bar.isHidden() and win.note.window() is sheet
    win.until(win.note.hasFocus)
    QTest.keyClick(win.note, Key.Key_F, CONTROL)
    sheet.close()
    assert bar.window() is win.window and bar.isVisible()
    body, box = win.pane.note.body, win.pane.note.box
    assert box.indexOf(bar) == box.indexOf(body) + 1


def test_a_message_is_come_to_by_key_on_the_full_screen(win: Driven) -> None:
    win.focus(win.note)
    win.type("before")
    win.key(Key.Key_F11)
    sheet = win.note.window()
    win.until(win.note.hasFocus)
    # WHEN something is told while one writes there THEN it is seen there
    win.app.notices.error(ReaderError("The picture was not read."))
    [card] = win.app.notices.cards()
    assert card.window() is sheet and card.isVisible()
    # AND its key leads to it; keys of commands that are not there write nothing
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(win.note, Key.Key_T, alt)
    QTest.keyClick(win.note, Key.Key_M, alt)
    win.until(card.has_keys)
    QTest.keyClick(win.focused(), Key.Key_Escape)
    assert not win.app.notices.cards()
    win.until(win.note.hasFocus)
    assert win.note.toPlainText() == "before"
    # AND what was not dismissed goes along into the window
    win.app.notices.error(ReaderError("The picture was not read."))
    sheet.close()
    win.until(lambda: [one.window() for one in win.app.notices.cards()] == [win.window])


def test_the_full_screen_ends_with_its_editor(win: Driven) -> None:
    win.focus(win.note)
    win.key(Key.Key_F11)
    sheet = win.note.window()
    win.page.list.step(1)
    win.settled()
    sheet.close()
    win.settled()
    assert win.note.window() is win.window
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not win.window]


def test_an_abstract_shows_its_math_and_copies_its_source(win: Driven) -> None:
    text = "It takes $\\sqrt{n}$ steps and costs $5 or $10.\n\nBroken $\\frac{a$ stays."
    abstract = win.pane.abstract
    abstract.show_text(text)
    win.until(lambda: "\ufffc" in abstract.document().toRawText())
    assert abstract.document().toRawText().replace("\u2029", "\n") == text.replace(
        "$\\sqrt{n}$", "\ufffc"
    )
    assert abstract.toPlainText() == text
    abstract.selectAll()
    abstract.copy()
    assert QGuiApplication.clipboard().text() == text
    # AND the next one without math is plain again
    abstract.show_text("Plain $5.")
    assert abstract.document().toRawText() == "Plain $5."


def test_the_way_notes_are_shown_is_remembered(start: Start, win: Driven) -> None:
    win.focus(win.note)
    win.type("# Read me")
    win.key(Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    win.window.commands.action("note.read").trigger()
    view = parts(win.pane.note).side.view
    assert view.hasFocus() and win.note.isHidden()
    win.until(lambda: view.toPlainText() == "Read me")
    assert win.app.settings.text("note_view") == "read"


def test_a_link_in_a_note_goes_by_the_same_door(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    win.app.tabs.url_wanted.connect(went.append)
    monkeypatch.setattr(win.app.library, "open_url", lambda _address: None)
    parts(win.pane.note).side.open_link("doi:10.1000/x")
    parts(win.pane.note).side.open_link("file:///etc/passwd")
    assert went == ["https://doi.org/10.1000/x"]
