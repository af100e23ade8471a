"""The small bar over the pages while they are read aloud."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reader.ui import icons
from reader.ui.widgets.buttons import tool

_BELOW = 20  # logical pixels above the lower edge


class AloudBar(QWidget):
    """Previous sentence, pause, next sentence, stop; keeps to the middle of its parent."""

    stepped = Signal(int)
    paused = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("floatingBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Read aloud"))
        previous = tool("previous", self.tr("Previous sentence"), self)
        self._pause = tool("pause", self.tr("Pause"), self)
        following = tool("next", self.tr("Next sentence"), self)
        stop = tool("close", self.tr("Stop reading aloud (Esc)"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        for button in (previous, self._pause, following, stop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        previous.clicked.connect(lambda: self.stepped.emit(-1))
        following.clicked.connect(lambda: self.stepped.emit(1))
        self._pause.clicked.connect(self.paused)
        stop.clicked.connect(self.stopped)
        parent.installEventFilter(self)
        self._place()

    def show_paused(self, paused: bool) -> None:
        """Offer to go on, or to pause."""
        text = self.tr("Go on") if paused else self.tr("Pause")
        icons.put(self._pause, "play" if paused else "pause")
        self._pause.setToolTip(text)
        self._pause.setAccessibleName(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        self.move(left, self._over.height() - self.height() - _BELOW)
