"""The bar over all annotations: colours, kinds, tag, paper, date, cards, those without a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from reader.domain.lists import MarkFilter
from reader.domain.marking import CARDS, PALETTE, Kind
from reader.ui.browse.all_marks.dates import DatesDialog
from reader.ui.marks.chips import Chips
from reader.ui.viewer.annotate.rows import kind_name
from reader.ui.widgets.flow import Flow

_DAYS = (1, 7, 30, 365)
_MOST_TAGS = 200


class FilterBar(QWidget):
    """Says what is asked for as a MarkFilter; its text is the search field's."""

    changed = Signal()
    names_wanted = Signal()  # the tags menu is about to be opened

    def __init__(self, named: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = MarkFilter()
        self._paper = ""  # what "this paper" means now
        self.chips = Chips(named, self)
        self.chips.offer([color.name for color in PALETTE], ())
        self.chips.changed.connect(self._colored)
        self.kinds = self._button(self.tr("Kind"))
        self.tags = self._button(self.tr("Tag"))
        self.dates = self._button(self.tr("Date"))
        self.cards = self._button(self.tr("Card"))
        self.paper = self._toggle(self.tr("This paper"))
        self.unplaced = self._toggle(self.tr("Need you"))
        self.unplaced.setToolTip(self.tr("Those whose words were not found in the present file"))
        self.clear = QToolButton(self)
        self.clear.setProperty("kind", "flat")
        self.clear.setText(self.tr("Show all"))
        self.clear.clicked.connect(self.ask_for_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 6)
        column.setSpacing(2)
        column.addWidget(self.chips)
        flow = Flow(gap=4)
        column.addLayout(flow)
        for part in (
            self.kinds, self.tags, self.dates, self.cards, self.paper, self.unplaced, self.clear,
        ):  # fmt: skip
            flow.addWidget(part)
        self._fill_kinds()
        self._fill_dates()
        self.offer_cards(())
        self.offer_tags(())
        self._look()

    def _button(self, text: str) -> QToolButton:
        button = self._flat(text)
        button.setText(f"{text}  ▾")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        return button

    def _toggle(self, text: str) -> QToolButton:
        button = self._flat(text)
        button.setCheckable(True)
        button.toggled.connect(lambda _: self._toggled())
        return button

    def _flat(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "flat")
        button.setText(text)
        button.setAccessibleName(text)
        return button

    def _fill_kinds(self) -> None:
        menu = self.kinds.menu()
        for kind in Kind:
            action = menu.addAction(kind_name(kind))
            action.setCheckable(True)
            action.setData(kind.value)
            action.toggled.connect(lambda _: self._kinds_chosen())

    def _kinds_chosen(self) -> None:
        chosen = [it for it in self.kinds.menu().actions() if it.isChecked()]
        text = ", ".join(it.text() for it in chosen[:2]) + (" …" if len(chosen) > 2 else "")
        self._put(self.kinds, text or self.tr("Kind"))
        self._ask(replace(self._wanted, kinds=tuple(it.data() for it in chosen)))

    def _fill_dates(self) -> None:
        names = {
            0: self.tr("Any time"),
            1: self.tr("Since yesterday"),
            7: self.tr("The last 7 days"),
            30: self.tr("The last 30 days"),
            365: self.tr("The last year"),
        }
        menu = self.dates.menu()
        for days, name in names.items():
            menu.addAction(name).triggered.connect(
                lambda _, days=days, name=name: self.since(days, name)
            )
        menu.addSeparator()
        menu.addAction(self.tr("From a day to another…")).triggered.connect(self.ask_dates)

    def ask_dates(self) -> None:
        """Ask for the days from and to which they were made."""
        dialog = DatesDialog(self._wanted.since, self._wanted.until, self)
        dialog.chosen.connect(self.between)
        dialog.open()

    def between(self, since: str, until: str) -> None:
        """Those made from a day to another, both included; "" leaves an end open."""
        if since and until:
            name = since if since == until else f"{since} – {until}"
        elif since:
            name = self.tr("Since {}").format(since)
        else:
            name = self.tr("Until {}").format(until) if until else self.tr("Date")
        self._put(self.dates, name)
        self._ask(replace(self._wanted, since=since, until=until))

    def since(self, days: int, name: str) -> None:
        """Those of the last days, 0 of any."""
        first = datetime.now(UTC) - timedelta(days=days)
        self._put(self.dates, name if days else self.tr("Date"))
        since = first.date().isoformat() if days else ""
        self._ask(replace(self._wanted, since=since, until=""))

    def offer_tags(self, names: Sequence[str]) -> None:
        """The tags there are."""
        menu = self.tags.menu()
        menu.clear()
        menu.addAction(self.tr("Any or none")).triggered.connect(lambda: self.of_tag(""))
        for name in names[:_MOST_TAGS]:
            menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda _, name=name: self.of_tag(name)
            )

    def of_tag(self, name: str) -> None:
        """Those of a tag."""
        self._put(self.tags, name or self.tr("Tag"))
        self._ask(replace(self._wanted, tags=(name,) if name else ()))

    def offer_cards(self, own: Iterable[str]) -> None:
        """The kinds of cards, with the reader's own."""
        menu = self.cards.menu()
        menu.clear()
        menu.addAction(self.tr("Cards or not")).triggered.connect(lambda: self.of_card(""))
        menu.addAction(self.tr("Any card")).triggered.connect(lambda: self.of_card("*"))
        for card in dict.fromkeys((*CARDS, *own)):
            menu.addAction(card[:1].upper() + card[1:]).triggered.connect(
                lambda _, card=card: self.of_card(card)
            )

    def of_card(self, card: str) -> None:
        """Those of a kind of card, "*" any."""
        name = self.tr("Any card") if card == "*" else card[:1].upper() + card[1:]
        self._put(self.cards, name or self.tr("Card"))
        self._ask(replace(self._wanted, card=card))

    def about(self, paper: str) -> None:
        """Which paper "this paper" is, while it is not asked for."""
        if not self.paper.isChecked():
            self._paper = paper
            self.paper.setEnabled(bool(paper))

    def only_paper(self, paper: str) -> None:
        """Those of one paper."""
        self.ask_for_all()
        self._paper = paper
        self.paper.setEnabled(True)
        self.paper.setChecked(True)

    def _toggled(self) -> None:
        paper = self._paper if self.paper.isChecked() else ""
        self._ask(replace(self._wanted, paper=paper, unplaced=self.unplaced.isChecked()))

    def _colored(self) -> None:
        order = tuple(color.name for color in PALETTE if color.name in self.chips.colors)
        self._ask(replace(self._wanted, colors=order))

    # -- what is asked for

    @property
    def wanted(self) -> MarkFilter:
        """What is asked for now."""
        return self._wanted

    def search(self, text: str) -> None:
        """What the search field says."""
        self._ask(replace(self._wanted, text=text))

    def ask_for_all(self) -> None:
        """Take every filter away but the search field's."""
        self.blockSignals(True)
        self.chips.clear()
        for action in self.kinds.menu().actions():
            action.setChecked(False)
        self.paper.setChecked(False)
        self.unplaced.setChecked(False)
        for button, name in (
            (self.tags, self.tr("Tag")), (self.dates, self.tr("Date")), (self.cards, self.tr("Card")),
        ):  # fmt: skip
            self._put(button, name)
        self.blockSignals(False)
        self._ask(MarkFilter(text=self._wanted.text))

    def _put(self, button: QToolButton, text: str) -> None:
        button.setText(f"{text}  ▾")

    def _ask(self, wanted: MarkFilter) -> None:
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        asks = replace(self._wanted, text="") != MarkFilter()
        self.clear.setVisible(asks)
        self.updateGeometry()
