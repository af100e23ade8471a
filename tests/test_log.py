"""The log: what nobody caught is written down and told, and everything is put back at the end."""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import log


@pytest.fixture(autouse=True)
def crash_handler_as_before() -> Iterator[None]:
    enabled = faulthandler.is_enabled()
    yield
    if enabled:
        faulthandler.enable()


def fail() -> BaseException:
    try:
        raise ValueError("broken")
    except ValueError as error:
        return error


def test_an_uncaught_error_is_logged_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del caplog
    # GIVEN a log
    told: list[BaseException] = []
    hook = sys.excepthook
    end = log.start(tmp_path / "state" / "reader.log", told.append)
    error = fail()
    # WHEN an error reaches the top
    sys.excepthook(type(error), error, error.__traceback__)
    end()
    # THEN it is in the file with its trace, told once, and the hook is what it was
    text = (tmp_path / "state" / "reader.log").read_text()
    assert "ValueError: broken" in text
    assert "in fail" in text
    assert told == [error]
    assert sys.excepthook is hook


def test_a_folder_that_cannot_be_written_costs_only_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del caplog
    (tmp_path / "state").write_text("a file in the folder's place")
    told: list[BaseException] = []
    end = log.start(tmp_path / "state" / "reader.log", told.append)
    error = fail()
    sys.excepthook(type(error), error, error.__traceback__)
    end()
    assert told == [error]


def test_a_full_log_is_put_aside_and_two_old_ones_are_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del caplog
    # GIVEN a log that is full, and an older one
    file = tmp_path / "reader.log"
    file.write_text("first\n" + "x" * (256 << 10))
    (tmp_path / "reader.log.1").write_text("older")
    (tmp_path / "reader.log.2").write_text("oldest")
    end = log.start(file, lambda _error: None)
    error = fail()
    # WHEN more is logged
    sys.excepthook(type(error), error, error.__traceback__)
    sys.excepthook(type(error), error, error.__traceback__)
    end()
    # THEN it begins a new file, and the oldest is gone
    assert file.read_text().count("ValueError: broken") == 2
    assert (tmp_path / "reader.log.1").read_text().startswith("first")
    assert (tmp_path / "reader.log.2").read_text() == "older"
    assert not (tmp_path / "reader.log.3").exists()
