"""What a status bar says."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

_READ = 8000  # milliseconds that a sentence stays which only passes by


def status_label(parent: QWidget) -> QLabel:
    """A label for the status bar."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def say_briefly(label: QLabel, text: str) -> None:
    """Say something for a moment; then what was said before is to be seen again."""
    before = label.text()
    if text == before:
        return
    label.setText(text)
    QTimer.singleShot(_READ, label, lambda: label.text() == text and label.setText(before))
