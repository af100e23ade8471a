"""The settings as something that tells: who is gone is told no more, without saying goodbye."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.settings import Settings


class LiveSettings(QObject):
    """Settings with a signal; a watcher of `Settings` itself stays for good."""

    changed = Signal(str)  # the key

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text = settings.text
        self.number = settings.number
        self.set = settings.set
        self.keys_of = settings.keys_of
        settings.watch(self.changed.emit)
