"""Loads what a window's first paint did without, in short pieces, once there is time for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.app.pieces import LIBRARY_PIECES, PIECES
from reader.domain.value import complete_some

if TYPE_CHECKING:
    from reader.app.build import App
    from reader.ui.notes.editor import NoteEditor

_AT_REST = 0.004  # seconds of a turn for classes that are to be used later
_PAGE_AT_MOST, _PAGE_QUIET = 1500, 120  # milliseconds that a page to be read is waited for


def note_editor() -> type[NoteEditor]:
    """The piece that a first paint needs where the document is one of the library's papers."""
    return import_module("reader.ui.notes.editor").NoteEditor


def meeting() -> ModuleType:
    """What the windows of a library say to each other: needed where there is another one."""
    return import_module("reader.ui.single_instance")


class Later(QObject):
    """Goes through the pieces, the window's turn between them; then the window is complete."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._app = app
        self._begun = False
        self._pieces = iter((*LIBRARY_PIECES, *PIECES))
        self._steps = iter(
            (
                app.load_library,
                lambda: app.tabs.viewers.equipment,
                app.after_first_paint,
                lambda: app.tabs.splits.spare.begin(app.window.stack),
            )
        )
        self._parts: Iterator[None] = iter(())  # of a step that makes much
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Begin once the PDF in front can be read: loading stops the window for a while."""
        viewer = self._app.tabs.current()
        if viewer is None:
            self._turn.start(0)
            return
        self._turn.start(_PAGE_AT_MOST)
        viewer.arrived.connect(lambda: self._in(_PAGE_QUIET))
        viewer.failed.connect(lambda _error: self._in(0))

    def go_through(self, parts: Iterator[None]) -> None:
        """Take these before the next step, the window's turn between them."""
        self._parts = parts

    def _in(self, milliseconds: int) -> None:
        if not self._begun:
            self._turn.start(milliseconds)

    def _go_on(self) -> None:
        self._begun = True
        try:
            if listen := self._app.listen:
                self._app.listen = None
                listen()
            elif name := next(self._pieces, ""):
                import_module(name)
            elif complete_some(_AT_REST):
                pass  # the next turn goes on
            elif next(self._parts, self) is not self:
                pass  # one more of them is made
            elif step := next(self._steps, None):
                step()
            else:
                return
        except Exception as error:  # noqa: BLE001 - what can be loaded without it is
            self._app.part_failed(error)
        # Code and classes stay for good: looking through them for garbage stops the window 30 ms.
        gc.freeze()
        self._turn.start(0)

    def stop(self) -> None:
        """The program ends."""
        self._begun = True
        self._turn.stop()
