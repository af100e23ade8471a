"""The preview near the pointer: a picture of the target, or a reference as text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from reader.ui.viewer.jump.card import ReferenceCard

_CARD = 430  # logical pixels
_PAPER = QColor(255, 255, 255)
_ROUND = 7  # of the paper's upper corners, inside the frame's
EDGE = 1  # the frame's own
FOOT = 26


class Picture(QWidget):
    """A rendered part of a page, pixel for pixel; blank paper while it is made.

    `rounded` lets its upper corners follow those of the frame around it.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget, *, rounded: bool = False) -> None:
        super().__init__(parent)
        self._rounded = rounded
        self.paper = _PAPER
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.image: QImage | None = None

    def show_image(self, image: QImage | None, paper: QColor = _PAPER) -> None:
        """Show a picture on paper of a colour."""
        # A copy: the pixels belong to a cache that may forget them while this is shown.
        self.image = image.copy() if image is not None else None
        self.paper = paper
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self._rounded:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, _ROUND), _ROUND, _ROUND)
            painter.setClipPath(path)
        painter.fillRect(self.rect(), self.paper)
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            ratio = self.devicePixelRatioF()
            size = self.image.size() / ratio
            painter.drawImage(QRect(QPoint(0, 0), size), self.image)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class Preview(QFrame):
    """One a viewer page; shown, moved and hidden by the feature."""

    followed = Signal()
    entered = Signal()
    exited = Signal()
    closed = Signal()  # by key

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jumpPreview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture = Picture(self, rounded=True)
        self.picture.clicked.connect(self.followed)
        self.card = ReferenceCard(_CARD, self)
        self.card.go_wanted.connect(self.followed)
        self.foot = QLabel(self)
        self.foot.setObjectName("previewFoot")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setFixedHeight(FOOT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)  # the style gives the frame its edge
        column.setSpacing(0)
        for part in (self.picture, self.card, self.foot):
            column.addWidget(part)
        self.hide()

    def show_picture(self, size: QSize, image: QImage | None, paper: QColor, foot: str) -> None:
        """Be a picture of that size (logical pixels) on paper, with a line under it."""
        self.card.hide()
        self.picture.show()
        self.picture.setFixedSize(size)
        self.picture.show_image(image, paper)
        metrics = self.foot.fontMetrics()
        self.foot.setText(metrics.elidedText(foot, Qt.TextElideMode.ElideRight, size.width() - 20))
        self.foot.setVisible(bool(foot))
        self.setAccessibleName(foot)
        foot_height = FOOT if foot else 0
        self.resize(size.width() + 2 * EDGE, size.height() + foot_height + 2 * EDGE)

    def show_card(self) -> None:
        """Be the card, which has been filled."""
        self.picture.hide()
        self.foot.hide()
        self.card.show()
        self.setAccessibleName(self.card.title.text())
        self.fit_card()

    def fit_card(self) -> None:
        """Be as large as the card."""
        self.resize(self.card.width() + 2 * EDGE, self.card.height() + 2 * EDGE)

    def take_focus(self) -> None:
        """Let keys go here: Enter follows, Esc closes."""
        for button in (self.card.open, self.card.add, self.card.go):
            if self.card.isVisibleTo(self) and button.isVisibleTo(self.card):
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def event(self, event: QEvent) -> bool:
        # Letters typed here are no commands of the page below.
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in keys
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Space:
                self.closed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.followed.emit()
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()  # scrolling here must not move the pages under the preview

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.exited.emit()
