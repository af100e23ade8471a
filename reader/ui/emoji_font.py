"""Emoji in tags and notes, on a machine that has no font for them; after the first paint."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from reader import paths

FILE = "fonts/NotoEmoji-Regular.ttf"


def load() -> bool:
    """Use the emoji that come with the program where the system has none; True when it did."""
    if any("emoji" in family.casefold() for family in QFontDatabase.families()):
        return False
    number = QFontDatabase.addApplicationFont(str(paths.resource(FILE)))
    for family in QFontDatabase.applicationFontFamilies(number):
        QFontDatabase.addApplicationEmojiFontFamily(family)
    return number >= 0
