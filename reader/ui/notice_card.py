"""The small cards that tell the reader something, one with how far long work has come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
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

from reader.ui import icons
from reader.ui.widgets.outwards import focus_in

WIDTH = 460  # pixels of a card, where its window is wide enough
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KINDS = {"info": "accent", "ok": "ok", "warn": "warn", "error": "error"}


class Notice(QFrame):
    """One card; `left`, with itself, when it is taken away."""

    left = Signal(object)

    def __init__(self, parent: QWidget, kind: str, text: str, hint: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.kind = kind
        self.offers = False  # whether the card offers to do something about what it says
        self.text = text
        self.setFixedWidth(WIDTH)
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
        pressed = focus_in(self.window())
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.dismiss()
        elif event.key() in _ENTER and isinstance(pressed, QAbstractButton):
            pressed.click()  # outside of dialogs Qt leaves Return to whatever is around a button
        else:
            super().keyPressEvent(event)

    def fit(self, most: int) -> None:
        """Be as high as the text needs at the card's width, `most` pixels at most."""
        width = min(WIDTH, most)
        if width != self.maximumWidth():  # what stands still is not laid out again
            self.setFixedWidth(width)
        self.resize(width, self._box.totalHeightForWidth(width))

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
        self.left.emit(self)
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
