"""The viewer page: one PDF in a tab, with the note beside it."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import Hit, OutlineItem, PdfLink, Query
from reader.ui.commands.actions import is_writing
from reader.ui.theme import Theme
from reader.ui.viewer import links
from reader.ui.viewer import selection as selecting
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.engine_type import PdfEngine
from reader.ui.viewer.featured_page import FeaturedPage
from reader.ui.viewer.find_bar import FindBar
from reader.ui.viewer.stops import stops

if TYPE_CHECKING:
    from reader.services.texts import Texts

_ABOVE = 28  # logical pixels left free above a place that was jumped to
_LONGEST_NEEDLE = 200  # characters of a selection taken over into the find field


class ViewerPage(FeaturedPage):
    """Shows the PDF at `path` (None: one that `read` names later); `position` is where one stopped.

    Its public methods are what the rows in `commands` call.
    """

    def __init__(
        self,
        engine: PdfEngine,
        path: Path | None,
        *,
        title: str = "",
        position: ReadingPosition | None = None,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(engine, path, title=title, position=position, theme=theme, parent=parent)
        self._search_from = 0
        self.texts: Texts | None = None
        bar, canvas = self.bar, self.canvas
        for signal, method in (
            (bar.page_wanted, self._go_to_label),
            (bar.zoom_wanted, canvas.set_zoom),
            (bar.left, canvas.setFocus),
            (bar.outline.clicked, lambda on: self.show_pane("outline", on)),
            (bar.notes.clicked, self.show_notes),
            (bar.back.clicked, self.go_back),
            (bar.forward.clicked, self.go_forward),
            (bar.zoom_in.clicked, self.zoom_in),
            (bar.zoom_out.clicked, self.zoom_out),
            (bar.fit_width.clicked, self.fit_width),
            (bar.fit_page.clicked, self.fit_page),
            (self.pointer.activated, self.follow),
            (self.pointer.hovered, self._hovered),
            (self.pointer.selected, self.tell_conditions),
            (self.sections.picked, self._go_to_section),
            (self.panel.chosen, self.tell_conditions),
        ):
            signal.connect(method)
        canvas.viewport().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.viewport().customContextMenuRequested.connect(self._open_menu)
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)  # the keyboard's menu
        self.failed.connect(self.close_find)
        canvas.customContextMenuRequested.connect(lambda _: self._open_menu(self.keys_place()))
        bar.search.clicked.connect(lambda on: self.open_find() if on else self.close_find())

    def _attend_find(self, bar: FindBar) -> None:
        bar.wanted.connect(self._search)
        bar.stepped.connect(self._step)
        bar.closed.connect(self.close_find)
        bar.passed.connect(self._enter_places)
        self._find_changed()

    def _enter_places(self) -> None:
        """From the find bar into the list of places, whose feature may be still to come."""
        attrgetter("found.enter")(self)()

    def use_texts(self, texts: Texts) -> None:
        """Find in whole texts from now on; until then words are found page by page."""
        self.texts = texts
        if self.pdf is not None:
            self.pdf.use_texts(texts)

    def _attend(self, pdf: PdfView) -> None:
        if self.texts is not None:
            pdf.use_texts(self.texts)
        pdf.find.changed.connect(self._find_changed)
        pdf.find.landed.connect(self._landed)
        pdf.copying.progress.connect(self._copying)
        pdf.copying.finished.connect(lambda _: self.statusChanged.emit(self.tr("Copied")))
        self.canvas.hits_of = pdf.find.hits_on

    def _ready(self, pdf: PdfView) -> None:
        super()._ready(pdf)
        if self.finding:
            self._search(self.find_bar.query)

    def _leave(self, pdf: PdfView) -> None:
        super()._leave(pdf)
        self.close_find()

    def _open_menu(self, at: QPoint) -> None:
        """The menu of the right button: what the features offer over a place."""
        self.complete()
        if self.pdf is None:
            return
        point = QPointF(at) * self.canvas.ratio
        spot = self.canvas.camera.spot(point.x(), point.y())
        menu = QMenu(self)
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(self.conditions()["text_selected"])
        copy.triggered.connect(self.copy)
        for feature in self.features:
            feature.fill_menu(menu, spot)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.canvas.viewport().mapToGlobal(at))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            if not self.back_to_pages():
                self.escape()
        else:
            super().keyPressEvent(event)

    def escape(self) -> None:
        """Take away what is in the way: a copy in the making, the find bar, a selection."""
        if any(feature.escape() for feature in self.features):
            return
        if self.pdf is not None and self.pdf.copying.active:
            self.pdf.copying.stop()
            self._show_page()
        elif self.finding:
            self.close_find()
        elif self.canvas.selection is not None:
            self.choose_text(None)

    # -- moving and zooming

    def scroll_down(self) -> None:
        self.canvas.scroll_lines(1)

    def scroll_up(self) -> None:
        self.canvas.scroll_lines(-1)

    def scroll_left(self) -> None:
        self.canvas.scroll_across(-1)

    def scroll_right(self) -> None:
        self.canvas.scroll_across(1)

    def screen_down(self) -> None:
        self.canvas.scroll_screens(1)

    def screen_up(self) -> None:
        self.canvas.scroll_screens(-1)

    def next_page(self) -> None:
        self.canvas.turn(1)

    def previous_page(self) -> None:
        self.canvas.turn(-1)

    def first_page(self) -> None:
        self.jump(self.canvas.camera.head(0))

    def last_page(self) -> None:
        """To the very end of the document."""
        if self.pdf is not None:
            self.jump(self.canvas.camera.foot(self.pdf.pages - 1))

    def zoom_in(self) -> None:
        self.canvas.zoom_step(1)

    def zoom_out(self) -> None:
        self.canvas.zoom_step(-1)

    def zoom_actual(self) -> None:
        self.canvas.set_zoom("1")

    def fit_width(self) -> None:
        self.canvas.set_zoom("width")

    def fit_page(self) -> None:
        self.canvas.set_zoom("page")

    # -- jumping, and back again

    def go_back(self) -> None:
        self._return(self._history.back(self.canvas.position()))

    def go_forward(self) -> None:
        self._return(self._history.forward(self.canvas.position()))

    def _return(self, place: ReadingPosition | None) -> None:
        if place is not None and self.pdf is not None:
            self.canvas.go_to(place)
            self.tell_conditions()

    def jump(self, spot: Spot, above: float = 0.0) -> None:
        """Show a place at the top of the view; Back comes back."""
        if self.pdf is not None:
            self._history.leave(self.canvas.position())
            self.canvas.show_spot(spot, margin=above)
            self.tell_conditions()

    def ask_page(self) -> None:
        """Put the cursor into the page field."""
        self.bar.page.setFocus()
        self.bar.page.selectAll()

    def _go_to_label(self, text: str) -> None:
        page = self.pdf.page_of(text) if self.pdf is not None else None
        if page is None:
            self.statusChanged.emit(self.tr("There is no page “{}”").format(text[:40]))
            self.bar.page.selectAll()
            return
        self.go_to_page(page)
        self.canvas.setFocus()

    def go_to_page(self, page: int) -> None:
        """Jump to the top of a page; Back comes back."""
        self.jump(self.canvas.camera.head(page))

    def _go_to_section(self, item: OutlineItem) -> None:
        if item.page is not None:
            self.jump(Spot(item.page, item.x, item.y), _ABOVE)

    def follow(self, link: PdfLink) -> None:
        """Go where a link leads, or ask for its address to be opened."""
        if link.page is not None:
            self.jump(Spot(link.page, link.x, link.y), _ABOVE)
        elif links.allowed(link.uri):
            self.openUrlRequested.emit(link.uri)
        elif link.uri:
            self.statusChanged.emit(
                self.tr("This address is not opened: {}").format(links.shown(link.uri))
            )

    def _hovered(self, link: PdfLink | None) -> None:
        if link is None or self.pdf is None:
            text = self.status()
        elif link.page is not None:
            text = self.tr("Go to page {}").format(self.pdf.label(link.page))
        else:
            text = links.shown(link.uri)
        self.statusChanged.emit(text)

    # -- text

    def copy(self) -> None:
        """Copy the selected text, hyphenated line ends joined."""
        chosen = self.canvas.selection
        if self.pdf is not None and chosen is not None and not chosen.empty:
            self.pdf.copying.start(chosen)

    def _copying(self, done: int, pages: int) -> None:
        self.statusChanged.emit(self.tr("Copying, page {} of {}…").format(done + 1, pages))

    def select_all(self) -> None:
        """Select the page; a second time, the whole document."""
        if self.pdf is None or not self.pdf.pages:
            return
        page = self.canvas.camera.current()
        whole_page = selecting.whole(page, page)
        again = self.canvas.selection == whole_page
        self.choose_text(selecting.whole(0, self.pdf.pages - 1) if again else whole_page)

    def choose_text(self, chosen: selecting.Chosen | None) -> None:
        """Select text, or nothing."""
        self.canvas.selection = chosen
        self.canvas.viewport().update()
        self.tell_conditions()

    # -- find

    def open_find(self) -> None:
        """Open the find bar, with the selected words if there are a few.

        While the document is being opened one can type already; it is looked for afterwards.
        """
        if not self.conditions()["searchable"]:
            return
        self._search_from = self.canvas.camera.current()
        text, missing = "", list[int]()
        if self.canvas.selection is not None and len(self.canvas.selection.pages) == 1:
            text, missing = selecting.copied(self.canvas.selection, self.canvas.content.text)
        wanted = not missing and 0 < len(text) <= _LONGEST_NEEDLE and "\n" not in text
        if self.pdf is not None and not self.finding:
            self._history.leave(self.canvas.position())
        self.find_bar.open_with(text if wanted else "")
        self.tell_conditions()

    def close_find(self) -> None:
        """Close the find bar and forget the search."""
        if self.finding:
            self.find_bar.hide()
        if self.pdf is not None:
            self.pdf.find.stop()
            self.canvas.setFocus()
        self.tell_conditions()

    def find_next(self) -> None:
        self._step(1)

    def find_previous(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        if self.pdf is not None:
            self.pdf.find.step(direction)

    def _search(self, query: Query | str) -> None:
        wanted = Query(query) if isinstance(query, str) else query
        if self.pdf is not None and wanted != self.pdf.find.query:  # else its place stays
            if self.pdf.find.current is None:
                self._search_from = self.canvas.camera.current()
            self.pdf.find.start(wanted, self._search_from)
            self.tell_conditions()

    def _find_changed(self) -> None:
        if self.pdf is None:
            return
        find = self.pdf.find
        self.canvas.current_hit = find.current_hit()
        if self._find_bar is not None:
            self._find_bar.report(find)
        self.canvas.bar.set_marks(find.marks())
        self.canvas.viewport().update()

    def _landed(self, page: int, hit: Hit) -> None:
        self.canvas.current_hit = (page, hit)
        if hit.rects:
            x0, y0, _, y1 = hit.rects[0]
            self.canvas.reveal(Spot(page, x0, y0), y1 - y0)

    # -- what stands beside the pages

    def show_outline(self, on: bool) -> None:
        """Show the outline and have the keys there, or hide it."""
        self.show_pane("outline", on, keys=on)

    def show_pane(self, name: str, on: bool = True, *, keys: bool = False) -> None:
        """Show a pane of the panel beside the pages, with the `keys` in it, or hide the panel.

        A panel that is hidden leaves the pages the keys it has.
        """
        if on:
            self.panel.show_pane(name)
        elif self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.lead_to_pages()
        self.panel.setVisible(on)
        if keys and not self.panel.take_keys():
            self.lead_to_pages()
        self.tell_conditions()

    def open_notes(self, on: bool) -> None:
        """Show the note beside the pages and have the keys in its text, or hide it."""
        self.show_notes(on)
        inside = stops([self.side])
        if on and inside:
            text = next(filter(is_writing, inside), inside[0])
            text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_notes(self, on: bool) -> None:
        """Show or hide the note beside the pages."""
        if self.side is not None:
            self.side.setVisible(on)
        self.tell_conditions()
