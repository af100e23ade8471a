"""The command as it is really started: a process of its own, for what a runner in-process hides."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "seeds" / "trending-papers-jun-11.txt"


def command(library: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`paper-reader --library LIBRARY WORDS`."""
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), *words],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )


def test_a_page_is_recognised_without_naming_its_format(tmp_path: Path) -> None:
    # WHEN the page is imported twice, and no format is named
    first = command(tmp_path / "library", "import", str(PAGE), "--json")
    again = command(tmp_path / "library", "import", str(PAGE), "--json")
    # THEN the first adds all and the second nothing
    assert json.loads(first.stdout) == {"added": 113, "updated": 0, "unchanged": 0, "failed": []}
    assert json.loads(again.stdout) == {"added": 0, "updated": 0, "unchanged": 113, "failed": []}
    assert (first.returncode, again.returncode) == (0, 0)


def test_commands_at_once_wait_for_the_index_to_be_made(tmp_path: Path) -> None:
    # GIVEN a library whose index is gone, as after a restore
    library = tmp_path / "library"
    assert command(library, "import", str(PAGE)).returncode == 0
    paper = json.loads(command(library, "list", "--limit", "1", "--json").stdout)[0]["id"]
    for file in library.glob("search.db*"):
        file.unlink()
    # WHEN several commands write at once
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "reader", "--library", str(library), "tag", paper, f"+t{i}"],
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for i in range(4)
    ]
    faults = [process.communicate()[1] for process in running]
    # THEN every one of them is done
    assert faults == [b""] * 4
    tags = json.loads(command(library, "show", paper, "--json").stdout)["tags"]
    assert tags == ["t0", "t1", "t2", "t3"]


def test_a_note_from_an_endless_file_is_refused(tmp_path: Path) -> None:
    library = tmp_path / "library"
    command(library, "import", str(PAGE))
    paper = json.loads(command(library, "list", "--limit", "1", "--json").stdout)[0]["id"]
    done = command(library, "note", paper, "--file", "/dev/zero")
    assert done.returncode == 1
    assert "longer than a note may be" in done.stderr


def test_a_word_that_is_neither_command_nor_file_is_named(tmp_path: Path) -> None:
    done = command(tmp_path / "library", "frobnicate")
    assert done.returncode == 2
    assert "no command and no file frobnicate" in done.stderr
