"""The cards over one window's lower edge."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.ui.notice_card import Notice, ProgressNotice
from reader.ui.widgets.outwards import focus_in, give_back, outwards

_MOST = 3
_MARGIN = 18
_STATUS_BAR = 26


class NoticeStack(QObject):
    """Keeps a window's cards, the newest nearest to its edge; `closing` when the window goes."""

    closing = Signal()

    def __init__(self, host: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self.host = host
        self.cards: list[Notice] = []  # oldest first
        self._before: list[QWidget] = []  # what had the keys before a card, and what is around it

    @property
    def stands(self) -> bool:
        """Whether its window is still there: at the end of the program it goes before its cards."""
        return shiboken6.isValid(self.host)

    def enter(self) -> None:
        """Have the keys in the newest card, until it goes."""
        if not any(one.has_keys() for one in self.cards):
            self._before = list(outwards(focus_in(self.host)))
        self.cards[-1].enter()

    def take(self, card: Notice) -> None:
        """Add a card; what only passes by makes room, an error waits until there is some."""
        if not self.cards:
            self.host.installEventFilter(self)  # a window has many events that matter to no card
        self.cards.append(card)
        card.left.connect(self._gone)
        passing = [
            old
            for old in self.cards
            if old.kind in ("info", "ok")
            and old is not card
            and not isinstance(old, ProgressNotice)
        ]
        for old in passing[: max(0, len(self.cards) - _MOST)]:
            old.dismiss()
        card.installEventFilter(self)
        self._arrange()

    def hand_over(self, other: NoticeStack) -> None:
        """Leave all cards to another window."""
        cards, self.cards = self.cards, []
        self.host.removeEventFilter(self)
        for card in cards:
            card.left.disconnect(self._gone)
            card.removeEventFilter(self)
            card.setParent(other.host)
            other.take(card)

    def _gone(self, card: Notice) -> None:
        self.cards = [one for one in self.cards if one is not card]
        if card.isVisible() and card.has_keys():
            give_back(self._before, self.host)
        if not self.cards and self.stands:
            self.host.removeEventFilter(self)
        self._arrange()

    def _arrange(self) -> None:
        if not self.stands:
            return
        width, bottom = self.host.width(), self.host.height() - _MARGIN - _STATUS_BAR
        for number, card in enumerate(reversed(self.cards)):
            card.setVisible(number < _MOST)
            if number >= _MOST:
                continue
            card.fit(width - 2 * _MARGIN)
            bottom -= card.height()
            card.move((width - card.width()) // 2, max(bottom, 0))
            card.raise_()
            bottom -= 8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DeferredDelete and watched is self.host:
            self.closing.emit()
        elif kind in (QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.LayoutRequest) and (
            watched is self.host or isinstance(watched, Notice)
        ):
            QTimer.singleShot(0, self, self._arrange)
        return False
