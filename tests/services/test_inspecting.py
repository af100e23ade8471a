"""Any file gets a report, stage by stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits
from reader.services.inspecting import Report, inspect
from tests.pdf import hostile


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(Limits(open=6.0, stage=1.0, inspect=20.0))
    yield made
    made.close()


def look(engine: Engine, folder: Path, data: bytes) -> Report:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return inspect(engine, path)


def outcomes(report: Report) -> dict[tuple[str, int | None], str]:
    return {(stage.stage, stage.page): stage.outcome for stage in report.stages}


def test_a_sound_file_is_ok_in_every_stage(engine: Engine, tmp_path: Path) -> None:
    # GIVEN a document of five pages WHEN it is inspected
    data = hostile.sound(5)
    report = look(engine, tmp_path, data)
    # THEN document and first three pages are reported, in the shape the command prints
    told = json.loads(json.dumps(report.as_dict()))
    assert list(told) == ["file", "sha256", "pages", "stages"]
    assert (told["pages"], told["sha256"]) == (5, hashlib.sha256(data).hexdigest())
    assert list(told["stages"][0]) == ["stage", "page", "outcome", "reason", "ms"]
    order = [(stage["stage"], stage["page"]) for stage in told["stages"]]
    names = ["render", "text", "links", "annotations"]
    assert order == [
        ("open", None),
        ("metadata", None),
        ("outline", None),
        *[(name, page) for page in range(3) for name in names],
    ]
    assert {stage["outcome"] for stage in told["stages"]} == {"ok"}


@pytest.mark.parametrize(
    "make, outcome",
    [
        (hostile.empty, "refused"),
        (hostile.html, "refused"),
        (hostile.zipped, "refused"),
        (hostile.truncated, "refused"),
        (hostile.encrypted, "encrypted"),
    ],
)
def test_a_file_that_does_not_open_says_why(
    engine: Engine, tmp_path: Path, make: Callable[[], bytes], outcome: str
) -> None:
    report = look(engine, tmp_path, make())
    assert report.pages is None
    assert report.stages[0].outcome == outcome
    assert report.stages[0].reason
    assert {stage.outcome for stage in report.stages[1:]} == {"skipped"}


def test_a_page_that_hangs_is_one_line_of_the_report(engine: Engine, tmp_path: Path) -> None:
    found = outcomes(look(engine, tmp_path, hostile.nested_forms()))
    assert found["render", 0] == found["text", 0] == "timed_out"
    assert {found[stage, 1] for stage in ("render", "text", "links", "annotations")} == {"ok"}
    assert found["links", 0] == "ok"


def test_when_the_time_of_the_file_is_over_the_rest_is_skipped(tmp_path: Path) -> None:
    hasty = Engine(Limits(stage=30.0, inspect=4.0))
    try:
        report = look(hasty, tmp_path, hostile.nested_forms())
    finally:
        hasty.close()
    found = outcomes(report)
    assert found["render", 0] == "timed_out"
    assert {found[key] for key in found if key[1] in (1, 2)} == {"skipped"}


def test_what_is_not_a_file_is_refused(engine: Engine, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.pdf", Path("/dev/zero")):
        report = inspect(engine, path)
        assert (report.sha256, report.stages[0].outcome) == ("", "refused")
