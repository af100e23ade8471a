"""A process of the program's own: its lines, its end, whatever becomes of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from reader.domain.errors import ReaderError
from reader.system import own_process

_MODULES = """
import os, sys, time
def main(what):
    print(os.getpid(), flush=True)
    match what:
        case "sleep":
            time.sleep(600)
        case "half":
            sys.stdout.write("no end")
        case "fail":
            raise ValueError
        case "noise":
            print("noise", file=sys.stderr)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module that the process finds."""
    (tmp_path / "some_work.py").write_text(_MODULES)
    monkeypatch.setattr(own_process, "_ROOT", str(tmp_path))
    return "some_work"


@pytest.mark.skipif(sys.platform == "win32", reason="looks for a process by its number")
def test_lines_come_while_the_process_works_and_closing_ends_it(module: str) -> None:
    lines = own_process.lines(module, "sleep")
    pid = int(next(lines))
    begin = time.monotonic()
    lines.close()
    assert time.monotonic() - begin < 10
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_what_it_complains_about_is_not_shown(
    module: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(list(own_process.lines(module, "noise"))) == 1
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("what", ["half", "fail"])
def test_a_process_that_ends_too_early_is_an_error(module: str, what: str) -> None:
    lines = own_process.lines(module, what)
    next(lines)
    with pytest.raises(ReaderError, match="ended before its work was done"):
        next(lines)


def test_a_line_without_end_is_an_error(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_process, "_LONGEST_LINE", 2)
    with pytest.raises(ReaderError):
        next(own_process.lines(module, "sleep"))


def test_a_process_that_cannot_start_is_an_error(
    module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(ReaderError, match="could not be started"):
        next(own_process.lines(module, "sleep"))
