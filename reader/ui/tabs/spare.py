"""A tab's view with its page, made ahead while nothing else is to do.

Making the widgets of a page, styling and laying them out takes far longer than showing
one: with a view that is ready, a click has only to show it and to ask for the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from reader.domain.annotation import ReadingPosition
from reader.ui.tabs.pages import Pages
from reader.ui.tabs.tab import Half, Tab
from reader.ui.tabs.view import TabView

_LATER = 600  # milliseconds after the last one was taken, or a change of what is around it
_PAUSE = 20  # milliseconds between two steps
_CORNER = QRect(0, 0, 1, 1)


class Spare(QObject):
    """Keeps one view ready for a stack; hidden in it, in no tab, and known to nobody."""

    def __init__(self, pages: Pages, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._stack: QStackedWidget | None = None
        self._view: TabView | None = None
        self._steps: Iterator[None] = iter(())
        self._whole = False
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._go_on)

    def begin(self, stack: QStackedWidget) -> None:
        """Have a view ready from now on."""
        self._stack = stack
        stack.installEventFilter(self)
        self._pages.theme.changed.connect(self._outdated)
        self._again()

    def end(self) -> None:
        """Give back the one that is there, and make no more."""
        self._turn.stop()
        if self._stack is not None:
            self._stack.removeEventFilter(self)
            self._pages.theme.changed.disconnect(self._outdated)
        self._steps = iter(())
        self._drop()
        self._stack = None

    @property
    def ready(self) -> bool:
        """Whether a view waits to be taken."""
        return self._whole

    def foreseen(self, position: ReadingPosition | None) -> Callable[[Any], object] | None:
        """What asks for the first pictures of the document that takes the view; None without one."""
        if not self._whole or self._view is None:
            return None
        pages = self._view.pages
        return next((page.canvas.foreseen(page.engine, position) for page in pages), None)

    def take(self, tab: Tab, parent: QWidget) -> TabView | None:
        """The view, for a tab that has one half without a page; None while there is none."""
        if not self._whole or parent is not self._stack or tab.split() or tab.page is not None:
            return None
        view, self._view = self._view, None
        assert view is not None
        view.become(tab)
        self._again()
        return view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._outdated()
        return super().eventFilter(watched, event)

    def _outdated(self) -> None:
        """What is ready still serves, and is laid out for its new place when there is time."""
        if self._whole:
            self._steps = self._settled()
            self._turn.start(_LATER)

    def _again(self) -> None:
        self._whole = False
        self._steps = self._made()
        self._turn.start(_LATER)

    def _go_on(self) -> None:
        if self._busy():
            self._turn.start(_LATER)
            return
        for _step in self._steps:
            self._turn.start(_PAUSE)
            return
        self._whole = True

    def _busy(self) -> bool:
        """Whether a document in view is still being read."""
        shown = self._stack.currentWidget() if self._stack is not None else None
        return isinstance(shown, TabView) and shown.busy

    def _made(self) -> Iterator[None]:
        assert self._stack is not None
        tab = Tab([Half("", Path())])
        self._view = tab.view = view = TabView(tab, self._stack)
        view.hide()
        yield
        page = self._pages.make_ahead(view.room(tab.half))
        yield
        view.put(tab.half, page)
        self._pages.furnish_ahead(page)
        while not page.fitted:
            yield
        if not page.panel.isHidden():
            page.panel.bring()
        yield from self._settled()

    def _settled(self) -> Iterator[None]:
        """Have the view styled and laid out for its place: painting a corner of it does that too."""
        yield
        if self._stack is None or self._view is None:
            return
        self._view.resize(self._stack.size())
        self._view.grab(_CORNER)
        for page in self._view.pages:
            page.share_out()
        self._view.grab(_CORNER)

    def _drop(self) -> None:
        view, self._view = self._view, None
        self._whole = False
        if view is not None:
            for page in view.pages:
                page.close_document()
            view.deleteLater()
