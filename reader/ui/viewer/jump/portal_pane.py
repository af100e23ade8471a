"""The pane beside the pages that holds what is pinned, and what the text mentions now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui import icons
from reader.ui.theme import Theme
from reader.ui.viewer.jump.popup import Picture
from reader.ui.viewer.jump.view import Sight
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.elided import Elided

NARROWEST = 200  # logical pixels
_SIDE, _EDGE, _PAD = 12, 1, 4  # around the cards; of a card: its frame, and inside it
_TALLEST = 0.75  # of the pane: a figure that is higher is made smaller
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Shown(Picture):
    """A picture that is scaled until the one of its own size is there."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.paper)
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self.image)
        painter.setPen(self._theme.color("control_line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Card(QFrame):
    """One target: its name, its page, its picture.  Enter goes there, Delete takes it away."""

    followed = Signal()
    removed = Signal()
    kept = Signal()  # the target that is mentioned is to be pinned

    def __init__(
        self, theme: Theme, parent: QWidget, sight: Sight, *, follows: bool = False
    ) -> None:
        super().__init__(parent)
        self.sight = sight
        self.setObjectName("portalCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.follows = follows
        self.name = Elided(self)
        self.name.setObjectName("portalName")
        self.where = QLabel(self)
        self.where.setObjectName("portalPage")
        self.picture = _Shown(theme, self)
        self.picture.clicked.connect(self.followed)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if follows:
            row.addWidget(self._sign())
            button = tool("portal", self.tr("Pin it"), self)
            button.clicked.connect(self.kept)
        else:
            button = tool("close", self.tr("Take it away (Delete)"), self)
            button.clicked.connect(self.removed)
        button.setIconSize(QSize(14, 14))
        row.addWidget(self.name, 1)
        row.addWidget(self.where)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)

    def _sign(self) -> QToolButton:
        """A small eye: this card changes with the page."""
        sign = QToolButton(self)
        sign.setObjectName("portalSign")
        sign.setIconSize(QSize(15, 15))
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        sign.setAccessibleName(self.tr("Mentioned here"))
        icons.put(sign, "follow", "accent")
        return sign

    def say(self, name: str, where: str) -> None:
        """Be the target of a name on a page."""
        self.name.say(name)
        self.where.setText(where)
        self.setAccessibleName(f"{self.name.text()}, {where}")

    def event(self, event: QEvent) -> bool:
        # These keys are no commands of the pages while a card has the focus.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (*_ENTER, *_REMOVE)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.followed.emit()
        elif event.key() in _REMOVE and not self.follows:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class PortalPane(QWidget):
    """Cards one below the other; what they show is the feature's."""

    resized = Signal()  # the cards have another width, or are seen again
    follow_wanted = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("portalPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Pinned beside the pages"))
        self.setMinimumWidth(NARROWEST)
        self.cards: Sequence[Card] = ()
        title = QLabel(self.tr("Pinned"), self)
        title.setObjectName("sectionLabel")
        self.follow = tool("follow", self.tr("Show the figure or table the page mentions"), self)
        self.follow.setCheckable(True)
        self.follow.clicked.connect(self.follow_wanted)
        close = tool("close", self.tr("Close this pane"), self)
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE + _PAD + _EDGE, 6, 8, 4)
        head.setSpacing(2)
        head.addWidget(title, 1)
        head.addWidget(self.follow)
        head.addWidget(close)
        self.note = QLabel(self)
        self.note.setProperty("class", "muted")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(_PAD + _EDGE, 6, _PAD + _EDGE, 6)
        inside = QWidget(self)
        inside.setObjectName("portalCards")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(_SIDE, 0, _SIDE, _SIDE)
        self._column.setSpacing(8)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)

    def show_cards(self, cards: Sequence[Card], note: str) -> None:
        """Hold these cards, made by the caller, and a sentence above them ("" for none)."""
        for card in self.cards:
            if card not in cards:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        for place, card in enumerate(cards):
            self._column.insertWidget(place + 1, card)
            card.show()
        self.cards = cards
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def room(self) -> QSize:
        """What the picture of a card may be as large as, logical pixels."""
        around = 2 * (_SIDE + _EDGE + _PAD)
        view = self.area.size()
        return QSize(max(view.width() - around, 40), max(round(view.height() * _TALLEST), 60))

    def reveal(self, card: Card) -> None:
        """Scroll a card into view."""
        # A card that was added a moment ago gets its place now, not with the next paint.
        self._column.activate()
        self.area.ensureWidgetVisible(card, 0, _SIDE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area.viewport() and event.type() == QEvent.Type.Resize:
            # The bar comes and goes inside the margin, so that no card changes its width.
            bar = self.area.width() - self.area.viewport().width()
            self._column.setContentsMargins(_SIDE, 0, max(_SIDE - bar, 0), _SIDE)
            self.resized.emit()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resized.emit()
