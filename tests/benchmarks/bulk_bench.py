"""Figures of much at once: an import, the same import again, edits of a whole selection.

    python tests/benchmarks/bulk_bench.py [PAPERS]

PAPERS is 20,000 when not given.  Each is compared with the bare rows: what SQLite
alone needs to insert all that the import wrote, into the same tables.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reader.domain.lists import Scope  # noqa: E402
from reader.domain.paper import Author, Edition, Link, PageEntry, Paper, ReadingState  # noqa: E402
from reader.library.reading import Reader  # noqa: E402
from reader.library.schema import migrate  # noqa: E402
from reader.library.writing import Writer  # noqa: E402
from reader.services import editing, importing, safekeeping  # noqa: E402
from reader.services.import_plan import Plan, Planned  # noqa: E402
from reader.services.lanes import Priority, WriterLane  # noqa: E402

_PAUSE = 0.02  # seconds between two saves of a note


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of the processor, which tell more on a busy machine."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s ({self.cpu:6.2f} s of processor)"


def say(name: str, value: str) -> None:
    sys.stdout.write(f"{name:<52}{value}\n")
    sys.stdout.flush()


def drawn(count: int) -> list[Paper]:
    """Papers as a feed gives them: authors, an abstract, an arXiv id, a link, a page, a tag."""
    chance = random.Random(1)
    words = [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}" * chance.randint(1, 3)
             + str(number) * (number > 500) for number in range(20_000)]  # fmt: skip
    weights = [1 / (rank + 5) for rank in range(len(words))]
    found: list[Paper] = []
    for number in range(count):
        text = chance.choices(words, weights, k=130)
        found.append(
            Paper(
                " ".join(text[:9]),
                authors=tuple(Author(word.title(), "Ada B.") for word in text[:5]),
                abstract=" ".join(text[9:]),
                editions=(
                    Edition(
                        kind="preprint",
                        published=f"20{16 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
                        venue="arXiv",
                        arxiv_id=f"{16 + number % 10}{1 + number % 12:02}.{number + 1:05}",
                    ),
                ),
                links=(Link(f"https://github.com/{text[0]}/{number}", "code"),),
                tags=(("vision", "language", "speech")[number % 3],),
                pages=(PageEntry("Daily papers", f"Jun {1 + number % 28}", None, number),),
            )
        )
    return found


class Waits:
    """Saves a note again and again while something else is written; how long each took."""

    def __init__(self, lane: WriterLane, writer: Writer, uid: str) -> None:
        self._lane, self._writer, self._uid = lane, writer, uid
        self.seconds: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._save)

    def __enter__(self) -> Waits:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _save(self) -> None:
        batch = note = ""
        while not self._stop.wait(_PAUSE):
            start = time.perf_counter()
            text = f"{start} " + "word " * 100
            save = (editing.save_note, self._writer, self._uid, note, text, batch)
            note, changes = self._lane.submit(*save, priority=Priority.NOTE).result()
            batch = changes.batch
            self.seconds.append(time.perf_counter() - start)


def timed(lane: WriterLane, work: Callable[..., Any], *args: Any) -> Took:
    """Do the work on the lane, which has nothing else to do."""
    start, used = time.perf_counter(), time.process_time()
    lane.submit(work, *args, priority=Priority.EDIT).result()
    return Took(time.perf_counter() - start, time.process_time() - used)


def beside_notes(
    lane: WriterLane, writer: Writer, name: str, work: Callable[..., Any], *args: Any
) -> None:
    """Do the work on the lane while a note is being typed; how long the note waited."""
    with closing(Reader(writer.place.folder)) as reader:
        uid = reader.uids(reader.orders(Scope(), limit=1))[0]
    with Waits(lane, writer, uid) as waits:
        took = timed(lane, work, writer, *args)
    tell(name, took, waits)


def backed_up(lane: WriterLane, writer: Writer, uid: str) -> None:
    """The daily backup, which is not on the lane, while a note is being typed."""
    start, used = time.perf_counter(), time.process_time()
    with Waits(lane, writer, uid) as waits:
        assert safekeeping.daily(writer.place)
    took = Took(time.perf_counter() - start, time.process_time() - used)
    tell("the daily backup", took, waits)


def tell(name: str, took: Took, waits: Waits) -> None:
    waited = sorted(waits.seconds) or [0.0]
    say(name, f"{took}   a note waits {waited[-1] * 1000:5.0f} ms at worst, "
        f"{waited[len(waited) // 2] * 1000:4.0f} ms at the median ({len(waited)} saves)")  # fmt: skip


def bare(folder: Path, target: Path) -> Took:
    """Seconds for the library's own rows, table by table, in one transaction each."""
    with closing(Writer(target, migrate)):
        pass
    with closing(sqlite3.connect(folder / "library.db")) as source:
        names = [row[0] for row in source.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%' "
            "AND name NOT IN ('info', 'index_todo')")]  # fmt: skip
        rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    with closing(sqlite3.connect(target / "library.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        start, used = time.perf_counter(), time.process_time()
        for name, found in rows.items():
            if found:
                marks = ", ".join("?" * len(found[0]))
                connection.execute("BEGIN")
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
                connection.execute("COMMIT")
        return Took(time.perf_counter() - start, time.process_time() - used)


def edit_all(lane: WriterLane, writer: Writer, uids: list[str]) -> None:
    """What one does to a selection, each while a note is typed; undo and redo after it."""
    edits: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
        ("marked as read", editing.set_state, (uids, ReadingState.READ)),
        ("starred", editing.set_starred, (uids, True)),
        ("one tag added, one taken away", editing.change_tags, (uids, ["new"], ["vision"])),
        ("put into a collection", editing.add_to_collection, (uids, "A/B")),
        ("moved to the trash", editing.move_to_trash, (uids[1:],)),
        ("restored from the trash", editing.restore_from_trash, (uids[1:],)),
    ]
    for name, work, args in edits:
        beside_notes(lane, writer, name, work, *args)
    timed(lane, editing.set_state, writer, uids, ReadingState.READING)
    beside_notes(lane, writer, "a state undone", editing.undo)
    timed(lane, editing.set_state, writer, uids, ReadingState.UNREAD)
    timed(lane, editing.undo, writer)
    beside_notes(lane, writer, "a state done again", editing.redo)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    drawn_papers = drawn(count)
    plan = Plan(tuple(Planned("list.json", paper, "add") for paper in drawn_papers))
    say(f"{count:,} papers", "")
    with tempfile.TemporaryDirectory() as home:
        folder, second = Path(home, "library"), Path(home, "second")
        with closing(WriterLane()) as lane, closing(Writer(folder, migrate)) as writer:
            took = timed(lane, importing.commit, writer, plan)
            floor = bare(folder, Path(home, "bare"))
            ratio = (
                f"{took.wall / floor.wall:.1f} and {took.cpu / floor.cpu:.1f} times the bare rows"
            )
            say("imported", f"{took}   {ratio}")
            say("the bare rows", str(floor))
            say("indexed", str(timed(lane, writer.catch_up)))
            with closing(Reader(folder)) as reader:
                uids = reader.uids(reader.orders(Scope()))
                say("matched, nothing written", str(timed(lane, matched, reader, drawn_papers)))
            say("imported again, nothing new", str(timed(lane, importing.commit, writer, plan)))
            edit_all(lane, writer, uids)
            backed_up(lane, writer, uids[0])
        with closing(WriterLane()) as lane, closing(Writer(second, migrate)) as writer:
            first = Plan((Planned("list.json", Paper("Notes are typed here"), "add"),))
            timed(lane, importing.commit, writer, first)
            beside_notes(lane, writer, "imported while a note is typed", importing.commit, plan)


def matched(reader: Reader, papers: list[Paper]) -> None:
    for paper in papers:
        assert reader.find_same(paper)


if __name__ == "__main__":
    main()
