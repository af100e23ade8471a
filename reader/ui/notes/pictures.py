"""Pictures pasted or dropped into a note: handed to whoever keeps them, then named in the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject
from PySide6.QtGui import QImage, QImageWriter

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

# As they come, so that no picture is packed anew without need.
_KINDS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
}


class Pasting(QObject):
    """Takes what an editor's text was given."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        editor.edit.picture_pasted.connect(self.picture)
        editor.edit.files_pasted.connect(self.files)

    def picture(self, source: QMimeData) -> None:
        """Keep the picture of the clipboard or of a drag."""
        data, suffix = picture_of(source)
        self._keep(data, suffix)

    def files(self, names: Sequence[str]) -> None:
        """Keep picture files, read on a worker."""
        for name in names:
            file = Path(name)
            self._editor.kit.keep_file(
                file, lambda data, file=file: self._keep(data, file.suffix.lower()), self
            )

    def _keep(self, data: bytes, suffix: str) -> None:
        editor, paper = self._editor, self._editor.paper
        store = editor.kit.store_picture
        if store is None or not data or not paper:
            editor.kit.notices.warn(
                self.tr("The picture was not put into the note: it cannot be kept here."),
                self.tr("Attach it to the paper, or save it as a file and link to it."),
            )
            return

        def kept(markdown: str) -> None:
            # The reader may have gone to another note while it was kept.
            if markdown and editor.paper == paper:
                editor.edit.insertPlainText(markdown)

        store(paper, data, suffix, kept)


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
