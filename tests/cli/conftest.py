"""The command line in this process, on a library of its own."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.cli.main import run

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line of an error; nothing else was said."""
        assert self.out == "" and self.err.count("\n") == 1 and "Traceback" not in self.err
        return self.err.strip()


Command = Callable[..., Said]


@pytest.fixture(scope="session")
def starter_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that `starter` makes, once."""
    folder = tmp_path_factory.mktemp("starter") / "library"
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(folder), "starter", "--json"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told == {"added": 114, "updated": 0, "unchanged": 0, "failed": []}
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def starter(starter_library: Path, folder: Path) -> Path:
    """A copy of the starter library, where the commands of the test work."""
    return Path(shutil.copytree(starter_library, folder))


@pytest.fixture
def command(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs a command on the test's library; `text` is its standard input."""

    def call(*words: object, text: bytes | None = None, library: Path | None = folder) -> Said:
        if text is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        capsys.readouterr()
        start = ["--library", str(library)] if library else []
        code = run([*start, *map(str, words)])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call
