"""The editor in the hands of somebody who means it no good: whatever is done, nothing written is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from reader.services import noting
from tests.ui.driving import Driven, command
from tests.ui.notes.test_several import free

Key = Qt.Key


def paste(win: Driven, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    win.note.insertFromMimeData(data)


STRANGE = {
    "nul": "a\x00b",
    "surrogate": "a\ud800b",
    "pair": "😀👩\u200d🔬👍🏽",
    "bidi": "\u202eabc\u202c שלום עולם",
    "controls": "\x01\x02\x1b[31m\x7f\x85",
    "separators": "one\u2028two\u2029three\x0bfour\x0cfive",
    "crlf": "one\r\ntwo\rthree",
    "nbsp": "10\u00a0000",
    "objects": "a\ufffcb\ufffe\uffff",
    "combining": "e\u0301" * 10 + "Z" + "\u0300" * 50,
}


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_text_is_saved_as_it_is_shown(win: Driven, kind: str) -> None:
    # GIVEN a note with strange text in it, and typing around it
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    win.type("before ")
    paste(win, STRANGE[kind])
    win.type(" after")
    shown = win.note.toPlainText()
    # THEN it is saved
    win.app.desk.notebook.flush()
    win.until(lambda: not win.app.desk.notebook.unsaved())
    saved = win.note_on_disk(uid)
    assert saved.startswith("before ") and saved.endswith(" after")
    saved.encode("utf-8")
    # AND read again it is what it was
    win.select(3)
    win.select(2)
    win.settled()
    assert win.note.toPlainText() == saved
    assert [sign for sign in shown if sign.isalnum()] == [s for s in saved if s.isalnum()]
    assert win.notices() == []


def test_a_huge_text_is_pasted_saved_and_written_to(win: Driven) -> None:
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    text = "".join(f"Line {n} of *many* words with $x_{n}$ and [[a link]]\n" for n in range(12_000))
    paste(win, text)
    win.type("the end")
    win.app.desk.notebook.flush()
    win.until(lambda: win.note_on_disk(uid) == text + "the end", 60_000)
    win.note.undo()
    win.until(lambda: win.note_on_disk(uid) != text + "the end", 60_000)


def test_a_note_deleted_while_it_is_typed_in_keeps_what_was_typed(win: Driven) -> None:
    # GIVEN a note with text, some of it not saved yet
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    win.type("kept for ever")
    win.app.desk.notebook.flush()
    win.until(lambda: win.note_on_disk(uid) == "kept for ever")
    note = win.pane.note.note
    # WHEN it is deleted while a save is on its way, after which more was typed
    win.type(" and")
    win.app.desk.notebook.flush()
    win.type(" more")
    assert win.app.late is not None
    win.app.late.note_side.whole.remove(note)
    win.settled()
    # THEN what was typed is in what was deleted
    win.until(lambda: not win.on_disk(uid).notes)
    [gone] = win.app.reader.removed_notes(uid)
    assert gone.text == "kept for ever and more"
    # AND typing on makes a note, and undo brings the other back
    win.until(lambda: win.note.toPlainText() == "")
    win.focus(win.note)
    win.type("a new one")
    win.app.desk.notebook.flush()
    win.until(lambda: win.note_on_disk(uid) == "a new one")


def test_a_free_note_deleted_by_the_command_of_another_window_while_typed_in(win: Driven) -> None:
    pane = free(win)
    pane.new()
    win.until(pane.editor.edit.hasFocus)
    win.type("mine")
    note = pane.editor.note
    win.app.desk.notebook.flush()
    win.until(lambda: win.app.reader.note(note).text == "mine")
    # WHEN it is deleted at the moment more is typed
    win.app.desk.write(noting.remove, note)
    win.type(" and more")
    win.app.desk.notebook.flush()
    win.until(lambda: not win.app.desk.notebook.unsaved())
    win.settled()
    # THEN the words are in the library, shown or among the deleted ones
    texts = [it.text for it in win.app.reader.notes_of("")]
    texts += [it.text for it in win.app.reader.removed_notes("")]
    assert "mine and more" in texts


def test_the_command_line_writes_while_one_types(win: Driven, library: Path) -> None:
    # GIVEN a note that is saved, and words typed after it
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    win.type("mine")
    win.app.desk.notebook.flush()
    win.until(lambda: win.note_on_disk(uid) == "mine")
    # WHEN another program writes the note, and one types on
    assert command("note", uid, "--text", "from outside", library=library).returncode == 0
    win.type(" and more")
    win.app.desk.notebook.flush()
    win.until(lambda: not win.app.desk.notebook.unsaved())
    win.settled()
    # THEN the words of both are kept: one is the note, the other in its history
    note = win.pane.note.note
    reader = win.app.reader
    states = {reader.note_state(note, state.key) for state in reader.note_timeline(note)}
    assert "from outside" in states
    assert any("and more" in state for state in states)
    # AND the reader is told
    win.until(lambda: any("changed elsewhere" in text for text in win.notices()))


def test_papers_are_switched_at_every_key(win: Driven) -> None:
    uids: list[str] = []
    for number in (2, 3, 4):
        win.select(number)
        uids.append(win.paper().uid)
    for turn in range(4):
        for at, number in enumerate((2, 3, 4)):
            win.select(number)
            win.focus(win.note)
            win.note.moveCursor(QTextCursor.MoveOperation.End)
            win.type(f"{at}{turn} ")
    win.app.desk.notebook.flush()
    win.until(lambda: not win.app.desk.notebook.unsaved())
    for at, uid in enumerate(uids):
        assert win.note_on_disk(uid) == "".join(f"{at}{turn} " for turn in range(4))


def test_undo_does_not_reach_into_another_note(win: Driven) -> None:
    win.select(2)
    first = win.paper().uid
    win.focus(win.note)
    win.type("first")
    win.select(3)
    second = win.paper().uid
    win.focus(win.note)
    win.type("second")
    for _ in range(8):
        win.control(Key.Key_Z)
        win.settled()
    win.app.desk.notebook.flush()
    win.until(lambda: not win.app.desk.notebook.unsaved())
    assert win.note_on_disk(first) == "first"
    assert win.note_on_disk(second) == ""
    for _ in range(8):
        win.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        win.settled()
    win.app.desk.notebook.flush()
    win.until(lambda: win.note_on_disk(second) == "second")
    assert win.note_on_disk(first) == "first"


def test_a_long_paste_is_one_step_and_survives_a_key_and_another_note(win: Driven) -> None:
    # GIVEN a long text on its way into a note
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    win.type("ab")
    win.key(Key.Key_Left)
    text = "many words of a line\n" * 20_000
    paste(win, text)
    assert win.note.pasting.busy
    # WHEN one types at once THEN it is whole before the letter
    win.type("!")
    assert not win.note.pasting.busy
    assert win.note.toPlainText() == f"a{text}!b"
    # AND undo takes the letter back, then all of the text
    win.note.undo()
    win.note.undo()
    assert win.note.toPlainText() == "ab"
    # AND one that is on its way while the reader turns elsewhere is saved whole
    paste(win, text)
    win.select(3)
    win.until(lambda: len(win.note_on_disk(uid)) == len(text) + 2)


def test_a_long_paste_is_whole_when_the_program_ends_at_once(win: Driven) -> None:
    # GIVEN a long text on its way into a note, its lines ended as on Windows
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    paste(win, "x\r\n" * 60_000)  # a piece ends between the two
    assert win.note.pasting.busy
    # WHEN the program is told to end THEN all of it is handed over, with as many lines
    win.app.desk.hand_over()
    assert win.app.desk.notebook.text(win.pane.note.note) == "x\n" * 60_000
    win.until(lambda: win.note_on_disk(uid) == "x\n" * 60_000)


def test_lines_that_go_while_they_are_still_to_be_styled_harm_nothing(win: Driven) -> None:
    # GIVEN a long text that is put in and waits to be styled
    win.select(2)
    win.focus(win.note)
    win.type("a")
    style = win.pane.note.style_
    paste(win, "many **words** of a line\n" * 20_000)
    win.note.pasting.finish()
    assert style.busy
    # WHEN it is taken back THEN the rest goes on as if it had never been
    win.note.undo()
    win.until(lambda: not style.busy)
    assert win.note.toPlainText() == "a"


def test_a_long_paste_is_saved_whole_while_it_is_still_put_in(win: Driven) -> None:
    # GIVEN a long text in the middle of a note, of which only the first pieces stand there
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    paste(win, "😀ab")
    win.key(Key.Key_Left)
    text = "many words, 👩 too, of a line\n" * 20_000
    paste(win, text)
    pasting = win.note.pasting
    pasting._timer.stop()  # as if the program were killed before it goes on
    pasting._put(1_000)
    # THEN all of it is saved, as it would be after a crash
    win.app.desk.notebook.flush()
    win.until(lambda: win.note_on_disk(uid) == f"😀a{text}b")
    assert pasting.busy
    # AND the note shown once more meanwhile has it once
    win.page.reload()
    win.settled()
    win.pane.note.show_note(uid, win.pane.note.note, win.note_on_disk(uid))
    pasting.finish()
    assert win.note.toPlainText() == f"😀a{text}b"


def test_another_text_of_the_note_takes_the_place_of_a_long_paste(win: Driven) -> None:
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    for change in ("another one", "and one more"):
        # GIVEN a long text on its way into a note
        paste(win, "many words of a line\n" * 20_000)
        win.note.pasting._timer.stop()
        # WHEN the note is given another text elsewhere THEN that is what stands there
        win.app.desk.notebook.edit(win.pane.note.note, change, None)
        assert not win.note.pasting.busy
        assert win.note.toPlainText() == change
        win.app.desk.notebook.flush()
        win.until(lambda wanted=change: win.note_on_disk(uid) == wanted)
