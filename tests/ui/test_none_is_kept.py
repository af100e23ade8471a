"""The toolkit must not drop references to None: on Python 3.11 that aborts the program."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFont, QStandardItemModel

_CALLS = 500


@pytest.mark.parametrize(
    "call",
    [lambda: QFont().setPixelSize(12), lambda: QStandardItemModel(1, 1).index(0, 0).data()],
    ids=["a setter", "a model's data"],
)
def test_calls_that_return_nothing_keep_none(qapp: object, call: Callable[[], object]) -> None:
    del qapp
    assert not QModelIndex().isValid()
    # GIVEN the count of references to None
    before = sys.getrefcount(None)
    # WHEN something that returns nothing is called many times
    for _ in range(_CALLS):
        call()
    # THEN the count did not fall with the calls
    assert sys.getrefcount(None) > before - _CALLS // 2
