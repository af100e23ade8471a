"""kill -9 at random moments: the library opens, is whole, and holds all that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reader.domain.lists import Scope
from reader.library.checking import check
from reader.library.place import Place
from reader.library.reading import Reader
from reader.library.schema import migrate
from reader.library.writing import Writer

ROOT = Path(__file__).resolve().parents[2]
VICTIM = Path(__file__).with_name("victim.py")
MODES = ("notes", "import", "attach")
_LONGEST = 0.8  # seconds of work before the kill


def killed(mode: str, library: Path, work: Path, after: float) -> list[list[str]]:
    """Run the victim, kill it `after` seconds of writing; what it acknowledged, word by word."""
    process = subprocess.Popen(
        [sys.executable, str(VICTIM), mode, str(library), str(work)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said: list[list[str]] = []
    assert process.stdout is not None
    stream = process.stdout
    said.append(stream.readline().split())
    listening = threading.Thread(target=lambda: said.extend(line.split() for line in stream))
    listening.start()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    listening.join()
    stream.close()
    # A last line that was cut by the kill was not acknowledged.
    return [line for line in said if len(line) == 2]


def examine(library: Path, mode: str, said: list[list[str]]) -> None:
    """Open the library again and look for everything that was acknowledged."""
    writer = Writer(library, migrate)
    reader = Reader(library)
    try:
        assert writer.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        for _ in writer.catch_up():
            pass
        paper = reader.paper(said[0][1])
        last = said[-1][1]
        match mode:
            case "notes":
                saved = paper.note.split()[0].removeprefix("word")
                # The note may hold one save more than was said: it was on the disk already.
                expected = int(last) if last.isdigit() else 0
                assert (int(saved) if saved.isdigit() else 0) in (expected, expected + 1)
                found = reader.uids(reader.orders(Scope(), f"note:{paper.note.split()[0]}"))
                assert found == [paper.uid]
            case "import":
                count = len(reader.orders(Scope(), "title:generated"))
                assert count >= (int(last) if last.isdigit() else 0)
                rows = reader.rows(reader.orders(Scope()))
                assert count == sum(row.title.startswith("Generated") for row in rows)
            case _:
                known = {item.uid for item in paper.attachments}
                assert {words[1] for words in said if words[0] == "attached"} <= known
        assert check(Place(library)).faults == ()
    finally:
        reader.close()
        writer.close()


def kill_many(folder: Path, kills: int) -> None:
    chance = random.Random(7)
    for number in range(kills):
        mode = MODES[number % len(MODES)]
        library, work = folder / f"library-{number}", folder / f"work-{number}"
        work.mkdir()
        # WHEN it is killed, perhaps twice on the same library
        for _ in range(1 + number % 2):
            said = killed(mode, library, work, chance.uniform(0.0, _LONGEST))
            # THEN nothing acknowledged is missing
            if mode == "import" and number % 2:
                said = said[:1]  # the second run finds the first one's papers again
            examine(library, mode, said)


def test_nothing_acknowledged_is_lost_by_a_few_kills(tmp_path: Path) -> None:
    kill_many(tmp_path, 6)


@pytest.mark.long
def test_nothing_acknowledged_is_lost_by_fifty_kills(tmp_path: Path) -> None:
    kill_many(tmp_path, 51)
