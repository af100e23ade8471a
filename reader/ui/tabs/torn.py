"""A tab in a window of its own, with the commands of the viewer, a palette and a menu bar."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from reader.settings import Settings
from reader.ui.bare import Frame
from reader.ui.commands.actions import CommandSet
from reader.ui.commands.palette import Palette, Papers
from reader.ui.commands.row import Command
from reader.ui.commands.table import WINDOW
from reader.ui.tabs.commands import TABS
from reader.ui.tabs.splits import Splits
from reader.ui.tabs.tab import Tab
from reader.ui.theme import Theme
from reader.ui.viewer.commands import VIEWER
from reader.ui.widgets.status import say_briefly, status_label

_ROWS = {
    "window.undo", "window.redo", "window.palette", "window.theme", "window.library",
    "window.full_screen", "window.quit", "window.split_right", "window.split_below",
    "window.other_pane", "window.close_pane", "window.tear_off", "window.close_tab",
    "window.reopen_tab", "window.message",
}  # fmt: skip


class Main(Protocol):
    """What the main window does for the others."""

    def undo(self) -> None: ...

    def redo(self) -> None: ...

    def toggle_theme(self) -> None: ...

    def show_library(self) -> None: ...

    def enter_message(self) -> bool: ...

    def close(self) -> None: ...

    @property
    def find_papers(self) -> Papers: ...


def rows(of_features: Iterable[Command]) -> list[Command]:
    """The commands of a window torn off."""
    return [*(row for row in (*WINDOW, *TABS) if row.id in _ROWS), *VIEWER, *of_features]


class TornWindow(QMainWindow):
    """Shows one tab."""

    left = Signal(object)  # the Tab whose window the reader closed
    back_wanted = Signal(object)  # the Tab that goes back into the bar
    reopen_wanted = Signal()

    def __init__(
        self,
        tab: Tab,
        main: Main,
        splits: Splits,
        settings: Settings,
        theme: Theme,
        of_features: Iterable[Command],
    ) -> None:
        super().__init__()
        self.tab = tab
        # The program ends with its main window.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setMinimumSize(420, 320)
        self._ending = False
        self.commands = CommandSet(self, settings)
        self.commands.add(rows(of_features))
        actions = TornActions(self, main, splits, theme)
        self.commands.bind("window", actions)
        self.commands.bind("tabs", actions)
        self.commands.fill_menu_bar(self.menuBar())
        self._status = status_label(self)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setFixedHeight(26)
        bar.addWidget(self._status)
        bar.setContentsMargins(12, 0, 12, 0)
        self._frame = Frame((self.menuBar(), bar))
        view = splits.look(tab, self)
        self.setCentralWidget(view)
        view.show()  # a stack hides what is taken out of it
        self.refresh()

    def refresh(self) -> None:
        """Follow the tab: its title, the half that has the keys, what holds in it."""
        tab, page = self.tab, self.tab.page
        self.setWindowTitle(" – ".join(dict.fromkeys(half.title for half in tab.halves)))
        self.commands.bind("viewer", page)
        self.commands.update({"tab": True, "tabs": True, "split": tab.split()})
        if page is not None:
            page.tell_conditions()
            self.commands.update(page.conditions())
            self.say(page.status())

    def bare(self, page: QObject, on: bool) -> None:
        """Show a page without menus and bars around it, or with them again."""
        self._frame.bare(page, on)

    def say(self, text: str) -> None:
        """The status bar's text."""
        self._status.setText(text)

    def say_briefly(self, text: str) -> None:
        """Something for the status bar that only passes by."""
        say_briefly(self._status, text)

    def place(self, geometry: str, at: QPoint | None) -> None:
        """Be where a window was, else with the corner at a point."""
        self.resize(900, 760)
        try:
            data = base64.b64decode(geometry, validate=True)
        except (binascii.Error, ValueError):
            data = b""
        if at is not None:
            self.move(at)
        elif data:
            self.restoreGeometry(QByteArray(data))

    def geometry_text(self) -> str:
        """Size and place, to be remembered."""
        return base64.b64encode(bytes(self.saveGeometry().data())).decode()

    def hold(self) -> None:
        """Keep the tab when the window is closed."""
        self._ending = True

    def let_go(self) -> None:
        """Close without taking the tab along."""
        self.takeCentralWidget()
        self.end()

    def end(self) -> None:
        """Close with all that is in it."""
        self._ending = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if not self._ending:
            self._ending = True
            self.left.emit(self.tab)


class TornActions(QObject):
    """The targets "window" and "tabs" of such a window."""

    def __init__(self, window: TornWindow, main: Main, splits: Splits, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._main = main
        self._splits = splits
        self._theme = theme
        self._palette: Palette | None = None

    def open_palette(self) -> None:
        if self._palette is None:
            window = self._window
            self._palette = Palette(window, window.commands, self._theme, self._main.find_papers)
        self._palette.open()

    def undo(self) -> None:
        self._main.undo()

    def redo(self) -> None:
        self._main.redo()

    def toggle_theme(self) -> None:
        self._main.toggle_theme()

    def show_library(self) -> None:
        self._main.show_library()

    def go_to_message(self) -> None:
        if not self._main.enter_message():
            self._window.say_briefly(self.tr("There is no message."))

    def toggle_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def close(self) -> None:
        """End the program."""
        self._main.close()

    def split_right(self) -> None:
        self._splits.split(self._window.tab, below=False)

    def split_below(self) -> None:
        self._splits.split(self._window.tab, below=True)

    def other_half(self) -> None:
        self._splits.other_half(self._window.tab)

    def close_half(self) -> None:
        self._splits.close_half(self._window.tab)

    def tear_off(self) -> None:
        """Back into the bar of the main window."""
        self._window.back_wanted.emit(self._window.tab)

    def close_current(self) -> None:
        """Close the half that has the keys, or the window of a tab that is not split."""
        if self._window.tab.split():
            self.close_half()
        else:
            self._window.close()

    def reopen(self) -> None:
        self._window.reopen_wanted.emit()

    def go_back(self) -> None:
        page = self._window.tab.page
        if page is not None:
            page.go_back()

    def go_forward(self) -> None:
        page = self._window.tab.page
        if page is not None:
            page.go_forward()
