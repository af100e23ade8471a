"""Killed at any moment: the library opens, is sound, and holds everything acknowledged."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.services import safekeeping
from tests.library.shelf import catch_up, open_writer, titles, whole, writing
from tests.library.test_search import assert_true
from tests.services.intake import SEED, bring

ROOT = Path(__file__).resolve().parents[2]
JOBS: tuple[str, ...] = ("note", "import", "attach", "edit")
_NUMBERED = len("killed 000 000000")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def killed(job: str, folder: Path, number: int, scratch: Path, after: float) -> list[Any]:
    """Run a child, kill it that long after it opened the library; what it had acknowledged."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.end_to_end.child", job, folder, str(number), scratch],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    rest, errors = child.communicate()
    assert child.returncode == -signal.SIGKILL, errors.decode()
    lines = [line for line in (first + rest).split(b"\n") if line]
    if not (first + rest).endswith(b"\n"):
        lines.pop()  # cut off while it was said
    return [json.loads(line) for line in lines]


def assert_sound(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert safekeeping.check(folder).faults == ()


def assert_kept(folder: Path, told: list[Any]) -> int:
    """Everything acknowledged is there; how many things that were."""
    papers = whole(folder)
    notes = {it["paper"]: it["note"] for it in told if "note" in it}
    attachments = {it["attachment"]: it["paper"] for it in told if "attachment" in it}
    for uid, text in notes.items():
        # The save that was under way may be there instead: its number is higher.
        kept = papers[uid].note
        assert kept == text or kept[:_NUMBERED] > text[:_NUMBERED], (kept[:40], text[:40])
    for uid, paper in attachments.items():
        assert uid in {item.uid for item in papers[paper].attachments}
    for it in told:
        if "tag" in it:
            tagged = [paper for paper in papers.values() if it["tag"] in paper.tags]
            assert len(tagged) == it["papers"] > 0
    known = {paper.title for paper in papers.values()}
    assert {it["title"] for it in told if "title" in it} <= known
    return len(told) - 1


def kills(home: Path, count: int, seed: int) -> dict[str, int]:
    """Kill that often, six times each library; how many things were acknowledged by each job."""
    chance = random.Random(seed)
    figures: dict[str, int] = dict.fromkeys(JOBS, 0)
    first = home / "first"
    with writing(first) as writer:
        bring(writer, SEED)
    folder = first
    for number in range(count):
        if number % 6 == 0:
            folder = Path(shutil.copytree(first, home / f"library{number}"))
        job = JOBS[number % len(JOBS)]
        told = killed(job, folder, number, home, chance.uniform(0.0, 0.4))
        # The first to look is another program, before ours repairs anything.
        with closing(sqlite3.connect(folder / "library.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with closing(open_writer(folder)) as writer:
            catch_up(writer)
        assert_sound(folder)
        figures[job] += assert_kept(folder, told)
        assert_true(folder, ["killed", "killed word", "paper killed", "flow"], words=())
    return figures


def test_killed_at_random_moments(tmp_path: Path) -> None:
    figures = kills(tmp_path, 8, seed=1)
    assert all(figures.values()), figures


@pytest.mark.long
def test_killed_fifty_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    figures = kills(tmp_path, 50, seed=2)
    with capsys.disabled():
        seconds = time.monotonic() - start
        sys.stdout.write(f"\n50 kills in {seconds:.0f} s; acknowledged and kept: {figures}\n")


def test_killed_while_the_library_is_made(tmp_path: Path) -> None:
    """The very first start, cut off at any point, leaves nothing that cannot be opened."""
    for number in range(6):
        folder = tmp_path / f"library{number}"
        child = subprocess.Popen(
            [sys.executable, "-m", "reader", "--library", folder, "import", SEED],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        # The moment the database appears is the most delicate one.
        end = time.monotonic() + 20
        while not (folder / "library.db").exists() and time.monotonic() < end:
            time.sleep(0.0005)
        time.sleep(number * 0.004)
        child.kill()
        child.wait()
        with writing(folder) as writer:
            bring(writer, SEED)
        assert_sound(folder)
        assert len(titles(folder)) == 113
