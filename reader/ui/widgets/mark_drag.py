"""Annotations that are dragged: out of a page or a list, into a note."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from reader.domain.marking import Annotation
from reader.domain.note_links import Place, address
from reader.ui import icons

MARKS_MIME = "application/x-paper-reader-annotations"  # a JSON list of their uids
_ICON = 32  # logical pixels


def hold(found: Iterable[Annotation]) -> QMimeData:
    """Annotations as they are dragged; other programs get their words, or their addresses."""
    marks = list(found)
    data = QMimeData()
    data.setData(MARKS_MIME, json.dumps([one.uid for one in marks]).encode())
    data.setText("\n\n".join(one.quote or address(Place("annotation", one.uid)) for one in marks))
    return data


def drag_out(source: QWidget, found: Sequence[Annotation], picture: QPixmap | None = None) -> None:
    """Hand annotations to wherever they are dropped; they stay where they are."""
    drag = QDrag(source)
    drag.setMimeData(hold(found))
    drag.setPixmap(picture or icons.icon("annotate", "accent").pixmap(_ICON, _ICON))
    drag.exec(Qt.DropAction.CopyAction)


def dragged(data: QMimeData) -> list[str]:
    """The uids of the annotations that are dragged; empty for all else."""
    if not data.hasFormat(MARKS_MIME):
        return []
    try:
        found = json.loads(bytes(data.data(MARKS_MIME).data()))
    except (ValueError, RecursionError):
        return []
    return [uid for uid in found if isinstance(uid, str)] if isinstance(found, list) else []
