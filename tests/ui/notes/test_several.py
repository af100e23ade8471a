"""Several notes of a paper, and free ones: made, shown, ordered, deleted, remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from reader.domain.lists import NoteRow, Scope
from reader.services import noting
from reader.ui.notes.free import FreeNotes, second_line
from reader.ui.notes.parts import EditorParts
from reader.ui.notes.switcher import Switcher
from tests.ui.conftest import Start
from tests.ui.driving import Driven


def switcher(win: Driven) -> Switcher:
    parts = win.pane.note.parts
    assert isinstance(parts, EditorParts)
    return parts.notes


def free(win: Driven) -> FreeNotes:
    assert win.app.late is not None
    return win.app.late.note_side.free


def texts(win: Driven, uid: str) -> list[str]:
    return [note.text for note in win.on_disk(uid).notes]


def two_notes(win: Driven) -> str:
    """Write two notes of the shown paper by keys; the paper's uid."""
    uid = win.paper().uid
    win.focus(win.note)
    win.type("first")
    win.control(Qt.Key.Key_N)
    win.until(lambda: len(win.pane.note.notes) == 2 and win.note.toPlainText() == "")
    win.type("second")
    win.until(lambda: texts(win, uid) == ["first", "second"])
    win.settled()
    return uid


def test_a_second_note_is_written_beside_the_first(win: Driven) -> None:
    # GIVEN two notes WHEN one goes from one to the other by keys
    uid = two_notes(win)
    assert switcher(win).button.accessibleName().endswith("second  2/2")
    win.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    # THEN the other is shown, and what is typed goes into it
    assert win.note.toPlainText() == "first"
    win.key(Qt.Key.Key_End)
    win.type("!")
    win.until(lambda: texts(win, uid) == ["first!", "second"])
    win.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert win.note.toPlainText() == "second"


def test_typing_in_both_before_anything_is_saved_loses_nothing(win: Driven) -> None:
    uid = two_notes(win)
    for number in range(12):
        win.key(Qt.Key.Key_End)
        win.type("ab"[number % 2])
        win.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    win.until(lambda: texts(win, uid) == ["firstbbbbbb", "secondaaaaaa"])


def test_notes_are_ordered_and_deleted_with_undo(win: Driven) -> None:
    uid = two_notes(win)
    switcher(win).move_up()
    win.until(lambda: texts(win, uid) == ["second", "first"])
    win.settled()
    assert win.note.toPlainText() == "second"
    switcher(win).delete()
    win.until(lambda: texts(win, uid) == ["first"])
    win.until(lambda: win.note.toPlainText() == "first")
    win.app.desk.undo()
    win.until(lambda: texts(win, uid) == ["second", "first"])


def test_the_note_shown_last_is_shown_again_also_after_a_restart(
    start: Start, library: Path
) -> None:
    win = start(library)
    win.until(lambda: win.pane.paper is not None)
    two_notes(win)
    win.list.step(1)
    win.settled()
    win.list.step(-1)
    win.until(lambda: win.note.toPlainText() == "second")
    assert win.window.close()
    win.app.end()
    again = start(library)
    again.until(lambda: again.note.toPlainText() == "second")


def test_a_template_begins_a_note_of_the_paper(win: Driven) -> None:
    uid = win.paper().uid
    win.focus(win.note)
    shown = switcher(win)
    template = noting.templates(win.app.reader, "note")[0]
    shown._begin(template)
    win.until(lambda: bool(texts(win, uid)))
    win.until(lambda: win.note.toPlainText() == texts(win, uid)[0])
    assert "{{title}}" not in texts(win, uid)[0]
    assert " ".join(win.paper().title.split()) in texts(win, uid)[0]


def test_free_notes_are_made_by_a_key_found_by_words_and_left_again(win: Driven) -> None:
    # GIVEN the library WHEN a free note is begun from the list
    win.list.setFocus()
    win.key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    pane = free(win)
    win.until(pane.editor.edit.hasFocus)
    win.type("Plan of the year")
    # THEN it is saved, listed, counted, and belongs to no paper
    win.until(lambda: [it.text for it in win.app.reader.notes_of("")] == ["Plan of the year"])
    win.until(lambda: pane.list.item(0).text() == "Plan of the year")
    win.until(lambda: win.sidebar()["Notes"] == 1)
    assert not win.list.isVisible()
    assert not win.app.window.commands.action("paper.star").isEnabled()
    pane.words.setText("nothing")
    assert pane.list.count() == 0
    pane.words.setText("year")
    assert pane.list.count() == 1
    win.choose("all")
    assert win.list.isVisible()
    assert not pane.isVisible()
    assert win.page.scope == Scope("all")


def test_a_deleted_free_note_comes_back_by_undo(win: Driven) -> None:
    pane = free(win)
    pane.new()
    win.until(pane.editor.edit.hasFocus)
    win.type("short lived")
    win.until(lambda: pane.list.item(0).text() == "short lived")
    parts = pane.editor.parts
    assert isinstance(parts, EditorParts)
    parts.notes.delete()
    win.until(lambda: pane.list.count() == 0)
    win.app.desk.undo()
    win.until(lambda: pane.list.count() == 1)


def test_the_list_of_free_notes_shows_words_below_a_title() -> None:
    text = "# To read\n\n- [ ] **two** surveys\n- [x] [[one]] `paper`\n> said, see [here](a.html)"
    day = "2026-11-26T10:00:00.000Z"
    note = NoteRow("uid", "", "", "To read", text, day, day)
    assert second_line(note) == "2026-11-26  ·  two surveys one paper said, see here"
