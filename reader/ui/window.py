"""The window: a shell that stacks pages, and remembers its size.  No behaviour."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reader.settings import Settings, WindowState
from reader.ui.bare import Frame
from reader.ui.commands.actions import CommandSet
from reader.ui.commands.row import Command
from reader.ui.notices import Notices
from reader.ui.theme import Theme
from reader.ui.top_bar import TopBar
from reader.ui.widgets.status import say_briefly, status_label


class Window(QMainWindow):
    """Menu bar, top bar, stack of pages, status bar."""

    painted = Signal()  # once, after the first paint

    def __init__(
        self, theme: Theme, settings: Settings, state: WindowState, notices: Notices
    ) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Paper Reader"))
        self.setMinimumSize(760, 480)
        self._state = state
        self._may_close: Callable[[], bool] = lambda: True
        self._painted = False
        self.commands = CommandSet(self, settings)
        self.theme = theme
        self.notices = notices
        self.stack = QStackedWidget(self)

    def assemble(self) -> None:
        """Put the parts in place, once the commands have their rows."""
        self.top = TopBar(self.theme, self.commands, self)
        center = QWidget(self)
        box = QVBoxLayout(center)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top)
        box.addWidget(self.stack, 1)
        self.setCentralWidget(center)
        self.commands.fill_menu_bar(self.menuBar(), whole=True)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setFixedHeight(26)
        self._status = status_label(self)
        self._hint = status_label(self)
        keys = self.commands.action("window.palette").shortcut().toString()
        self._hint.setText(self.tr("{}  commands and papers").format(keys.replace("+", " ")))
        bar.addWidget(self._status)
        bar.addPermanentWidget(self._hint)
        bar.setContentsMargins(12, 0, 12, 0)
        self.notices.set_host(self)
        self._frame = Frame((self.menuBar(), self.top, bar))
        self._restore_geometry()

    def add_commands(self, rows: Iterable[Command]) -> None:
        """Take commands that were not there when the window was put together."""
        self.commands.add(rows)
        self.commands.fill_menu_bar(self.menuBar(), whole=True)

    def say(self, text: str) -> None:
        """The status bar's text."""
        self._status.setText(text)

    def say_briefly(self, text: str) -> None:
        """Something for the status bar that only passes by."""
        say_briefly(self._status, text)

    def guard_close(self, may_close: Callable[[], bool]) -> None:
        """Ask before closing: False keeps the window open."""
        self._may_close = may_close

    def _restore_geometry(self) -> None:
        self.resize(1280, 800)
        text = self._state.get("geometry", "")
        try:
            self.restoreGeometry(QByteArray(base64.b64decode(text, validate=True)))
        except (binascii.Error, ValueError):
            return

    def remember(self) -> None:
        """Put the window's size and place into the state."""
        geometry = bytes(self.saveGeometry().data())
        self._state.put("geometry", base64.b64encode(geometry).decode())

    def bare(self, page: QObject, on: bool) -> None:
        """Show a page without menus and bars around it, or with them again."""
        self._frame.bare(page, on)

    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def come_forward(self) -> None:
        """Show the window in front of others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close():
            self.remember()
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Not in `event`: each action that is enabled or disabled sends the window one.
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()
