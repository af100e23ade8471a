"""What the status bar says of the library page: of the list that is in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Saying(QObject):
    """Each list says its sentence whenever it likes; only that of the one in front is heard.

    A list goes by a name: "" for the papers, "notes", "marks", "claims".
    """

    said = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._front = ""
        self._texts: dict[str, str] = {}

    @property
    def text(self) -> str:
        """The sentence of the list in front."""
        return self._texts.get(self._front, "")

    def turn(self, front: str) -> None:
        """Another list is in front."""
        self._front = front
        self.said.emit(self.text)

    def leave(self, front: str) -> None:
        """A list is in front no longer; the papers are, unless another has taken its place."""
        if self._front == front:
            self.turn("")

    def say(self, name: str, text: str) -> None:
        """What a list has to say."""
        self._texts[name] = text
        if name == self._front:
            self.said.emit(text)
