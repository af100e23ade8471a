"""The parts of the viewer page, put together: bar, outline, pages, panels, side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reader.ui.theme import Theme
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.faults import PageFaults
from reader.ui.viewer.find_bar import FindBar
from reader.ui.viewer.outline import OutlinePanel
from reader.ui.viewer.panels import FaultPanel, PasswordPanel
from reader.ui.viewer.pointer import Pointer
from reader.ui.viewer.side_panel import SidePanel
from reader.ui.viewer.style import viewer_style
from reader.ui.viewer.toolbar import ViewerBar
from reader.ui.widgets.buttons import HairSplitter

_OUTLINE_WIDTH = 216
_SIDE_SHARE = 0.38  # of the width, when a note is first put beside the pages


class ViewerFrame(QWidget):
    """Widgets and their arrangement; what they do is ViewerPage's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("viewerPage")
        self.bar = ViewerBar(self)
        self.find_bar = FindBar(self)
        self.find_bar.hide()
        self.canvas = PageCanvas(theme, self)
        self.pointer = Pointer(self.canvas)
        self.page_faults = PageFaults(self.canvas)
        self.password = PasswordPanel(self)
        self.fault = FaultPanel(self)
        self.panel = SidePanel(self)
        self.panel.setMinimumWidth(120)
        self.outline = OutlinePanel(self)
        self.panel.add("outline", "outline", self.tr("Outline (F9)"), self.outline)
        self.stack = QStackedWidget(self)
        for widget in (self.canvas, self.password, self.fault):
            self.stack.addWidget(widget)
        self._side: QWidget | None = None
        self._shared = False
        self.widths: tuple[int, int] = (
            _OUTLINE_WIDTH,
            0,
        )  # of panel and side; 0: a share of the page
        middle = QWidget(self)
        middle.setMinimumWidth(220)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.stack, 1)
        self.splitter = HairSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.panel)
        self.splitter.addWidget(middle)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_OUTLINE_WIDTH, 900])
        self.panel.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.splitter, 1)
        self.bar.notes.hide()
        self.setFocusProxy(self.canvas)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_side(self, widget: QWidget | None) -> None:
        """Put a widget, the note, beside the pages; None takes it away again.

        The widget taken away is no longer shown, and is the caller's.
        """
        if self._side is not None and self._side is not widget:
            self._side.removeEventFilter(self)
            self._side.setParent(None)
        self._side = widget
        self.bar.notes.setVisible(widget is not None)
        if widget is None:
            return
        widget.setMinimumWidth(max(widget.minimumWidth(), 180))
        self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(2, 0)
        widget.installEventFilter(self)
        self._shared = False
        self._share()
        self.bar.notes.setChecked(widget.isVisibleTo(self))

    def _share(self) -> None:
        """Give the side its part, once: as soon as the page has its real width."""
        if self._side is None or self._shared or not self.isVisible():
            return
        self._shared = True
        whole = self.splitter.width()
        side = min(self.widths[1] or round(whole * _SIDE_SHARE), whole // 2)
        left = self.widths[0] if self.panel.isVisibleTo(self) else 0
        self.splitter.setSizes([self.widths[0], whole - side - left, side])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share()

    @property
    def side(self) -> QWidget | None:
        """The widget beside the pages."""
        return self._side

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._side and event.type() in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self.bar.notes.setChecked(event.type() == QEvent.Type.ShowToParent)
        return False

    def _restyle(self) -> None:
        self.setStyleSheet(viewer_style(self.theme))
