"""The parts of the viewer page, put together: bar, outline, pages, panels, side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from reader.ui.theme import Theme
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.faults import PageFaults
from reader.ui.viewer.find_bar import FindBar
from reader.ui.viewer.outline import OutlinePanel
from reader.ui.viewer.panels import FaultPanel, PasswordPanel
from reader.ui.viewer.pointer import Pointer
from reader.ui.viewer.sections import Sections
from reader.ui.viewer.side_panel import SidePanel
from reader.ui.viewer.stops import Ordered, beyond, stops
from reader.ui.viewer.toolbar import ViewerBar
from reader.ui.widgets.buttons import HairSplitter

_OUTLINE_WIDTH = 232
_NARROWEST = 220  # pixels, in which the panel's buttons have room
_SIDE = 2  # in the splitter, behind the panel and the pages
_SIDE_SHARE = 0.38  # of the width, when a note is first put beside the pages
_SIDE_MOST = 0.42  # of the width, when the window became narrower: the page is what is read


class ViewerFrame(Ordered):
    """Widgets and their arrangement; what they do is ViewerPage's.

    What most pages never show is made when it is first asked for, and each widget in the
    parent where it stays: moved to another one it would be styled anew with all in it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("viewerPage")
        self.bar = ViewerBar(self)
        self.splitter = HairSplitter(Qt.Orientation.Horizontal, self)
        self.panel = SidePanel(self.splitter)
        self.panel.setMinimumWidth(_NARROWEST)
        self.panel.hide()
        self.sections = Sections(self.panel)
        self._middle = middle = QWidget(self.splitter)
        self.reading = HairSplitter(Qt.Orientation.Horizontal, middle)
        self.stack = QStackedWidget(self.reading)
        self.reading.addWidget(self.stack)
        self.reading.setStretchFactor(0, 1)
        self.canvas = PageCanvas(theme, self.stack)
        self.stack.addWidget(self.canvas)
        self.stack.currentChanged.connect(self.lend_keys)
        self.pointer = Pointer(self.canvas)
        self.page_faults = PageFaults(self.canvas)
        self._find_bar: FindBar | None = None
        self._password: PasswordPanel | None = None
        self._fault: FaultPanel | None = None
        self._side: QWidget | None = None
        self._shared = False
        self._wish = 0  # pixels of the side before the window became too narrow for them
        self.widths: tuple[int, int] = (
            _OUTLINE_WIDTH,
            0,
        )  # of panel and side; 0: a share of the page
        middle.setMinimumWidth(220)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading, 1)
        self.splitter.addWidget(self.panel)
        self.splitter.addWidget(middle)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_OUTLINE_WIDTH, 900])
        self.splitter.splitterMoved.connect(self._dragged)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.splitter, 1)
        self.bar.notes.hide()
        self.setFocusProxy(self.canvas)

    def lend_keys(self, *_: object) -> None:
        """What stands in place of the pages gets the keys: Tab would end at what is hidden."""
        shown = self.stack.currentWidget()
        lent = shown.focusProxy() if shown is not None else None
        inside = [lent] if lent is not None else stops([shown])
        self.setFocusProxy(inside[0] if inside and shown is not self.canvas else self.canvas)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Tab goes on from the pages to the bar, the panel and, where it stays, the note."""
        now = QApplication.focusWidget()
        if now is None or not self.isVisible():
            return super().focusNextPrevChild(next)
        # Qt asks too when what has the keys is hidden, also while a page is being destroyed.
        if not now.isVisible():
            self.lead_to_pages()
            return True
        order = self.tab_order()
        at = order.index(now) if now in order else -1
        to = at + (1 if next else -1)
        found = order[to] if at >= 0 and 0 <= to < len(order) else self._beyond(forward=next)
        if found is None:
            return False
        reasons = Qt.FocusReason
        found.setFocus(reasons.TabFocusReason if next else reasons.BacktabFocusReason)
        _reveal(found)
        return True

    def tab_order(self) -> list[QWidget]:
        """Where Tab stops in the page: pages, bar, panel, note."""
        return stops((self._middle, self.bar, self.panel, self._side))

    def _beyond(self, *, forward: bool) -> QWidget | None:
        """Where Tab goes from the last control, or back from the pages; round where it is alone."""
        found = beyond(self, forward=forward)
        order = self.tab_order()
        return order[0 if forward else -1] if found is None and order else found

    def back_to_pages(self) -> bool:
        """Give the pages the keys when a control around them has them; whether it had."""
        now = QApplication.focusWidget()
        inside = (self.stack, self._find_bar)  # the find bar is closed by the same key
        if (
            now is None
            or not self.isAncestorOf(now)
            or any(part is not None and part.isAncestorOf(now) for part in inside)
        ):
            return False
        self.lead_to_pages()
        return True

    def lead_to_pages(self) -> None:
        """Give the keys to the pages, or to what stands in their place."""
        (self.stack.currentWidget() or self.canvas).setFocus()

    @property
    def outline(self) -> OutlinePanel:
        """The outline's pane."""
        return self.sections.pane

    @property
    def find_bar(self) -> FindBar:
        """The bar over the pages in which one says what to find."""
        if self._find_bar is None:
            self._find_bar = bar = FindBar(self._middle)
            bar.hide()
            layout = self._middle.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(0, bar)
            self._attend_find(bar)
        return self._find_bar

    def _attend_find(self, bar: FindBar) -> None:
        """The bar was made; for ViewerPage."""

    @property
    def finding(self) -> bool:
        """Whether the find bar is there."""
        return self._find_bar is not None and self._find_bar.isVisibleTo(self)

    @property
    def password(self) -> PasswordPanel:
        """What stands in place of the pages of a locked document."""
        if self._password is None:
            self._password = PasswordPanel(self.stack)
            self.stack.addWidget(self._password)
            self._password.entered.connect(self._unlock)
        return self._password

    def _unlock(self, password: str) -> None:
        """A password was typed; for DocumentPage."""

    @property
    def fault(self) -> FaultPanel:
        """What stands in place of the pages of a document that cannot be shown."""
        if self._fault is None:
            self._fault = FaultPanel(self.stack)
            self.stack.addWidget(self._fault)
            self._attend_fault(self._fault)
        return self._fault

    def _attend_fault(self, fault: FaultPanel) -> None:
        """The panel was made; for DocumentPage."""

    def set_side(self, widget: QWidget | None) -> None:
        """Put a widget, the note, beside the pages; None takes it away again.

        The widget taken away is no longer shown, and is the caller's.
        """
        if self._side is not None and self._side is not widget:
            self._side.removeEventFilter(self)
            self._side.hide()  # it stays where it is: to lose its parent takes 8 ms
        self._side = widget
        self.bar.notes.setVisible(widget is not None)
        if widget is None:
            return
        widget.setMinimumWidth(max(widget.minimumWidth(), 180))
        self.splitter.insertWidget(_SIDE, widget)
        self.splitter.setStretchFactor(_SIDE, 0)
        self.splitter.setCollapsible(_SIDE, True)
        widget.installEventFilter(self)
        self._shared = False
        self._share()
        self.bar.notes.setChecked(widget.isVisibleTo(self))

    def _share(self) -> None:
        """Give the side its part, once: as soon as the page has its real width."""
        if self._side is None or self._shared or not self.isVisible():
            return
        self._shared = True
        self.share_out()

    def share_out(self) -> None:
        """Give what stands beside the pages its part of the width there is."""
        if self._side is None:
            return
        whole = self.splitter.width()
        side = min(self.widths[1] or round(whole * _SIDE_SHARE), whole // 2)
        left = self.widths[0] if self.panel.isVisibleTo(self) else 0
        self.splitter.setSizes([self.widths[0], whole - side - left, side])

    def _dragged(self) -> None:
        """The reader moved a divider; a side drawn shut is hidden, and has its part again later."""
        self._wish = 0
        side = self._side
        if side is not None and not side.isHidden() and not self.splitter.sizes()[-1]:
            self._shared = False
            side.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bound_side()

    def _bound_side(self) -> None:
        """Leave the page the larger share, and the side its width again where there is room."""
        side = self._side
        if side is None or side.isHidden() or not self._shared:
            return
        left, _, wide = self.splitter.sizes()
        whole = self.splitter.width() - left
        most = max(round(whole * _SIDE_MOST), side.minimumWidth())
        wish = self._wish or wide
        if wide != min(wish, most):
            self._wish = wish
            self.splitter.setSizes([left, whole - min(wish, most), min(wish, most)])

    def _bound_shown(self) -> None:
        """The same for a side that was shown, which has the width it had in a wider window."""
        _, pages, *side = self.splitter.sizes()
        if side and side[0] > pages:
            self._bound_side()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lend_keys()
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
            self._share()
            # The window may have become narrower meanwhile; the splitter lays out in the next turn.
            QTimer.singleShot(0, self, self._bound_shown)
        return False


def _reveal(widget: QWidget) -> None:
    """Scroll a widget into view in whatever it is scrolled with."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
