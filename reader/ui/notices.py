"""The one door for telling the user: small cards at the foot of the window.

Errors stay until they are dismissed, everything else fades; a card may carry
one action (such as Undo) and details under a fold.  Screen readers hear each.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.errors import ReaderError
from reader.ui import icons
from reader.ui.tasks import unexpected
from reader.ui.widgets.outwards import focus_in, give_back, outwards

Action = tuple[str, Callable[[], None]]

_FADES_AFTER = 6000
_MOST = 3
_WIDTH = 460
_MARGIN = 18
_KINDS = {"info": "accent", "ok": "ok", "warn": "warn", "error": "error"}


class Notice(QFrame):
    """One card; `left` when it is taken away."""

    left = Signal()

    def __init__(self, parent: QWidget, kind: str, text: str, hint: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.kind = kind
        self.offers = False  # whether the card offers to do something about what it says
        self.text = text
        self.setFixedWidth(_WIDTH)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 11, 8, 11)
        self._box.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(9)
        mark = QToolButton(self)
        mark.setProperty("kind", "flat")
        mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark.setIconSize(QSize(18, 18))
        icons.put(mark, kind, _KINDS[kind])
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._label = _plain_label(text, self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(0, 4, 0, 0)
        words.addWidget(self._label)
        if hint:
            second = _plain_label(hint, self)
            second.setProperty("class", "muted")
            words.addWidget(second)
        top.addLayout(words, 1)
        self._close = close = QToolButton(self)
        close.setProperty("kind", "flat")
        close.setAccessibleName(self.tr("Dismiss"))
        close.setToolTip(self.tr("Dismiss"))
        icons.put(close, "close")
        close.clicked.connect(self.dismiss)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(top)
        self._row: QHBoxLayout | None = None
        self._details: QPlainTextEdit | None = None
        self._fading: QTimer | None = None
        self._pointer = QCursor.pos()

    def fade(self, milliseconds: int) -> None:
        """Go by itself after a while, but not from under a pointer that was moved here."""
        self._fading = QTimer(self, interval=milliseconds)
        self._fading.timeout.connect(self._fade_away)
        self._fading.start()

    def _fade_away(self) -> None:
        # A card that came up under a resting pointer is under it too, and nobody reads it.
        # Nor does one go while the keys are in it.
        read = self.underMouse() and QCursor.pos() != self._pointer
        if not read and not self.has_keys():
            self.dismiss()

    def has_keys(self) -> bool:
        """Whether a button of the card has the keys of its window."""
        return self.isAncestorOf(focus_in(self.window()) or self)

    def enter(self) -> None:
        """Have the keys at what the card offers to do, else where it is dismissed."""
        offered = self.findChildren(QPushButton)
        (offered[0] if offered else self._close).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Be as high as the text needs at the card's width."""
        self.resize(_WIDTH, self._box.totalHeightForWidth(_WIDTH))

    def add_button(self, text: str, action: Callable[[], None]) -> QPushButton:
        """A button under the text; pressing it dismisses the card."""
        if self._row is None:
            self._row = QHBoxLayout()
            self._row.setContentsMargins(36, 0, 6, 0)
            self._row.addStretch(1)
            self._box.addLayout(self._row)
        button = QPushButton(text, self)
        button.clicked.connect(action)
        button.clicked.connect(self.dismiss)
        self._row.addWidget(button)
        return button

    def add_details(self, details: str) -> None:
        """Details under a fold, with a way to copy them."""
        self._details = QPlainTextEdit(details, self)
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(110)
        self._details.hide()
        self._box.addWidget(self._details)
        fold = self.add_button(self.tr("Details"), lambda: None)
        fold.clicked.disconnect()
        fold.clicked.connect(self._unfold)
        copy = self.add_button(self.tr("Copy"), lambda: None)
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{self.text}\n{details}"))

    def _unfold(self) -> None:
        if self._details is not None:
            self._details.setVisible(self._details.isHidden())

    def say(self, text: str) -> None:
        """Change the text of a card that stays."""
        self.text = text
        self._label.setText(text)

    def dismiss(self) -> None:
        """Take the card away."""
        self.left.emit()
        self.hide()
        self.deleteLater()


class ProgressNotice(Notice):
    """A card for long work, with how far it has come and a way to stop it."""

    def __init__(self, parent: QWidget, text: str, cancel: Callable[[], None] | None) -> None:
        super().__init__(parent, "info", text)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._box.addWidget(self._bar)
        if cancel is not None:
            self.add_button(self.tr("Cancel"), cancel)

    def progress(self, done: int, total: int, text: str = "") -> None:
        """How far the work has come; a total of 0 is not known."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if text:
            self.say(text)


class Notices(QObject):
    """Shows cards over a window's lower edge, the newest nearest to it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host: QWidget | None = None
        self.rescue: Callable[[str], None] | None = None  # opens a damaged library's backup
        self._waiting: list[tuple[str, str, str, str, Action | None]] = []
        self._cards: list[Notice] = []
        self._before: list[QWidget] = []  # what had the keys before a card, and what is around it

    def set_host(self, host: QWidget) -> None:
        """Show cards over this widget from now on."""
        self._host = host
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self._tell(*notice)

    def info(self, text: str, action: Action | None = None) -> None:
        """Something the reader may like to know, perhaps with one thing to do about it."""
        self._tell("info", text, action=action)

    def ok(self, text: str, action: Action | None = None) -> None:
        """Something asked for is done."""
        self._tell("ok", text, action=action)

    def warn(self, text: str, hint: str = "") -> None:
        """Something the reader should look at."""
        self._tell("warn", text, hint)

    def error(self, error: BaseException, action: Action | None = None) -> None:
        """Something failed: what happened, what it means for the data, what can be done about it."""
        told = error if isinstance(error, ReaderError) else unexpected(error)
        backup, rescue = getattr(told, "backup", ""), self.rescue
        if backup and rescue is not None:
            action = self.tr("Restore the backup"), lambda: rescue(backup)
        self._tell("error", told.message, told.hint, told.details, action)

    def progress(self, text: str, cancel: Callable[[], None] | None = None) -> ProgressNotice:
        """A card for long work; the caller dismisses it at the end."""
        assert self._host is not None
        card = ProgressNotice(self._host, text, cancel)
        self._place(card)
        return card

    def cards(self) -> list[Notice]:
        """The cards now shown, oldest first."""
        return list(self._cards)

    def enter(self) -> bool:
        """Have the keys in the newest card, until it goes; False where there is none."""
        if self._host is None or not self._cards:
            return False
        card = self._cards[-1]
        if not any(one.has_keys() for one in self._cards):
            self._before = list(outwards(focus_in(self._host)))
        card.enter()
        return True

    def withdraw_offers(self) -> None:
        """Take away cards that offer an action: it would undo something newer by now."""
        for card in self._cards:
            if card.offers and card.kind in ("info", "ok"):
                card.dismiss()

    def _tell(
        self,
        kind: str,
        text: str,
        hint: str = "",
        details: str = "",
        action: Action | None = None,
    ) -> None:
        if self._host is None:
            self._waiting.append((kind, text, hint, details, action))
            return
        if any(card.text == text and card.kind == kind for card in self._cards):
            return
        card = Notice(self._host, kind, text, hint)
        if action is not None:
            card.add_button(*action)
            card.offers = True
        if details:
            card.add_details(details)
        if kind in ("info", "ok"):
            card.fade(_FADES_AFTER)
        self._place(card)
        event = QtGui.QAccessibleAnnouncementEvent(card, f"{text} {hint}".strip())
        QtGui.QAccessible.updateAccessibility(event)

    def _place(self, card: Notice) -> None:
        """Add a card; what only passes by makes room, an error waits until there is some."""
        if self._host is not None and not self._cards:
            self._host.installEventFilter(self)  # a window has many events that matter to no card
        self._cards.append(card)
        card.left.connect(lambda: self._gone(card))
        passing = [
            old
            for old in self._cards
            if old.kind in ("info", "ok")
            and old is not card
            and not isinstance(old, ProgressNotice)
        ]
        for old in passing[: max(0, len(self._cards) - _MOST)]:
            old.dismiss()
        card.installEventFilter(self)
        self._arrange()

    def _gone(self, card: Notice) -> None:
        self._cards = [other for other in self._cards if other is not card]
        if self._host is not None and card.isVisible() and card.has_keys():
            give_back(self._before, self._host)
        if not self._cards and self._host is not None and shiboken6.isValid(self._host):
            self._host.removeEventFilter(self)
        self._arrange()

    def _arrange(self) -> None:
        # At the end of the program the window goes before its cards do.
        if self._host is None or not shiboken6.isValid(self._host):
            return
        bottom = self._host.height() - _MARGIN - 26
        for number, card in enumerate(reversed(self._cards)):
            card.setVisible(number < _MOST)
            if number >= _MOST:
                continue
            card.fit()
            bottom -= card.height()
            card.move((self._host.width() - card.width()) // 2, max(bottom, 0))
            card.raise_()
            bottom -= 8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.LayoutRequest) and (
            watched is self._host or isinstance(watched, Notice)
        ):
            QTimer.singleShot(0, self, self._arrange)
        return False


def _plain_label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # A new policy forgets that a wrapped text is higher where it is narrower.
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label
