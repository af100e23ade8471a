"""Annotations of a file on its way into the library, whose tab is closed already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from reader.domain.marking import Annotation
from reader.domain.paper import Changes
from reader.services import annotating
from reader.services.attaching import holder_of
from reader.services.lanes import Priority
from reader.ui.desk import Desk


class Orphans(QObject):
    """Waits at the desk until the library has the file, writes them, and is gone."""

    def __init__(self, desk: Desk, path: Path, drafts: Sequence[Annotation]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._path = path
        self._drafts = tuple(drafts)
        desk.changed.connect(self._look)
        self._look(Changes())

    def _look(self, _changes: Changes) -> None:
        self._desk.read(
            holder_of, self._desk.reader, self._path, then=self._found, owner=self, newest="holder"
        )

    def _found(self, holder: tuple[str, str] | None) -> None:
        if holder is None or not self._drafts:
            return
        drafts, self._drafts = self._drafts, ()
        self._desk.changed.disconnect(self._look)
        made = [replace(one, attachment=holder[1]) for one in drafts]
        self._desk.write(annotating.add, made, "Annotate", priority=Priority.NOTE)
        self.deleteLater()
