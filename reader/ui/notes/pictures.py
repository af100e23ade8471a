"""Pictures and annotations pasted or dropped into a note: kept, then named in the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageWriter, QTextCursor

from reader.ui.widgets.mark_drag import dragged

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

# As they come, so that no picture is packed anew without need.
_KINDS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
}


class _Spot:
    """Where something was dropped, kept while it is made ready and the reader goes on."""

    def __init__(self, editor: NoteEditor) -> None:
        self._editor = editor
        self.paper, self.note = editor.paper, editor.note
        self._filled = editor.filled
        self._cursor = QTextCursor(editor.edit.textCursor())

    def put(self, text: str, *, apart: bool) -> None:
        """Write it there, `apart` as a paragraph; at the note's end when that place is gone."""
        editor = self._editor
        if not text:
            return
        here = editor.note == self.note and editor.filled == self._filled
        if not here or not shiboken6.isValid(editor):  # its tab may be closed
            editor.put_at_end(self.note, text)
        else:
            self._cursor.insertText(self._parted(text) if apart else text)

    def _parted(self, text: str) -> str:
        line, at = self._cursor.block().text(), self._cursor.positionInBlock()
        before = "\n\n" if line[:at].strip() else ""
        return f"{before}{text}\n" + ("\n" if line[at:].strip() else "")


class Pasting(QObject):
    """Takes what an editor's text was given, and annotations dropped beside the text."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        editor.edit.picture_pasted.connect(self.picture)
        editor.edit.files_pasted.connect(self.files)
        editor.edit.marks_dropped.connect(self.marks)
        editor.setAcceptDrops(True)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A note that is only read takes annotations too: at its end."""
        del watched
        if not isinstance(event, (QDragEnterEvent, QDropEvent)) or not self._editor.note:
            return False
        uids = dragged(event.mimeData())
        if not uids:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._editor.edit.moveCursor(QTextCursor.MoveOperation.End)
            self.marks(uids)
        return True

    def picture(self, source: QMimeData) -> None:
        """Keep the picture of the clipboard or of a drag."""
        data, suffix = picture_of(source)
        self._keep(_Spot(self._editor), data, suffix)

    def files(self, names: Sequence[str]) -> None:
        """Keep picture files, read on a worker."""
        spot = _Spot(self._editor)
        for name in names:
            file = Path(name)
            self._editor.kit.keep_file(
                file, lambda data, file=file: self._keep(spot, data, file.suffix.lower()), self
            )

    def _keep(self, spot: _Spot, data: bytes, suffix: str) -> None:
        store = self._editor.kit.store_picture
        if store is None or not data or not spot.note:
            self._editor.kit.notices.warn(
                self.tr("The picture was not put into the note: it cannot be kept here."),
                self.tr("Pictures up to 32 MB are kept. Make it smaller, and paste it again."),
            )
            return
        store(spot.paper, spot.note, data, suffix, lambda name: spot.put(name, apart=False))

    def marks(self, uids: Sequence[str]) -> None:
        """Quote annotations: areas as their pictures, others with their words."""
        quote, spot = self._editor.kit.quote_marks, _Spot(self._editor)
        if quote is not None and spot.note:
            quote(uids, spot.paper, spot.note, lambda text: spot.put(text, apart=True))


def picture_of(source: QMimeData) -> tuple[bytes, str]:
    """The bytes of a picture and the suffix of its kind; empty when there is none."""
    for kind, suffix in _KINDS.items():
        data = source.data(kind)
        if not data.isEmpty():
            return bytes(data.data()), suffix
    image = source.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return b"", ""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data()), ".png"
