"""Pictures pasted into notes: kept with the paper, shown when read, no PDF of the paper."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QColor, QImage, QImageWriter

from reader.services import note_pictures
from reader.ui.notes.edit import NoteEdit
from reader.ui.notes.parts import EditorParts
from tests.ui.driving import Driven
from tests.ui.notes.test_several import free


def picture(color: str) -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def paste(win: Driven, color: str) -> None:
    win.focus(win.note)
    put(win.note, color)


def test_a_pasted_picture_is_kept_with_the_paper_and_is_not_its_pdf(win: Driven) -> None:
    # GIVEN a paper without a PDF WHEN a picture is pasted into its note
    win.select(2)
    uid = win.paper().uid
    paste(win, "red")
    win.until(lambda: "![](" in win.note.toPlainText())
    # THEN the file is the paper's, and the note names it
    win.until(lambda: len(win.on_disk(uid).attachments) == 1)
    kept = win.on_disk(uid).attachments[0]
    assert kept.role == "picture"
    assert win.note.toPlainText() == f"![]({kept.path})"
    assert win.app.reader.file_of(kept.path).read_bytes() == picture("red")
    # AND it is no PDF anywhere
    win.settled()
    assert win.on_disk(uid).documents == ()
    assert not win.row(2).has_pdf
    assert not win.app.window.commands.action("paper.open").isEnabled()
    assert len(win.app.reader.orders(win.page.scope, "has:pdf")) == 1
    # AND the same picture again is the same file
    paste(win, "red")
    win.until(lambda: win.note.toPlainText().count("![](") == 2)
    assert len(win.on_disk(uid).attachments) == 1


def test_the_picture_is_read_for_the_rendered_note_and_for_no_other_paper(win: Driven) -> None:
    win.select(2)
    uid = win.paper().uid
    paste(win, "blue")
    win.until(lambda: len(win.on_disk(uid).attachments) == 1)
    name = win.on_disk(uid).attachments[0].path
    other = win.row(3).uid
    reader = win.app.reader
    assert note_pictures.read(reader, uid, name) == picture("blue")
    assert note_pictures.read(reader, other, name) is None
    assert note_pictures.read(reader, uid, "../library.db") is None
    parts = win.pane.note.parts
    assert isinstance(parts, EditorParts)
    parts.side.choose("read")
    win.until(lambda: parts.side.live._objects._images.get(uid, name) is not None)


def put(edit: NoteEdit, color: str) -> None:
    source = QMimeData()
    source.setData("image/png", picture(color))
    source.setImageData(QImage.fromData(picture(color)))
    edit.insertFromMimeData(source)


def test_a_picture_in_a_free_note_is_the_notes_own(win: Driven) -> None:
    # GIVEN a free note WHEN a picture is pasted into it
    pane = free(win)
    pane.new()
    win.until(pane.editor.edit.hasFocus)
    put(pane.editor.edit, "green")
    # THEN the note names it, it is saved, and read again
    win.until(lambda: "![](" in pane.editor.edit.toPlainText())
    name = pane.editor.edit.toPlainText()[4:-1]
    win.app.desk.notebook.flush()
    reader = win.app.reader
    win.until(lambda: name in reader.note(pane.editor.note).text)
    assert note_pictures.read(reader, "", name) == picture("green")
    # AND it is shown where the note is read
    parts = pane.editor.parts
    assert isinstance(parts, EditorParts)
    parts.side.choose("read")
    win.until(lambda: parts.side.live._objects._images.get("", name) is not None)


def test_a_picture_is_put_where_it_was_pasted_though_one_types_on(win: Driven) -> None:
    win.select(2)
    win.focus(win.note)
    win.type("before after")
    cursor = win.note.textCursor()
    cursor.setPosition(len("before "))
    win.note.setTextCursor(cursor)
    paste(win, "red")
    win.note.moveCursor(cursor.MoveOperation.End)
    win.type("!")
    win.until(lambda: "![](" in win.note.toPlainText())
    start, _, rest = win.note.toPlainText().partition("![](")
    assert (start, rest.partition(")")[2]) == ("before ", "after!")


def test_a_picture_kept_after_the_reader_went_on_is_in_its_own_note(win: Driven) -> None:
    # GIVEN a picture pasted into a note
    win.select(2)
    uid = win.paper().uid
    win.focus(win.note)
    win.type("mine")
    paste(win, "red")
    # WHEN the reader turns to another paper at once
    win.select(3)
    other = win.paper().uid
    # THEN it stands in the note it was pasted into, and in no other
    win.until(lambda: "![](" in win.note_on_disk(uid))
    assert win.note_on_disk(uid).startswith("mine")
    assert "![](" not in win.note_on_disk(other)
    assert "![](" not in win.note.toPlainText()


def test_what_is_no_picture_is_refused(win: Driven) -> None:
    uid = win.paper().uid
    said: list[str] = []
    win.app.desk.write(
        note_pictures.keep, uid, "", b"MZ", ".exe", failed=lambda error: said.append(error.message)
    )
    win.until(lambda: said)
    assert win.on_disk(uid).attachments == win.paper().attachments
