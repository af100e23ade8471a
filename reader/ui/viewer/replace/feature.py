"""Replace file…, a file that changed under its annotations, and the rest placed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QMenu

from reader.domain.annotation import Rect
from reader.domain.errors import ReaderError
from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import Changes
from reader.services import holding, placing, replacing
from reader.services.holding import Held
from reader.services.lanes import to_the_end
from reader.services.placing import Hand, Offer
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.desk import Desk
from reader.ui.replacing import FileReplacer
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.file.feature import stamp_of
from reader.ui.viewer.home import Home
from reader.ui.viewer.replace.pane import PlacePane, Waiting

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

T = TypeVar("T")

PANE = "unplaced"
_ABOVE = 120.0  # points left free above a place that is offered


class Replace(Feature):
    """Follows the slot that is shown: its file, and what of it has no place."""

    name: ClassVar[str] = "replace"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.replace_file", QT_TRANSLATE_NOOP("Commands", "Replace file…"), "viewer",
            "replace.choose", (), "replace", "Document", 7, enabled="in_library",
        ),
        Command(
            "viewer.unplaced", QT_TRANSLATE_NOOP("Commands", "Annotations without a place"),
            "viewer", "replace.show", (), "warn", "Document", 7, enabled="in_library",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._desk: Desk | None = None
        self._attachment = ""
        self._held: Held | None = None
        self._hand: Hand | None = None
        self._offer: Offer | None = None
        self._seen = ""  # the state of the file that was compared with the library's last
        self._pane: PlacePane | None = None
        self._replacer: FileReplacer | None = None
        page.panel.add(PANE, "warn", self.tr("Annotations without a place"), lambda: self.pane)
        page.canvas.layers.append(self)

    @property
    def pane(self) -> PlacePane:
        """The list, made when it is first needed."""
        if self._pane is None:
            self._pane = pane = PlacePane(self.page.theme, self.page.panel.room)
            pane.picked.connect(self._pick)
            pane.offered.connect(self._look_at)
            pane.place_wanted.connect(self._place_offer)
            pane.selection_wanted.connect(self._place_selection)
            pane.keep_wanted.connect(self._keep)
            self._fill()
        return self._pane

    # -- the slot

    def homed(self, home: Home) -> None:
        if self._desk is not None:
            self._desk.changed.disconnect(self._changed)
        self._desk, self._attachment = None, home.attachment
        if home.attachment:
            self._desk = home.desk
            home.desk.changed.connect(self._changed)
            self._read()
        self.page.tell_conditions()

    def opened(self, pdf: PdfView) -> None:
        pdf.labelled.connect(self._fill)
        self._hand = None
        self._look()

    def left(self) -> None:
        self._offer = None

    def closed(self) -> None:
        if self._desk is not None:
            self._desk.changed.disconnect(self._changed)
            self._desk = None

    def conditions(self) -> dict[str, bool]:
        return {"in_library": bool(self._attachment)}

    def _changed(self, changes: Changes) -> None:
        home = self.page.home
        if changes.structure or (home is not None and home.paper in changes.papers):
            self._read()

    def _read(self) -> None:
        if self._desk is not None:
            self._desk.read(
                holding.held, self._desk.reader, self._attachment,
                then=self._take, failed=lambda _error: None, owner=self, newest=PANE,
            )  # fmt: skip

    def _take(self, held: Held) -> None:
        before, self._held = self._held, held
        if before is not None and before.sha256 != held.sha256:
            self._hand = None
        if held.path != self.page.path and held.path.is_file():
            home = self.page.home
            reads_on = home is not None and home.reads_on()  # before this page tells its place
            if self.page.shows(held.sha256):
                self.page.move_to(held.path)
            else:
                self.page.path = held.path
                self.page.retry()
            if held.position is not None and reads_on:
                self.page.show_position(held.position)
        elif self.page.lost and self.page.error is not None and held.path.is_file():
            self.page.retry()  # a file that was missing is in its place again
        self._fill()
        self._look()

    def _look(self) -> None:
        """Say so when the file is not the one its annotations were made on."""
        pdf, held, desk = self.page.pdf, self._held, self._desk
        if desk is None or held is None or pdf is None or held.path != self.page.path:
            return
        if not self.page.feature(Annotate).store.all and not held.unplaced:
            return
        shown = pdf.doc.info.sha256
        state = shown or f"{stamp_of(self.page.path)} {held.sha256}"
        if state in (held.sha256, self._seen):
            return
        self._seen = state
        if shown:
            self._tell(another=True)
        else:  # a large file, which is not read through when it is opened
            desk.read(
                replacing.is_another, desk.reader, self._attachment,
                then=lambda another: self._tell(another=another), failed=lambda _error: None,
                owner=self, newest="another",
            )  # fmt: skip

    def _tell(self, *, another: bool) -> None:
        if another and self._desk is not None:
            self._desk.notices.info(
                self.tr("Another program has changed this file since it was annotated."),
                (self.tr("Find the annotations again"), self._again),
            )

    # -- replacing

    def _worker(self) -> FileReplacer | None:
        texts = self.page.texts
        if self._desk is None or texts is None:
            return None
        if self._replacer is None:
            self._replacer = FileReplacer(self._desk, self.page.engine, texts, self.page)
            self._replacer.rest_wanted.connect(lambda _slot: self.show())
        return self._replacer

    def choose(self) -> None:
        """Ask for another file for this slot."""
        if worker := self._worker():
            worker.choose(self._attachment)

    def _again(self) -> None:
        if worker := self._worker():
            worker.place_again(self._attachment)

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        del spot
        if self._attachment:
            menu.addAction(self.tr("Replace file…")).triggered.connect(self.choose)

    # -- placing by hand

    def show(self) -> None:
        """List what has no place beside the pages, and have the keys there."""
        self.page.show_pane(PANE, keys=True)

    def _fill(self) -> None:
        if self._pane is None or self._held is None:
            return
        held, pdf = self._held, self.page.pdf
        waiting = [Waiting(one, one.sha256 == held.sha256) for one in held.unplaced]
        self._pane.fill(waiting, pdf.label if pdf is not None else lambda page: str(page + 1))
        if self._pane.chosen is None:
            self._show_offer(None)

    def _pick(self, annotation: Annotation) -> None:
        self._show_offer(None)
        self._with_hand(
            lambda hand: hand.candidates(annotation),
            lambda offers: self.pane.show_offers(annotation, offers),
            lambda: self.pane.show_offers(annotation, ()),
            newest="offers",
        )

    def _with_hand(
        self,
        work: Callable[[Hand], T],
        then: Callable[[T], None],
        refused: Callable[[], None],
        newest: str = "",
    ) -> None:
        """Work with the file's text off the window, read first where it is not yet."""
        desk, texts, hand = self._desk, self.page.texts, self._hand
        if desk is None or texts is None:
            return
        engine: Any = self.page.engine
        attachment = self._attachment

        def look() -> tuple[Hand, T]:
            known = hand or to_the_end(placing.hand(desk.reader, engine, texts, attachment))
            return known, work(known)

        def found(answer: tuple[Hand, T]) -> None:
            self._hand = answer[0]
            then(answer[1])

        def failed(error: ReaderError) -> None:
            desk.notices.error(error)
            refused()

        desk.read(look, then=found, failed=failed, owner=self, newest=newest)

    def _look_at(self, offer: Offer) -> None:
        self._show_offer(offer)
        frame = self._rects(offer.parts[0].page)
        if frame:
            x0, y0, _, _ = frame[0]
            self.page.jump(Spot(offer.parts[0].page, x0, y0), _ABOVE)

    def _place_offer(self) -> None:
        if self._offer is not None:
            self._put(self._offer.parts)

    def _place_selection(self) -> None:
        making = self.page.feature(Annotate).making
        chosen = self.pane.chosen
        if chosen is None:
            return
        made = making.make(Kind.HIGHLIGHT, chosen.color, lambda draft: self._put(draft.parts))
        if not made:
            self.page.statusChanged.emit(self.tr("Select the text first, then press it again."))

    def _put(self, parts: tuple[Part, ...]) -> None:
        desk, chosen = self._desk, self.pane.chosen
        if desk is None or chosen is None:
            return
        self._show_offer(None)
        self.page.statusChanged.emit(self.tr("Placing it: reading the words around…"))

        def placed(annotation: Annotation) -> None:
            desk.write(placing.put, annotation, then=lambda _: self._placed(annotation), owner=self)

        self._with_hand(
            lambda hand: hand.at(chosen, parts), placed, lambda: self.page.statusChanged.emit("")
        )

    def _placed(self, annotation: Annotation) -> None:
        pdf = self.page.pdf
        label = pdf.label(annotation.page) if pdf is not None else str(annotation.page + 1)
        self.page.statusChanged.emit(self.tr("Placed on page {}").format(label))

    def _keep(self) -> None:
        if self._desk is not None and self.pane.chosen is not None:
            self._desk.write(placing.let_be, self.pane.chosen, owner=self)

    # -- the place that is looked at

    def _show_offer(self, offer: Offer | None) -> None:
        self._offer = offer
        self.page.canvas.viewport().update()

    def _rects(self, page: int) -> list[Rect]:
        pdf, offer = self.page.pdf, self._offer
        frame = pdf.geometry(page) if pdf is not None else None
        if offer is None or frame is None:
            return []
        quads = [quad for part in offer.parts if part.page == page for quad in part.quads]
        return [frame.quad_to_view(quad) for quad in quads]

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        """Frame the place that is offered."""
        color = QColor(self.page.theme.color("accent"))
        painter.setPen(QPen(color, 1.5 * view.ratio))
        color.setAlpha(40)
        painter.setBrush(color)
        for rect in self._rects(view.page):
            painter.drawRect(view.exact(rect).adjusted(-2, -1, 2, 1))

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        """Nothing lies over the whole view."""
