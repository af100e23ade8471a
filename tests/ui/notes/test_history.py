"""What a note was before: undone after a restart, compared, brought back; deleted notes too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from reader.ui.notes.timeline import Timeline
from tests.ui.conftest import Start
from tests.ui.driving import Driven
from tests.ui.notes.test_several import switcher, texts

_REDO = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def written(win: Driven, text: str) -> None:
    """Have the note be a text, as a stretch of writing of its own."""
    win.focus(win.note)
    win.note.selectAll()
    win.note.insertPlainText(text)
    uid = win.paper().uid
    win.until(lambda: text in texts(win, uid))
    win.settled()


def apart(win: Driven) -> None:
    """Have what was written so far be of an hour ago."""
    win.app.desk.write(
        lambda writer: (
            writer.connection.execute(
                "UPDATE note_states SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, '-1 hour')"
            )
            and None
        )
    )
    win.settled()


def timeline(win: Driven) -> Timeline:
    switcher(win).history()
    dialog = win.window.findChildren(Timeline)[-1]
    win.until(lambda: dialog.states.count() and dialog.text.toPlainText())
    return dialog


def test_undo_goes_on_after_a_restart_and_comes_back(start: Start, library: Path) -> None:
    # GIVEN a note written in two stretches, and the program ended
    win = start(library)
    win.until(lambda: win.pane.paper is not None)
    written(win, "first thoughts")
    apart(win)
    written(win, "second thoughts")
    uid = win.paper().uid
    assert win.window.close()
    win.app.end()
    again = start(library)
    again.until(lambda: again.note.toPlainText() == "second thoughts")
    again.until(lambda: again.pane.note.parts)
    again.focus(again.note)
    # WHEN one takes back and there is nothing typed to take back
    again.control(Qt.Key.Key_Z)
    # THEN the stretch before is shown and saved, and one comes forth again
    again.until(lambda: again.note.toPlainText() == "first thoughts")
    again.until(lambda: texts(again, uid) == ["first thoughts"])
    again.control(Qt.Key.Key_Z)
    assert again.note.toPlainText() == ""
    again.control(Qt.Key.Key_Z)
    assert again.note.toPlainText() == ""
    again.key(Qt.Key.Key_Z, _REDO)
    again.key(Qt.Key.Key_Z, _REDO)
    assert again.note.toPlainText() == "second thoughts"
    again.until(lambda: texts(again, uid) == ["second thoughts"])
    # AND what is typed then is taken back as typing
    again.key(Qt.Key.Key_End)
    again.type("!")
    again.control(Qt.Key.Key_Z)
    assert again.note.toPlainText() == "second thoughts"


def test_the_timeline_shows_what_changed_and_brings_a_state_back(win: Driven) -> None:
    written(win, "the claim is bold")
    apart(win)
    written(win, "the claim is not so bold")
    uid = win.paper().uid
    dialog = timeline(win)
    assert dialog.states.count() == 2
    assert dialog.text.toPlainText() == "the claim is not so bold"
    dialog.states.setCurrentRow(1)
    win.until(lambda: dialog.text.toPlainText() == "the claim is bold")
    dialog.against.setCurrentIndex(1)
    win.until(lambda: dialog.text.toPlainText() == "the claim is not so bold")
    dialog.back.click()
    win.until(lambda: texts(win, uid) == ["the claim is bold"])
    win.until(lambda: win.note.toPlainText() == "the claim is bold")
    win.app.desk.undo()
    win.until(lambda: texts(win, uid) == ["the claim is not so bold"])


def test_every_saved_state_of_a_stretch_can_be_brought_back(win: Driven) -> None:
    # GIVEN three states written without a pause, which are listed as one stretch
    for text in ("one", "one two", "one two three"):
        written(win, text)
    uid = win.paper().uid
    dialog = timeline(win)
    assert dialog.states.count() == 1
    # WHEN every state is listed
    dialog.grain.setCurrentIndex(1)
    # THEN the newest is still chosen, and the one in the middle shows what changed then
    assert dialog.states.count() >= 3 and dialog.states.currentRow() == 0
    states = [dialog.states.item(row).text() for row in range(dialog.states.count())]
    row = next(row for row, told in enumerate(states) if told.endswith("+4  −0"))
    dialog.states.setCurrentRow(row)
    win.until(lambda: dialog.text.toPlainText() == "one two")
    # AND listing the stretches again chooses the one it is of
    dialog.grain.setCurrentIndex(0)
    assert dialog.states.currentRow() == 0
    dialog.grain.setCurrentIndex(1)
    dialog.states.setCurrentRow(row)
    win.until(lambda: dialog.text.toPlainText() == "one two")
    dialog.back.click()
    win.until(lambda: texts(win, uid) == ["one two"])


def test_a_deleted_note_is_brought_back_from_the_timeline(win: Driven) -> None:
    written(win, "do not lose me")
    uid = win.paper().uid
    switcher(win).delete()
    win.until(lambda: texts(win, uid) == [])
    win.until(lambda: win.note.toPlainText() == "")
    switcher(win).history()
    dialog = win.window.findChildren(Timeline)[-1]
    win.until(lambda: dialog.which.count() == 2)
    dialog.which.setCurrentIndex(1)
    win.until(lambda: "do not lose me" in dialog.text.toPlainText())
    dialog.back.click()
    win.until(lambda: texts(win, uid) == ["do not lose me"])
    win.until(lambda: win.note.toPlainText() == "do not lose me")
