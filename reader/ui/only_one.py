"""Objects of which there is one, for as long as the application lives."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject


class OnlyOne(QObject):
    """Belongs to the application; `here` makes it when it is first needed."""

    _only: ClassVar[Any] = None  # of each class its own

    @classmethod
    def here(cls) -> Self:
        """The application's, on the window's thread."""
        if cls._only is None or not shiboken6.isValid(cls._only):
            cls._only = cls(QCoreApplication.instance())
        return cls._only
