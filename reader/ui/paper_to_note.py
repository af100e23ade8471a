"""A paper's annotations written into its note from the list, without its PDF being open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.domain.marking_groups import MakeAround
from reader.domain.paper import Paper
from reader.services.surroundings import around_of
from reader.ui.desk import Desk
from reader.ui.viewer.annotation_note import AnnotationNote
from reader.ui.viewer.home import Home


class PaperToNote(QObject):
    """Looks at the file's outline first, then asks as the viewer does."""

    def __init__(self, desk: Desk, engine: Any, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._engine = engine
        self._window = window

    def ask(self, paper: Paper) -> None:
        """Ask how the annotations of a paper's PDF become a note."""
        if not paper.documents:
            return
        home = Home(self._desk, paper.uid, paper.documents[0].uid)

        def known(around: MakeAround) -> None:
            AnnotationNote(home, around, self._window).open()

        self._desk.read(
            around_of, self._desk.reader, self._engine, home.attachment, then=known, owner=self,
            newest="around",
        )  # fmt: skip
