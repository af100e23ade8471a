"""A library of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library.writing import Writer
from tests.library.shelf import open_writer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def writer(folder: Path) -> Iterator[Writer]:
    made = open_writer(folder)
    yield made
    made.close()
