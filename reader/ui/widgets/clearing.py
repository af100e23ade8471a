"""The small cross in a field that empties it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QToolButton


def clearable(field: QLineEdit) -> None:
    """Give a field its cross; Qt leaves it without a name for assistive tools."""
    before = set(field.findChildren(QToolButton))
    field.setClearButtonEnabled(True)
    for button in set(field.findChildren(QToolButton)) - before:
        button.setAccessibleName(QCoreApplication.translate("Widgets", "Empty the field"))
