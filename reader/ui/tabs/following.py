"""Tabs without a page, not looked at yet or closed, follow the file of their paper.

Pages do so themselves, once they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from reader.domain.paper import Changes
from reader.ui.desk import Desk
from reader.ui.tabs.tab import Half


class Following(QObject):
    """Keeps the paths of waiting halves true: they are dragged out and searched by them."""

    def __init__(self, desk: Desk, halves: Callable[[], Iterable[Half]], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._halves = halves
        desk.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        for half in self._halves():
            told = changes.structure or half.paper in changes.papers
            if told and half.attachment and half.page is None:
                self._desk.read(
                    self._desk.reader.file_held, half.attachment,
                    then=partial(self._take, half), failed=lambda _error: None, owner=self,
                )  # fmt: skip

    @staticmethod
    def _take(half: Half, held: Path | None) -> None:
        if half.page is None and held is not None and held.is_file():
            half.path = held
