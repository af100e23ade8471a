"""Figures of the library: note save, import of the page, lists and searches, small and large.

    python tests/benchmarks/library_bench.py [PAPERS]

PAPERS (100,000 when not given) is the size of the large library, which is
generated in a temporary folder.  Ratios travel between machines, times do not.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reader import paths  # noqa: E402
from reader.domain.lists import Scope  # noqa: E402
from reader.domain.paper import Author, Edition, Paper  # noqa: E402
from reader.library import papers  # noqa: E402
from reader.library.reading import Reader  # noqa: E402
from reader.library.schema import migrate  # noqa: E402
from reader.library.writing import Writer  # noqa: E402
from reader.services import editing  # noqa: E402
from reader.services.importing import commit, scan  # noqa: E402
from reader.services.lanes import Steps  # noqa: E402
from reader.services.pdf_facts import PdfFacts  # noqa: E402

_SHOWN = 60  # rows a window paints at once
_STEPS = 10_000  # papers generated in one transaction


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each call."""
    found: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def tell(name: str, seconds: list[float], more: str = "") -> None:
    middle = statistics.median(seconds) * 1000
    worst = sorted(seconds)[int(len(seconds) * 0.95)] * 1000
    sys.stdout.write(f"{name:<44} median {middle:8.2f} ms   p95 {worst:8.2f} ms   {more}\n")
    sys.stdout.flush()


def raw_commit(folder: Path) -> list[float]:
    """The floor: one UPDATE and COMMIT of a bare table in the same modes on the same disk."""
    with closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO notes VALUES (1, '')")
        # Each time another text: SQLite writes nothing when nothing changes.
        texts = iter([f"{number} " + "word " * 200 for number in range(300)])
        return timed(lambda: connection.execute("UPDATE notes SET text = ?", [next(texts)]), 300)


def note_save(folder: Path, name: str) -> None:
    """Saves of one stretch of typing, against the floor taken just before and after."""
    with closing(Writer(folder, migrate)) as writer, closing(Reader(folder)) as reader:
        [uid] = reader.uids(reader.orders(Scope(), limit=1))
        typed = {"text": "", "batch": ""}

        def save() -> None:
            typed["text"] += "word "
            _, changes = editing.save_note(writer, uid, "", typed["text"], typed["batch"])
            typed["batch"] = changes.batch

        floor = raw_commit(Path(tempfile.mkdtemp(dir=folder.parent)))
        seconds = timed(save, 300)
        floor += raw_commit(Path(tempfile.mkdtemp(dir=folder.parent)))
        ratio = statistics.median(seconds) / statistics.median(floor)
        tell(f"raw commit, synchronous=FULL ({name})", floor)
        tell(f"note save ({name})", seconds, f"{ratio:.1f} times a raw commit")
        tell(f"note save, then the index ({name})", timed(lambda: (save(), drain(writer)), 100))


def drain(writer: Writer) -> None:
    for _ in writer.catch_up():
        pass


def bring_page(folder: Path) -> None:
    """The saved page into an empty library: read, plan, write, index."""
    seeds = sorted(paths.seeds().glob("*.txt"))

    def run() -> None:
        target = Path(tempfile.mkdtemp(dir=folder.parent))
        with closing(Writer(target, migrate)) as writer, closing(Reader(target)) as reader:
            steps = Steps(scan(reader, seeds, lambda _: PdfFacts()))
            list(steps)
            list(commit(writer, steps.answer))
            drain(writer)

    tell("the page into an empty library, indexed", timed(run, 10))
    with closing(Writer(folder, migrate)) as writer, closing(Reader(folder)) as reader:
        steps = Steps(scan(reader, seeds, lambda _: PdfFacts()))
        list(steps)
        waits = timed_steps(commit(writer, steps.answer))
        drain(writer)
    sys.stdout.write(f"{'longest step of that import':<44} {max(waits) * 1000:15.2f} ms\n")


def timed_steps(steps: object) -> list[float]:
    found: list[float] = []
    iterator = iter(steps)  # type: ignore[call-overload]
    while True:
        start = time.perf_counter()
        more = next(iterator, None) is not None
        found.append(time.perf_counter() - start)
        if not more:
            return found


def generate(folder: Path, count: int) -> None:
    """A library of papers with Zipf-like words, as real titles and abstracts have them."""
    chance = random.Random(1)
    words = [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}" * chance.randint(1, 3)
             + str(number) * (number > 500) for number in range(20_000)]  # fmt: skip
    weights = [1 / (rank + 5) for rank in range(len(words))]
    start = time.perf_counter()
    with closing(Writer(folder, migrate)) as writer:
        for begin in range(0, count, _STEPS):
            size = min(_STEPS, count - begin)
            drawn = iter(chance.choices(words, weights, k=size * 128))
            with writer.bulk(), writer.edit("Generate") as edit:
                for number in range(begin, begin + size):
                    papers.add(edit, made(number, [next(drawn) for _ in range(128)]))
        written = time.perf_counter() - start
        drain(writer)
    indexed = time.perf_counter() - start - written
    sys.stdout.write(
        f"{'written':<44} {count / written:9.0f} papers/s\n"
        f"{'indexed':<44} {count / indexed:9.0f} papers/s\n"
    )


def made(number: int, words: list[str]) -> Paper:
    day = f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}"
    people = tuple(Author(word.title(), "A.") for word in words[:4])
    return Paper(
        " ".join(words[:8]),
        authors=people,
        abstract=" ".join(words[8:]),
        editions=(Edition(published=day),),
    )


def look(folder: Path, name: str) -> None:
    """What a window asks for: a list, its first rows, the sidebar, searches as one types."""
    with closing(Reader(folder)) as reader:
        everything = reader.orders(Scope())
        first = [row.title.split()[0].lower() for row in reader.rows(everything[:40])]
        common = reader.rows(everything[-1:])[0].title.split()
        tell(f"all papers, newest first ({name})", timed(lambda: reader.orders(Scope()), 20))
        by_title = timed(lambda: reader.orders(Scope(), sort="title"), 10)
        tell(f"all papers by title ({name})", by_title)
        tell(f"{_SHOWN} rows ({name})", timed(lambda: reader.rows(everything[:_SHOWN]), 50))
        tell(f"sidebar ({name})", timed(reader.overview, 20))
        typed = [word[:size] for word in first for size in range(1, len(word) + 1)]
        seconds = [timed(lambda text=text: reader.orders(Scope(), text), 1)[0] for text in typed]
        tell(f"search, one word as one types ({name})", seconds)
        pairs = [f"{one} {other[:2]}" for one, other in pairwise(first)]
        seconds = [timed(lambda text=text: reader.orders(Scope(), text), 1)[0] for text in pairs]
        tell(f"search, two words ({name})", seconds)
        phrase = f'"{common[0]} {common[1]}"'
        tell(f"search, a phrase ({name})", timed(lambda: reader.orders(Scope(), phrase), 5))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as home:
        small, large = Path(home, "small"), Path(home, "large")
        bring_page(small)
        look(small, "113")
        note_save(small, "113")
        generate(large, count)
        name = f"{count:,}"
        look(large, name)
        note_save(large, name)
        size = sum(path.stat().st_size for path in large.rglob("*") if path.is_file())
        sys.stdout.write(f"{'on disk':<44} {size / count:15.0f} bytes a paper\n")


if __name__ == "__main__":
    main()
