"""Lists of the places found: those of this document, and those of all open tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from reader.pdf.protocol import Query
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.find_list import EverywhereList, FindList

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

HERE, EVERYWHERE = "found", "everywhere"
_TYPING = 250  # ms without a change of the query before all tabs are searched


class Found(Feature):
    """Two panes beside the pages; `asked` for a search that goes beyond this document."""

    asked = Signal(object)  # Query

    name = "found"
    rows = (
        Command(
            "viewer.found", QT_TRANSLATE_NOOP("Commands", "List the places found"), "viewer",
            "found.show_here", ("Ctrl+Alt+F",), "outline", "Document", enabled="document",
        ),
        Command(
            "viewer.find_everywhere", QT_TRANSLATE_NOOP("Commands", "Find in all open tabs"),
            "viewer", "found.show_everywhere", ("Ctrl+Shift+F",), "find", "Document",
            enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.here: FindList | None = None
        self._holder = QStackedWidget(page.panel)
        self.everywhere = EverywhereList(page.theme, page.panel)
        self._query = Query("")
        self._soon = QTimer(self, singleShot=True, interval=_TYPING)
        self._soon.timeout.connect(self._ask)
        page.panel.add(HERE, "find", self.tr("Places found (Ctrl+Alt+F)"), self._holder)
        page.panel.add(
            EVERYWHERE, "all", self.tr("Found in all open tabs (Ctrl+Shift+F)"), self.everywhere
        )

    def show_here(self) -> None:
        """List the places of this document; the find bar asks what for."""
        self.page.show_pane(HERE)
        self.page.open_find()

    def show_everywhere(self) -> None:
        """Find in all open tabs what the find bar asks for."""
        self.page.show_pane(EVERYWHERE)
        self.page.open_find()
        self._query = Query("")
        self._look()

    def opened(self, pdf: PdfView) -> None:
        self.here = FindList(pdf.find, pdf.label, self.page.theme, self._holder)
        self._holder.addWidget(self.here)
        pdf.find.changed.connect(self._look)

    def left(self) -> None:
        self._soon.stop()
        if self.here is not None:
            self._holder.removeWidget(self.here)
            self.here.deleteLater()
            self.here = None

    def _look(self) -> None:
        pdf = self.page.pdf
        if pdf is None or not self.page.panel.shows(EVERYWHERE):
            return
        if pdf.find.query != self._query:
            self._query = pdf.find.query
            self._soon.start()

    def _ask(self) -> None:
        if not self._query.empty:
            self.asked.emit(self._query)
