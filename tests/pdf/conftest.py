"""Engines with small limits, and files on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import EngineEvent, Limits

Save = Callable[[bytes], Path]

SMALL = Limits(open=6.0, stage=4.0)


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Write bytes to a file of its own."""
    count = iter(range(1000))

    def write(data: bytes) -> Path:
        path = tmp_path / f"file {next(count)}.pdf"
        path.write_bytes(data)
        return path

    return write


class Workshop:
    """Makes engines, hears their events, and closes them all."""

    def __init__(self) -> None:
        self.events: list[EngineEvent] = []
        self._engines: list[Engine] = []

    def __call__(self, **limits: Any) -> Engine:
        allocate = limits.pop("allocate", None)
        extra = {"allocate": allocate} if allocate else {}
        engine = Engine(replace(SMALL, **limits), on_event=self.events.append, **extra)
        self._engines.append(engine)
        return engine

    def close(self) -> None:
        for engine in self._engines:
            engine.close()


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


@pytest.fixture
def engine(workshop: Workshop) -> Engine:
    return workshop()
