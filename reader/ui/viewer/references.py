"""The bibliography of a paper as a list: which of it is in the library, and how more gets there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from reader.services import citing
from reader.services.findings import Reference
from reader.services.import_plan import Result
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.list_pane import Entry, ListPane
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

PANE = "references"
_ABOVE = 28  # logical pixels left free above a place that was jumped to


class References(Feature):
    """A pane beside the pages, filled once the document has been studied."""

    name = "references"
    paper_wanted = Signal(str)  # uid of a paper of the library that is to be opened

    rows = (
        Command(
            "viewer.references", QT_TRANSLATE_NOOP("Commands", "References of the paper"),
            "viewer", "references.show_references", (), "quote", "View", 6, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._pane: ListPane | None = None
        page.panel.add(PANE, "quote", self.tr("References"), lambda: self.pane)
        self.known: dict[int, str] = {}  # uids of papers of the library, by number
        self._study = page.feature(Study)
        self._study.ready.connect(self._renew)

    @property
    def pane(self) -> ListPane:
        """The list, made when it is first needed."""
        if self._pane is None:
            title, search = self.tr("References"), self.tr("Find in the references")
            self._pane = pane = ListPane(self.page.theme, title, search, self.page.panel.room)
            pane.chosen.connect(self._jump)
            pane.opened.connect(self.open_or_add)
            pane.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            pane.rows.customContextMenuRequested.connect(self._menu)
            self._fill()
        return self._pane

    def show_references(self) -> None:
        """Show the pane, and have the keys there."""
        self.page.show_pane(PANE, keys=True)

    def opened(self, pdf: PdfView) -> None:
        del pdf
        self._renew()

    def homed(self, home: Home) -> None:
        del home
        self._look_up()

    # -- what the rows say

    def _renew(self) -> None:
        self.known = {}
        self._fill()
        self._look_up()

    def _look_up(self) -> None:
        """Ask which of them the library has."""
        home, references = self.page.home, self._study.findings.references
        if home is None or not references:
            return

        def told(known: dict[int, str]) -> None:
            if references is self._study.findings.references:
                self.known = known
                self._fill()

        home.desk.read(
            lambda: citing.in_library(home.desk.reader, references), then=told, owner=self
        )

    def _fill(self) -> None:
        if self._pane is None:
            return
        if self._study.done:
            nothing = self.tr("No list of references was found in this document.")
        else:
            nothing = self.tr("The document is being looked through.")
        self._pane.show_entries(tuple(self._entries()), nothing)

    def _entries(self) -> Iterator[Entry]:
        for reference in self._study.findings.references:
            mark = self.tr("In the library") if reference.number in self.known else ""
            who = reference.authors[0] if reference.authors else ""
            if len(reference.authors) > 1:
                who = self.tr("{} and others").format(who)
            yield Entry(
                reference.label or str(reference.number),
                reference.title or reference.text,
                " ".join(filter(None, (who, reference.year))),
                mark,
                reference,
            )

    # -- what is done with one

    def _jump(self, reference: Reference) -> None:
        x, y = reference.rects[0][:2] if reference.rects else (0.0, 0.0)
        self.page.jump(Spot(reference.page, x, y), _ABOVE)

    def open_or_add(self, reference: Reference) -> None:
        """Open the paper of an entry, or add it to the library where it is not there yet."""
        home = self.page.home
        if uid := self.known.get(reference.number):
            self.paper_wanted.emit(uid)
        elif home is not None:

            def added(result: Result) -> None:
                if result.added:
                    home.desk.notices.ok(
                        self.tr("Added to the library."), (self.tr("Undo"), home.desk.undo)
                    )
                self._look_up()

            home.desk.write(citing.add, reference, then=added, owner=self)

    def menu_of(self, reference: Reference) -> QMenu:
        """What can be done with an entry."""
        menu = QMenu(self.pane)
        known = reference.number in self.known
        text = self.tr("Open the paper") if known else self.tr("Add to the library")
        act = menu.addAction(text)
        act.setEnabled(known or self.page.home is not None)
        act.triggered.connect(partial(self.open_or_add, reference))
        menu.addAction(self.tr("Go to the entry")).triggered.connect(partial(self._jump, reference))
        return menu

    def _menu(self, at: QPoint) -> None:
        reference = self.pane.value(self.pane.rows.indexAt(at))
        if reference is not None:
            menu = self.menu_of(reference)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.pane.rows.viewport().mapToGlobal(at))
