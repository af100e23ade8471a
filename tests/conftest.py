"""Options and marks of the suite, and a display for Qt that needs no screen."""

from __future__ import annotations

import os
import shutil

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("paper-reader")
    group.addoption("--long", action="store_true", help="also run tests marked long")
    group.addoption("--onscreen", action="store_true", help="show windows on the real display")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: runs with --long"))
        for mark in item.iter_markers("needs"):
            name = str(mark.args[0])
            if shutil.which(name) is None:
                item.add_marker(pytest.mark.skip(reason=f"needs {name}"))
