"""A process to be killed: it works on a library and says what has reached the disk.

`python -m tests.end_to_end.child JOB FOLDER NUMBER FILE`: one line of JSON on
standard output for each thing acknowledged, written after the library returned.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from reader.domain.lists import Scope
from reader.library.reading import Reader
from reader.library.schema import migrate
from reader.library.writing import Writer
from reader.services import attaching, editing, importing
from reader.services.lanes import to_the_end
from reader.services.pdf_facts import PdfFacts


def facts(path: Path) -> PdfFacts:
    return PdfFacts(pages=1, title=path.stem)


def typing(writer: Writer, number: int, scratch: Path) -> Iterator[dict[str, object]]:
    """Notes on every fifth paper, each save with a number higher than all before."""
    with closing(Reader(writer.place.folder)) as reader:
        uids = reader.uids(reader.orders(Scope()))[number % 5 :: 5]
    count = 0
    while True:
        for uid in uids:
            batch = ""
            for _ in range(3):
                count += 1
                text = f"killed {number:03} {count:06} " + "word " * (count * 7 % 400)
                _, changes = editing.save_note(writer, uid, "", text, batch)
                batch = changes.batch
                yield {"paper": uid, "note": text}
        for _ in writer.catch_up():
            pass


def bringing(writer: Writer, number: int, file: Path) -> Iterator[dict[str, object]]:
    """Import after import, each a list of new papers."""
    for round_ in range(1000):
        path = file / f"list-{number}-{round_}.json"
        papers = [
            {
                "title": f"Paper {number:03} {round_:04} {n:03} of the killed import",
                "abstract": "text " * 50,
            }
            for n in range(60)
        ]
        path.write_text(json.dumps({"format": "paper-reader", "version": 1, "papers": papers}))
        with closing(Reader(writer.place.folder)) as reader:
            plan = to_the_end(importing.scan(reader, [path], facts))
        done = to_the_end(importing.commit(writer, plan))
        assert done.added == 60, done
        for paper in papers:
            yield {"title": paper["title"]}
        for _ in writer.catch_up():
            pass


def attaching_files(writer: Writer, number: int, file: Path) -> Iterator[dict[str, object]]:
    """One new file after the other."""
    with closing(Reader(writer.place.folder)) as reader:
        uids = reader.uids(reader.orders(Scope()))
    for round_ in range(100_000):
        path = file / f"{number}-{round_}.pdf"
        path.write_bytes(b"%%PDF- %d %d" % (number, round_) + b"x" * (round_ % 50) * 4000)
        uid = uids[round_ % len(uids)]
        done = attaching.attach(writer, uid, path, facts)
        path.unlink()
        yield {"paper": uid, "attachment": done.uid}


def editing_all(writer: Writer, number: int, _file: Path) -> Iterator[dict[str, object]]:
    """A new tag for many papers, again and again, each time in many slices."""
    editing._SLICE = 0.001  # pyright: ignore[reportPrivateUsage]
    with closing(Reader(writer.place.folder)) as reader:
        uids = reader.uids(reader.orders(Scope(), limit=30))
    for round_ in range(1000):
        name = f"edit {number:03} {round_:04}"
        changes = to_the_end(editing.change_tags(writer, uids, [name]))
        yield {"tag": name, "papers": len(changes.papers)}


def say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


JOBS = {"note": typing, "import": bringing, "attach": attaching_files, "edit": editing_all}

if __name__ == "__main__":
    job, folder, number, file = sys.argv[1:]
    writer = Writer(Path(folder), migrate)
    say({"open": True})
    for told in JOBS[job](writer, int(number), Path(file)):
        say(told)
