"""The way of a file into the library, where its annotations are kept; also when its tab is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject

from reader.domain.errors import ReaderError
from reader.domain.marking import Annotation
from reader.domain.paper import Changes
from reader.services import annotating
from reader.services.attaching import holder_of
from reader.services.lanes import Priority
from reader.ui.desk import Desk
from reader.ui.viewer.annotate.store import Store

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_AGAIN = 20_000  # ms until a file that did not come is asked for again


class WayHome(QObject):
    """Has a file that the library does not have added with its first annotation."""

    def __init__(self, page: ViewerPage, store: Store) -> None:
        super().__init__(page)
        self._page = page
        self._store = store
        self._asked = QElapsedTimer()

    def ask(self) -> None:
        """Have the file added, unless it is there or on its way."""
        home = self._page.home
        on_its_way = self._asked.isValid() and not self._asked.hasExpired(_AGAIN)
        if self._store.attachment or on_its_way or home is None or home.add is None:
            return
        self._asked.start()
        home.desk.notices.info(
            self.tr("Annotations are kept in the library, so this file is being added to it.")
        )
        home.add()

    def leave(self) -> None:
        """The tab is closed: what waits for the file goes on waiting."""
        home = self._page.home
        if home is not None and self._store.waiting and self._asked.isValid():
            Orphans(home.desk, self._page.path, self._store.waiting)


class Orphans(QObject):
    """Waits at the desk until the library has the file, writes them, and is gone."""

    def __init__(self, desk: Desk, path: Path, drafts: Sequence[Annotation]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._path = path
        self._drafts = tuple(drafts)
        desk.owe(self, owes=True)
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
        made = [replace(one, attachment=holder[1]) for one in drafts]
        self._desk.write(
            annotating.add, made, "Annotate",
            then=lambda _: self._written(), failed=partial(self._refused, drafts),
            priority=Priority.NOTE,
        )  # fmt: skip

    def _written(self) -> None:
        self._desk.owe(self, owes=False)
        self._desk.changed.disconnect(self._look)
        self.deleteLater()

    def _refused(self, drafts: tuple[Annotation, ...], error: ReaderError) -> None:
        """They are kept, and tried again with the next change."""
        self._drafts = drafts
        self._desk.notices.error(error)
