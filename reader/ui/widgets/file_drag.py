"""Files that are dragged: out of the window to be copied elsewhere, and into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag

from reader.ui import icons

PAPERS_MIME = "application/x-paper-reader-ords"  # papers of the list, by their ords


def hold(data: QMimeData, files: Sequence[Path]) -> QMimeData:
    """Add files to what is dragged, as other programs take them."""
    data.setUrls([QUrl.fromLocalFile(str(file.absolute())) for file in files])
    return data


def drag_out(source: QObject, file: Path) -> None:
    """Hand a file to wherever it is dropped; it is copied, never moved away."""
    drag = QDrag(source)
    drag.setMimeData(hold(QMimeData(), [file]))
    drag.setPixmap(icons.icon("pdf", "accent").pixmap(32, 32))
    drag.exec(Qt.DropAction.CopyAction)


def local_files(data: QMimeData) -> list[str]:
    """The files of this computer that are being dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def new_files(data: QMimeData) -> list[str]:
    """Those that another program brings; papers of the list bring files the library has."""
    return [] if data.hasFormat(PAPERS_MIME) else local_files(data)
