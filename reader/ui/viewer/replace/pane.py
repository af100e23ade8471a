"""The annotations without a place beside the pages, and where each may belong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.domain.marking import Annotation, pages_of
from reader.domain.value import dataclass
from reader.services.placing import Offer
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.rows import color_name, kind_name, pages_told
from reader.ui.viewer.list_pane import Entry, ListPane
from reader.ui.widgets.buttons import push


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of an annotation; `kept` once the reader let it be without a place."""

    annotation: Annotation
    kept: bool


class PlacePane(QWidget):
    """Rows of what waits; below the chosen one's heading, the places it may have."""

    picked = Signal(object)  # the Annotation that is to be placed
    offered = Signal(object)  # the Offer that is to be looked at
    place_wanted = Signal()  # the chosen one at the offer that is looked at
    selection_wanted = Signal()  # the chosen one at the selected text
    keep_wanted = Signal()  # without a place

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._waiting: Sequence[Waiting] = ()
        self._offers: Sequence[Offer] | None = None  # None while they are looked for
        self._label: Callable[[int], str] = lambda page: str(page + 1)
        self.chosen: Annotation | None = None
        self.offer: Offer | None = None
        self.list = ListPane(theme, self.tr("Without a place"), self.tr("Filter by words"), self)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.here = push(self.tr("Place here"), "check", self, "primary")
        self.here.clicked.connect(self.place_wanted)
        self.select = push(self.tr("Place at the selected text"), "", self)
        self.select.clicked.connect(self.selection_wanted)
        self.keep = push(self.tr("Keep without a place"), "", self)
        self.keep.clicked.connect(self.keep_wanted)
        self._foot = QWidget(self)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(6)
        for button in (self.here, self.select, self.keep):
            foot.addWidget(button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)
        self.setFocusProxy(self.list)
        self._show()

    # -- what is shown

    def fill(self, waiting: Sequence[Waiting], label: Callable[[int], str]) -> None:
        """Show these; one that was chosen stays so while it waits."""
        self._waiting, self._label = waiting, label
        known = {one.annotation.uid: one.annotation for one in waiting}
        if self.chosen is not None:
            self.chosen = known.get(self.chosen.uid)
        if self.chosen is None:
            self._offers, self.offer = None, None
        self._show()

    def show_offers(self, annotation: Annotation, offers: Sequence[Offer]) -> None:
        """Show where the chosen one may belong."""
        if self.chosen is not None and self.chosen.uid == annotation.uid:
            self._offers = offers
            self._show()

    def _show(self) -> None:
        entries: list[Entry] = []
        for kept, title in ((False, self.tr("Need a place")), (True, self.tr("Kept without one"))):
            some = [one for one in self._waiting if one.kept is kept]
            if some:
                entries.append(Entry(f"{title} ({len(some)})"))
            for one in some:
                entries.append(self._entry(one))
                if self.chosen is not None and one.annotation.uid == self.chosen.uid:
                    entries += self._places()
        self.list.show_entries(entries, self.tr("Every annotation has its place in this file."))
        top = Qt.AlignmentFlag(0) if entries else Qt.AlignmentFlag.AlignTop
        self._column.setAlignment(self.list, top)
        self._foot.setVisible(self.chosen is not None)
        self.here.setEnabled(self.offer is not None)
        self._mark()

    def _entry(self, one: Waiting) -> Entry:
        annotation = one.annotation
        words = annotation.quote or annotation.comment or self.tr("(no words)")
        if annotation.quote and annotation.comment:
            words += f"  —  {annotation.comment}"
        return Entry(
            kind_name(annotation.kind).capitalize(),
            words,
            pages_told(annotation, pages_of(annotation, self._label)),
            color_name(annotation.color),
            one,
        )

    def _places(self) -> list[Entry]:
        if self._offers is None:
            return [Entry(self.tr("Reading the file for its place…"))]
        if not self._offers:
            return [Entry(self.tr("No place is like it: select its text"))]
        return [
            Entry(
                self.tr("May be on page {}").format(self._label(offer.parts[0].page)),
                offer.quote,
                "",
                self.tr("{} % sure").format(round(100 * offer.certainty)),
                offer,
            )
            for offer in self._offers
        ]

    def _mark(self) -> None:
        """Let the row of what is chosen look chosen."""
        for row, entry in enumerate(self.list.model.shown):
            value = entry.value
            mine = isinstance(value, Waiting) and value.annotation is self.chosen
            if value is not None and (value is self.offer or (mine and self.offer is None)):
                self.list.rows.selectRow(row)
                return
        self.list.rows.clearSelection()

    # -- what is done

    def _choose(self, value: object) -> None:
        match value:
            case Waiting(annotation=annotation):
                self.chosen, self.offer = annotation, None
                self._offers = None
                self._show()
                self.picked.emit(annotation)
            case Offer():
                self.offer = value
                self.here.setEnabled(True)
                self._mark()
                self.offered.emit(value)
            case _:
                pass

    def _open(self, value: object) -> None:
        if isinstance(value, Offer):
            self._choose(value)
            self.place_wanted.emit()
