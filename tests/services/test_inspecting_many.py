"""A folder of damaged files: every one gets its report, and the program is whole afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits
from reader.services.inspecting import Outcome, inspect
from tests.pdf import hostile, mutations

SHORT, LONG = 36, 3_000
SEED = 20240607


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(Limits(open=4.0, stage=2.0, inspect=20.0))
    yield made
    made.close()


@pytest.mark.parametrize(
    "count", [SHORT, pytest.param(LONG, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_every_damaged_file_gets_its_report(engine: Engine, tmp_path: Path, count: int) -> None:
    # GIVEN a folder of files damaged in every way
    for name, data in mutations.damaged(count, SEED):
        (tmp_path / name).write_bytes(data)
    threads = threading.active_count()
    # WHEN each of them is inspected by the same engine
    outcomes: Counter[str] = Counter()
    opened = 0
    for path in sorted(tmp_path.iterdir()):
        report = inspect(engine, path)
        # THEN each has an outcome for every stage, with a reason where it is not ok
        outcomes.update(stage.outcome for stage in report.stages)
        opened += report.pages is not None
        assert {stage.stage for stage in report.stages} >= {"open", "metadata", "outline"}
        assert all(stage.reason for stage in report.stages if stage.outcome != "ok"), path.name
    assert sum(outcomes.values()) >= 3 * count
    assert set(outcomes) <= set(get_args(Outcome))
    # ...some of them were opened, some not: the damage is neither too mild nor too strong
    assert count // 10 < opened < count
    # AND the engine serves a sound file as before, with no more threads than it has itself
    sound = tmp_path / "sound.pdf"
    sound.write_bytes(hostile.sound(1))
    assert {stage.outcome for stage in inspect(engine, sound).stages} == {"ok"}
    assert threading.active_count() <= threads + 2
