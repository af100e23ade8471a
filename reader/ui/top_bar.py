"""The bar at the top: tabs on the left, search on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QWidget,
)

from reader.ui import icons
from reader.ui.commands.actions import CommandSet
from reader.ui.theme import Theme
from reader.ui.viewer.stops import ordered, stops
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.tab_bar import BarTabs
from reader.ui.widgets.tips import tip

_LONGEST_TAB = 26
TOOLBAR = ("window.import", "window.undo", "window.redo", "window.palette", "window.theme")


class TopBar(QWidget):
    """Tabs, tools and the search field."""

    tab_chosen = Signal(int)
    tab_closed = Signal(int)
    tab_moved = Signal(int, int)
    searched = Signal(str)
    search_ended = Signal()  # Enter or Down: on to the list
    search_left = Signal()  # Esc in an empty field

    def __init__(self, theme: Theme, commands: CommandSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(4)
        self.tabs = BarTabs(self)
        self.tabs.setAccessibleName(self.tr("Open pages"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setMovable(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self.tabs.tabMoved.connect(self.tab_moved)
        self.tabs.middle_clicked.connect(self.tab_closed)
        row.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        self.list = tool("down", self.tr("List all tabs (Alt+T)"), self)
        self.list.hide()
        self.tabs.overflowed.connect(self.list.setVisible)
        row.addWidget(self.list)
        for name in TOOLBAR:
            action = commands.action(name)
            button = QToolButton(self)
            button.setProperty("kind", "flat")
            button.setDefaultAction(action)
            button.setIconSize(QSize(18, 18))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        row.addSpacing(6)
        self.search = QLineEdit(self)
        self.search.setObjectName("search")
        self.search.setPlaceholderText(self.tr("Search title, authors, abstract, notes"))
        self.search.setAccessibleName(self.tr("Search the library"))
        told = self.tr(
            'Words, "a phrase", -without, title: author: note: tag: has:pdf is:starred '
            "year:2024..2026, a OR b"
        )
        commands.keep_tip(self.search, "window.search", text=told)
        self.search.setFixedWidth(300)
        self._glass = QAction(self.tr("Search"), self.search)
        icons.put(self._glass, "search", "faint")
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)
        row.addWidget(self.search)
        theme.changed.connect(self.update)

    def add_tab(self, title: str, role: str, index: int = -1) -> int:
        """Add a tab; its index.  The first one, the library, cannot be closed."""
        place = self.tabs.count() if index < 0 else index
        place = self.tabs.insertTab(place, shortened(title))
        self.tabs.setTabToolTip(place, title if role == "library" else self._tip(title))
        if role != "library":
            close = tool("close", self.tr("Close the tab"), self.tabs)
            close.setIconSize(QSize(12, 12))
            close.setObjectName("closeTab")
            close.setFixedSize(20, 24)
            close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            close.clicked.connect(lambda: self._close(close))
            self.tabs.setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        return place

    def _close(self, button: QWidget) -> None:
        for index in range(self.tabs.count()):
            if self.tabs.tabButton(index, QTabBar.ButtonPosition.RightSide) is button:
                self.tab_closed.emit(index)
                return

    def set_title(self, index: int, title: str) -> None:
        """Change a tab's title."""
        self.tabs.setTabText(index, shortened(title))
        self.tabs.setTabToolTip(index, self._tip(title))

    def _tip(self, title: str) -> str:
        return "\n".join((tip(title), self.tr("Drag with Ctrl: a copy of the file")))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Shift+Tab enters a page at its last control, as Tab leaves it there."""
        pages = [] if next else ordered(self.window())
        if pages and QApplication.focusWidget() is stops([self])[0]:
            pages[-1].tab_order()[-1].setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        return super().focusNextPrevChild(next)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.search or not isinstance(event, QKeyEvent):
            return False
        return event.type() == QEvent.Type.KeyPress and self._search_key(event)

    def _search_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                if self.search.text():
                    self.search.clear()
                else:
                    self.search_left.emit()
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self.search_ended.emit()
                return True
            case _:
                return False


def shortened(title: str) -> str:
    """A title short enough for a tab."""
    title = " ".join(title.split()).replace("&", "&&")
    return title if len(title) <= _LONGEST_TAB else f"{title[: _LONGEST_TAB - 1].rstrip()}…"
