"""Taking a file off its paper: at once where there is one, else which of them is asked."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from reader.domain.paper import Attachment, Changes, Paper
from reader.services import editing
from reader.ui.desk import Desk


class Detaching(QObject):
    """Removes attachments; undo brings them back with their annotations."""

    def __init__(self, desk: Desk, pane: QWidget) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane

    def ask(self, paper: Paper) -> None:
        """Take the paper's file off it, or let the reader choose among several."""
        if len(paper.documents) == 1:
            self.detach(paper.documents[0])
            return
        menu = QMenu(self._pane)
        for attachment in paper.documents:
            name = attachment.path.replace("&", "&&")
            action = menu.addAction(self.tr("Remove “{}”").format(name))
            action.triggered.connect(partial(self.detach, attachment))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._pane.mapToGlobal(QPoint(24, 96)))

    def detach(self, attachment: Attachment, _checked: bool = False) -> None:
        """Take one file off its paper."""
        name = PurePath(attachment.path).name

        def done(_changes: Changes) -> None:
            self._desk.notices.info(
                self.tr(
                    "Removed “{}” from the paper; the file stays in the library's folder."
                ).format(name),
                (self.tr("Undo"), self._desk.undo),
            )

        self._desk.write(editing.detach, attachment.uid, then=done, owner=self)
