"""Copying a selection whose pages are not all read yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from reader.domain.accents import readable
from reader.ui.viewer.content import Content
from reader.ui.viewer.requests import Requests
from reader.ui.viewer.selection import Chosen, text_of_page
from reader.ui.viewer.wants import Want

_AHEAD = 6
_PRIORITY = 50


class Copying(QObject):
    """Gathers the text of a selection page by page and hands it to the clipboard."""

    progress = Signal(int, int)  # pages gathered, pages in all
    finished = Signal(str)

    def __init__(self, requests: Requests, content: Content, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._content = content
        self._selection: Chosen | None = None
        self._shaped: Callable[[str], str] = str
        self._pieces: list[str] = []

    @property
    def active(self) -> bool:
        return self._selection is not None

    def start(self, selection: Chosen, shaped: Callable[[str], str] = str) -> None:
        """Copy a selection, `shaped` at last; what was being copied is given up."""
        self._selection = selection
        self._shaped = shaped
        self._pieces = []
        self.go_on()

    def stop(self) -> None:
        """Give up; the clipboard stays as it was."""
        self._selection = None
        self._pieces = []
        self._requests.want("copy", ())

    def go_on(self) -> None:
        """Take the pages whose text is here, in order, and ask for the next ones."""
        chosen = self._selection
        if chosen is None:
            return
        pages = chosen.pages
        while len(self._pieces) < len(pages):
            page = pages[len(self._pieces)]
            text = self._content.text(page)
            if text is None:
                break
            self._pieces.append(text_of_page(chosen, page, text, self._content.aside(page)))
        else:
            whole = self._shaped(readable("\n".join(piece for piece in self._pieces if piece)))
            self.stop()
            QGuiApplication.clipboard().setText(whole)
            self.finished.emit(whole)
            return
        done = len(self._pieces)
        self.progress.emit(done, len(pages))
        self._requests.want(
            "copy",
            [
                Want("text", page, priority=_PRIORITY)
                for page in pages[done : done + _AHEAD]
                if self._content.text(page) is None
            ],
        )
