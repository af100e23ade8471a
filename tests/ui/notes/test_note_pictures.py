"""Pictures pasted into notes: kept with the paper, shown when read, no PDF of the paper."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QColor, QImage, QImageWriter

from reader.services import note_pictures
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
    source = QMimeData()
    source.setData("image/png", picture(color))
    source.setImageData(QImage.fromData(picture(color)))
    win.focus(win.note)
    win.note.insertFromMimeData(source)


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


def test_a_picture_in_a_free_note_is_declined_and_said(win: Driven) -> None:
    pane = free(win)
    pane.new()
    win.until(pane.editor.edit.hasFocus)
    source = QMimeData()
    source.setData("image/png", picture("green"))
    source.setImageData(QImage.fromData(picture("green")))
    pane.editor.edit.insertFromMimeData(source)
    win.until(lambda: any("cannot be kept here" in text for text in win.notices()))
    assert "![](" not in pane.editor.edit.toPlainText()


def test_what_is_no_picture_is_refused(win: Driven) -> None:
    uid = win.paper().uid
    said: list[str] = []
    win.app.desk.write(
        note_pictures.keep, uid, b"MZ", ".exe", failed=lambda error: said.append(error.message)
    )
    win.until(lambda: said)
    assert win.on_disk(uid).attachments == win.paper().attachments
