"""What stands in place of the pages: the password prompt, the panel of a damaged file.

And on a single page that could not be drawn, a small panel of its own.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.errors import ReaderError
from reader.ui import icons
from reader.ui.widgets.buttons import push
from reader.ui.widgets.tips import tip

_WIDTH = 440
_PADDING = 28
_MARGIN = 12  # pixels around a card where there is no room for its whole width


class _Words(QLabel):
    """Wrapped plain text that is always as high as it needs to be.

    Inside a centred card Qt gives a wrapped label the height of its unwrapped
    text, and cuts the rest off.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file's words are never markup

    def say(self, text: str) -> None:
        self.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


class _Card(QWidget):
    """A quiet card in the middle: an icon, a title, a text."""

    def __init__(self, role: str, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card = QFrame(self)
        self.card.setObjectName("viewerCard")
        self.card.setFixedWidth(_WIDTH)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(_PADDING, 26, _PADDING, 24)
        self.column.setSpacing(8)
        picture = QToolButton(self.card)
        picture.setObjectName("viewerCardIcon")
        picture.setIconSize(QSize(26, 26))
        picture.setFixedSize(26, 26)
        picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icons.put(picture, role, color)
        self.column.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        self._labels: list[_Words] = []
        self.title = self._label("viewerCardTitle")
        self.text = self._label("viewerCardText")
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _label(self, name: str) -> _Words:
        label = _Words(name, self.card)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFixedWidth(self.card.width() - 2 * _PADDING)
        self._labels.append(label)
        self.column.addWidget(label)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = max(min(_WIDTH, event.size().width() - 2 * _MARGIN), 4 * _PADDING)
        if width != self.card.width():
            self.card.setFixedWidth(width)
            for label in self._labels:
                label.setFixedWidth(width - 2 * _PADDING)


class PasswordPanel(_Card):
    """Asks for a document's password, inside the page."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("lock", "accent", parent)
        self.title.say(self.tr("This document asks for a password"))
        self.text.say(
            self.tr("It is needed to read the pages, and is forgotten when the program ends.")
        )
        self.field = QLineEdit(self.card)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password"))
        self.field.setPlaceholderText(self.tr("Password"))
        self.wrong = self._label("viewerCardError")
        self.wrong.hide()
        self._open = push(self.tr("Open"), "", self.card, "primary")
        self._trying = False
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._open)
        self.column.insertSpacing(3, 8)
        self.column.insertLayout(4, row)
        self.field.returnPressed.connect(self._enter)
        self.field.textEdited.connect(self.wrong.hide)
        self._open.clicked.connect(self._enter)

    def ask(self, *, wrong: bool) -> None:
        """Wait for a password; `wrong` says that the last one did not fit."""
        self._try(on=False)
        self.field.clear()
        self.wrong.say(self.tr("This is not the document's password.") if wrong else "")
        self.wrong.setVisible(wrong)
        self.field.setFocus()

    def _enter(self) -> None:
        password = self.field.text()
        if password and not self._trying:
            self.field.clear()
            self._try(on=True)
            self.entered.emit(password)

    def _try(self, *, on: bool) -> None:
        """Take no other password while one is tried.

        The field stays what it is: disabled it would lose the keys, which are the pages' next.
        """
        self._trying = on
        if on:
            self.field.setFocus()
        self._open.setDisabled(on)


class FaultPanel(_Card):
    """Says why a document cannot be shown, and what can be done."""

    retried = Signal()
    folder_wanted = Signal()
    seek_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", "warn", parent)
        self.title.say(self.tr("This document cannot be shown"))
        self.hint = self._label("viewerCardHint")
        self.safe = self._label("viewerCardHint")
        self.safe.say(self.tr("Your library, your notes and the file itself are unharmed."))
        self.retry = push(self.tr("Try again"), "retry", self.card, "primary")
        self.seek = push(self.tr("Find it…"), "find", self.card, "primary")
        self.folder = push(self.tr("Show in folder"), "show-folder", self.card)
        self.fold = push(self.tr("Details"), "", self.card, "flat")
        self.fold.setCheckable(True)
        self.details = self._label("viewerCardDetails")
        self.details.hide()
        self.fold.toggled.connect(self.details.setVisible)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.seek)
        row.addWidget(self.retry)
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.fold)
        self.column.insertSpacing(5, 10)
        self.column.insertLayout(6, row)
        self.seek.clicked.connect(self.seek_wanted)
        self.retry.clicked.connect(self.retried)
        self.folder.clicked.connect(self.folder_wanted)

    def explain(self, error: ReaderError, lost: str = "", *, there: bool = True) -> None:
        """Show an error.

        `lost` is the name of a paper's file that is missing, which can be found again;
        `there` says that there is a file.
        """
        hint = error.hint
        if lost:
            hint = self.tr(
                "“{}” is not in the library's folder any more. Choose it, or another in its "
                "place; notes and annotations are kept."
            ).format(lost)
        self.seek.setVisible(bool(lost))
        self.retry.setProperty("kind", "" if lost else "primary")
        self.retry.style().polish(self.retry)
        icons.put(self.retry, "retry", "muted" if lost else "on_accent")
        self.safe.setVisible(there)
        self.folder.setVisible(not lost)
        self.text.say(error.message)
        self.hint.say(hint)
        self.hint.setVisible(bool(hint))
        self.details.say(error.details)
        self.fold.setVisible(bool(error.details))
        self.fold.setChecked(False)
        self.setAccessibleName(f"{error.message} {hint}".strip() if lost else error.line())
        (self.seek if lost else self.retry).setFocus()


class PageFault(QFrame):
    """Stands on a page that could not be drawn; the other pages go on."""

    retried = Signal(int)

    def __init__(self, page: int, error: ReaderError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pageFault")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.page = page
        text = _Words("pageFaultText", self)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setFixedWidth(280)
        text.say(error.message)
        text.setToolTip(tip(error.line()))
        self.retry = retry = push(self.tr("Try again"), "retry", self)
        retry.setAccessibleName(self.tr("Try to draw page {} again").format(page + 1))
        retry.clicked.connect(lambda: self.retried.emit(page))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(text)
        column.addWidget(retry, 0, Qt.AlignmentFlag.AlignHCenter)
        self.adjustSize()
        self.show()
