"""The toolkit must not drop references to None: on Python 3.11 that aborts the program."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QStandardItemModel

_CALLS = 500


def test_calls_that_return_nothing_keep_none(qapp: object) -> None:
    del qapp
    font, model = QFont(), QStandardItemModel(1, 1)
    index = model.index(0, 0)
    # GIVEN the count of references to None
    before = sys.getrefcount(None)
    # WHEN a setter, and a model's data that is nothing, are called many times
    for _ in range(_CALLS):
        font.setPixelSize(12)
        index.data()
    # THEN the count did not fall with the calls
    assert sys.getrefcount(None) > before - _CALLS // 2
