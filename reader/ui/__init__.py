"""The window: all of the program that knows Qt.

PySide has a hook that reads the source of every module once it is imported, to see whether it
might want PySide's optional spelling of names (`__feature__`).  None does here, and reading and
splitting 300 files is a third of the time a start takes, so the hook is told so.
"""

from __future__ import annotations

import sys
from types import ModuleType

from PySide6 import QtCore


def _uses_features(module: ModuleType) -> bool:
    del module
    return False


# QtCore brings the hook, under a name that is PySide's own affair.
if QtCore and (_hook := sys.modules.get("shibokensupport.feature")) is not None:
    _hook.__dict__["_mod_uses_pyside"] = _uses_features
