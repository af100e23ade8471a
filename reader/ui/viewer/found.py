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
    # A place anywhere: key of the document, page, Hit, its number on the page.
    picked = Signal(object, int, object, int)

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
        self._here: FindList | None = None
        self._holder: QStackedWidget | None = None
        self._everywhere: EverywhereList | None = None
        self._query = Query("")
        self._soon = QTimer(self, singleShot=True, interval=_TYPING)
        self._soon.timeout.connect(self._ask)
        add = page.panel.add
        add(HERE, "find", self.tr("Places found (Ctrl+Alt+F)"), self._pane)
        text = self.tr("Found in all open tabs (Ctrl+Shift+F)")
        add(EVERYWHERE, "all", text, lambda: self.everywhere)

    def _pane(self) -> QStackedWidget:
        """What holds the list of one document after the other."""
        if self._holder is None:
            self._holder = QStackedWidget(self.page.panel.room)
            self._list()
        return self._holder

    def _list(self) -> None:
        pdf = self.page.pdf
        if self._holder is not None and self._here is None and pdf is not None:
            self._here = FindList(pdf.find, pdf.label, self.page.theme, self._holder)
            self._holder.addWidget(self._here)
            self._holder.setFocusProxy(self._here)

    @property
    def here(self) -> FindList | None:
        """The places in this document, listed when they are first looked at."""
        self._pane()
        return self._here

    @property
    def everywhere(self) -> EverywhereList:
        """The places in all tabs, listed when they are first asked for."""
        if self._everywhere is None:
            self._everywhere = EverywhereList(self.page.theme, self.page.panel.room)
            self._everywhere.picked.connect(self.picked)
            self._everywhere.changed.connect(self._tell)
        return self._everywhere

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

    def enter(self) -> None:
        """Have the keys in the list that is beside the pages, where it has places."""
        for name, listed in ((HERE, self._here), (EVERYWHERE, self._everywhere)):
            if listed is not None and self.page.panel.shows(name) and listed.rows.seen():
                self.page.panel.take_keys()

    def opened(self, pdf: PdfView) -> None:
        self._list()
        pdf.find.changed.connect(self._look)

    def left(self) -> None:
        self._soon.stop()
        if self._here is not None and self._holder is not None:
            self._holder.removeWidget(self._here)
            self._here.deleteLater()
            self._here = None

    def _look(self) -> None:
        pdf = self.page.pdf
        if pdf is None or not self.page.panel.shows(EVERYWHERE):
            return
        if pdf.find.query != self._query:
            self._query = pdf.find.query
            self._soon.start()
            self._tell()

    def _tell(self) -> None:
        """Have the find bar say what other documents have: its own may have nothing."""
        if self.page.pdf is not None and self.page.finding:
            listed, coming = self.everywhere, self._soon.isActive()
            bar = self.page.find_bar
            bar.elsewhere = (self._query, 0 if coming else listed.total, coming or listed.searching)
            bar.report(self.page.pdf.find)

    def _ask(self) -> None:
        if not self._query.empty:
            self.asked.emit(self._query)
