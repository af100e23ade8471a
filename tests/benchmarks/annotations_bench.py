"""Figures of annotations in lists: a million in the library, ten thousand in the pane of one paper.

    python tests/benchmarks/annotations_bench.py [--size N] [--folder FOLDER]

The library is made once, by plain SQL, and kept in the temporary folder (1.2 GB for a
million).  Each figure stands beside the floor: the barest SQL that finds the same keys.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from reader.domain.fold import index_words
from reader.domain.lists import MarkFilter
from reader.domain.marking import CARDS, PALETTE, Kind
from reader.domain.paper import new_uid
from reader.library import files
from reader.library.reading import Reader
from reader.ui.theme import Theme
from reader.ui.viewer.marks_pane.pane import MarksPane
from tests.library.shelf import add, open_writer

_PAPERS, _ON_ONE, _TIMES = 1_000, 10_000, 40
_COLUMNS = (
    "uid, attachment, kind, color, page, x, y, parts, quote, comment, placed, card, created, "
    "modified"
)
_KNOWN = (
    "the of and in we to model is for a attention that with training data method results show "
    "flow matching diffusion transformer latent image retrieval agent code sampling gradient "
    "loss baseline dataset benchmark scaling token context claim doubt question table figure"
)
_VOCABULARY = 30_000


def vocabulary() -> tuple[list[str], list[float]]:
    """Words as texts have them (Zipf): the n-th is n times rarer than the first; running sums."""
    rng = random.Random(1)
    letters = "etaoinsrhldcumfpgwybvk"
    words: list[str] = [*dict.fromkeys(_KNOWN.split())]
    while len(words) < _VOCABULARY:
        words.append("".join(rng.choices(letters, k=rng.randint(4, 11))))
    return words, list(accumulate(1 / (rank + 2) for rank in range(len(words))))


def told(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# ---- the library


def made(folder: Path, size: int) -> Path:
    """A library of `size` annotations over a thousand papers, made when it is not there yet."""
    ready = folder / "ready"
    if ready.exists():
        return folder
    rng = random.Random(7)
    with closing(open_writer(folder)) as writer:
        uids = add(writer, *(f"Paper {number} about {number % 7}" for number in range(_PAPERS)))
        slots: list[str] = []
        with writer.edit("Attach") as edit:
            for number, uid in enumerate(uids):
                stored = files.Stored(f"{number}.pdf", f"{number:064d}", 3)
                slots.append(files.add(edit, uid, stored, 30))
    with closing(sqlite3.connect(folder / "library.db")) as library:
        library.execute("PRAGMA synchronous = OFF")
        library.execute("PRAGMA trusted_schema = ON")
        places = ", ".join("?" * len(_COLUMNS.split(",")))
        sql = f"INSERT INTO annotations ({_COLUMNS}) VALUES ({places})"
        with library:
            library.executemany(sql, rows(rng, slots, size))
            library.executemany(
                "INSERT INTO tags (uid, name, created, modified) VALUES (?, ?, '2026', '2026')",
                [(new_uid(), f"tag {number}") for number in range(8)],
            )
            library.execute(
                "INSERT INTO annotation_tags SELECT a.id, t.id FROM annotations a "
                "JOIN tags t ON t.id = 1 + a.id % 8 WHERE a.id % 25 = 0"
            )
    told(f"{size:,} annotations written; the index is being made")
    with closing(open_writer(folder)) as writer:
        for _ in writer.catch_up():
            pass
    ready.touch()
    return folder


def rows(rng: random.Random, slots: list[str], size: int) -> Iterator[tuple[object, ...]]:
    """The annotations, oldest first; the first paper gets ten thousand of them."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    kinds, colors = list(Kind), [color.name for color in PALETTE]
    words_known, sums = vocabulary()

    def text(count: int) -> str:
        return " ".join(rng.choices(words_known, cum_weights=sums, k=count))

    heavy = min(_ON_ONE, size // 10)
    for number in range(size):
        slot = slots[0] if number % (size // heavy) == 0 else rng.choice(slots[1:])
        kind = Kind.HIGHLIGHT if rng.random() < 0.8 else rng.choice(kinds)
        page, x, y = rng.randrange(30), rng.uniform(60, 400), rng.uniform(60, 760)
        quad = [x, y, x + 150, y, x, y - 12, x + 150, y - 12]
        words = text(18)
        rare = f" okapi{number % 997}" if number % 50 == 0 else ""
        at = (start + timedelta(seconds=200 * number)).isoformat(timespec="milliseconds")
        yield (
            new_uid(), slot, kind.value, rng.choice(colors), page, x, y,
            json.dumps([{"page": page, "quads": [quad]}]), words + rare,
            text(6) if rng.random() < 0.2 else "",
            0 if rng.random() < 0.0005 else 1,
            rng.choice(CARDS) if rng.random() < 0.03 else "", at[:23] + "Z", at[:23] + "Z",
        )  # fmt: skip


# ---- figures


def timed(work: Callable[[], object], times: int = _TIMES) -> tuple[float, float]:
    """(p50, p95) of a piece of work, milliseconds of the clock."""
    found: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    found.sort()
    return median(found), found[int(0.95 * (len(found) - 1))]


def line(
    name: str,
    work: Callable[[], object],
    floor: Callable[[], object] | None = None,
    times: int = _TIMES,
) -> None:
    p50, p95 = timed(work, times)
    bare = f"   floor {timed(floor)[0]:7.2f}" if floor else ""
    told(f"  {name:44} p50 {p50:7.2f}  p95 {p95:7.2f} ms{bare}")


def lists(folder: Path) -> None:
    """The first window of the library's list under each filter, and the deep ones."""
    with closing(Reader(folder)) as reader, closing(sqlite3.connect(folder / "library.db")) as bare:
        bare.execute("ATTACH ? AS idx", [str(folder / "search.db")])
        [middle] = bare.execute("SELECT max(id) / 2 FROM annotations").fetchone()
        paper = reader.marks(MarkFilter(), most=1)[0].paper

        def sql(text: str, *values: object) -> Callable[[], object]:
            return lambda: bare.execute(text, values).fetchall()

        newest = "SELECT id FROM annotations WHERE {} ORDER BY id DESC LIMIT 200"
        live = "deleted IS NULL AND "
        told("the library's list, a window of 200")
        line("opened", lambda: reader.marks(MarkFilter()), sql(newest.format(live + "1")))
        line("from the middle on", lambda: reader.marks(MarkFilter(), middle))
        for name, wanted, where in (
            ("a colour", MarkFilter(colors=("red",)), "color = 'red'"),
            (
                "two colours, two kinds",
                MarkFilter(colors=("red", "blue"), kinds=("ink", "area")),
                "",
            ),
            ("a rare kind", MarkFilter(kinds=("ink",)), "kind = 'ink'"),
            ("a tag", MarkFilter(tags=("tag 3",)), ""),
            ("a paper", MarkFilter(paper=paper), ""),
            ("a card", MarkFilter(card="doubt"), "card = 'doubt'"),
            ("any card", MarkFilter(card="*"), "card <> ''"),
            ("unplaced", MarkFilter(unplaced=True), "placed = 0"),
            ("an old month", MarkFilter(since="2020-02-01", until="2020-02-28"), ""),
            ("an old year", MarkFilter(until="2020-12-31"), ""),
            (
                "an old month in red",
                MarkFilter("", ("red",), since="2020-02-01", until="2020-02-28"),
                "",
            ),
            (
                "a word in an old month",
                MarkFilter("attention", since="2020-02-01", until="2020-02-28"),
                "",
            ),
            ("the last month", MarkFilter(since="2026-04-01"), "created >= '2026-04-01'"),
        ):
            floor = sql(newest.format(live + where)) if where else None
            line(name, lambda wanted=wanted: reader.marks(wanted), floor)
        told("text, as one types")
        for text in (
            "a",
            "at",
            "att",
            "attention",
            "attention flow",
            "okapi12",
            "doubt okapi",
            "zzz",
        ):
            words = " ".join(f'"{word}"' for word in index_words(text))
            match = "SELECT rowid FROM idx.marks WHERE marks MATCH ? ORDER BY rowid DESC LIMIT 200"
            line(
                repr(text),
                lambda text=text: reader.marks(MarkFilter(text=text)),
                sql(match, words + "*"),
            )
        line("'attention' in red", lambda: reader.marks(MarkFilter("attention", ("red",))))
        told("counting up to 10,000")
        for name, wanted in (("all", MarkFilter()), ("a colour", MarkFilter(colors=("red",)))):
            line(name, lambda wanted=wanted: reader.count_marks(wanted))


def pane(folder: Path) -> None:
    """The pane of a paper with ten thousand: opened, filtered, sorted and painted in the window."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme = Theme(app, "light")
    told("the pane of one paper")
    with closing(Reader(folder)) as reader, closing(sqlite3.connect(folder / "library.db")) as bare:
        [slot] = bare.execute(
            "SELECT attachment FROM annotations GROUP BY attachment ORDER BY count(*) DESC"
        ).fetchone()
        line("read (read lane)", lambda: reader.annotations(slot), times=5)
        found = {one.uid: one for one in reader.annotations(slot)}
    room = QWidget()
    room.resize(260, 800)
    room.show()
    panes: list[MarksPane] = []

    def opened() -> None:
        made = MarksPane(theme, str, room)
        made.resize(260, 800)
        made.show_all(found)
        made.show()
        made.grab()
        panes.append(made)

    line(f"{len(found):,} opened and painted", opened)
    shown = panes[-1]
    for name, text, sort in (
        ("filtered by 'a'", "a", "page"), ("filtered by 'attention'", "attention", "page"),
        ("filtered by 'zzz'", "zzz", "page"), ("sorted by colour", "", "color"),
        ("sorted by text", "", "text"), ("sorted by date", "", "date"),
    ):  # fmt: skip
        took: list[float] = []
        for _ in range(_TIMES):
            shown.search.setText("")
            shown.sort_by("page")
            start = time.perf_counter()
            shown.search.setText(text)
            shown.sort_by(sort)
            shown.grab()
            took.append((time.perf_counter() - start) * 1000)
        took.sort()
        told(f"  {name:44} p50 {median(took):7.2f}  p95 {took[int(0.95 * (_TIMES - 1))]:7.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.gettempdir()) / f"paper-reader-marks-{given.size}"
    made(folder, given.size)
    pane(folder)
    lists(folder)


if __name__ == "__main__":
    main()
