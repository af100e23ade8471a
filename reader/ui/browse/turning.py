"""The library page turned to something else than papers, and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Turning(QObject):
    """Whether the free notes stand in the place of list and paper."""

    notes_shown = Signal(bool)

    def __init__(self, papers: tuple[QWidget, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._papers = papers
        self.to_notes = False

    def turn(self, *, notes: bool) -> bool:
        """Show the free notes, or list and paper; `notes` again."""
        if notes != self.to_notes:
            self.to_notes = notes
            for widget in self._papers:
                widget.setVisible(not notes)
            self.notes_shown.emit(notes)
        return notes
