"""Libraries for tests: opened, filled, and read back whole."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from reader.domain.lists import Scope
from reader.domain.paper import Author, Changes, Edition, Link, Note, PageEntry, Paper
from reader.library import papers
from reader.library.reading import Reader
from reader.library.schema import migrate
from reader.library.writing import Writer
from reader.services import editing
from reader.services.lanes import to_the_end
from reader.services.pdf_facts import PdfFacts

WORDS = (
    "flow", "matching", "diffusion", "transformer", "attention", "pre-training", "low-rank",
    "C++", "Schrödinger", "深度学习", "latent", "image", "model", "retrieval", "agent", "code",
)  # fmt: skip


def open_writer(folder: Path) -> Writer:
    """The library of a folder, made when there is none."""
    return Writer(folder, migrate)


@contextmanager
def writing(folder: Path) -> Iterator[Writer]:
    """The library to write; the index has caught up at the end."""
    with closing(open_writer(folder)) as writer:
        yield writer
        catch_up(writer)


def catch_up(writer: Writer) -> None:
    for _ in writer.catch_up():
        pass


def undo(writer: Writer) -> tuple[str, Changes] | None:
    """Take the last step back, all slices of it."""
    return to_the_end(editing.undo(writer))


def redo(writer: Writer) -> tuple[str, Changes] | None:
    """Do the last undone step again, all slices of it."""
    return to_the_end(editing.redo(writer))


def add(writer: Writer, *wanted: Paper | str) -> list[str]:
    """Add papers in one step; their uids."""
    with writer.edit("Add") as edit:
        return [papers.add(edit, it if isinstance(it, Paper) else Paper(it)) for it in wanted]


def full_paper(title: str = "STARFlow: Scaling Latent Normalizing Flows") -> Paper:
    """A paper that has something in every field but files."""
    return Paper(
        title,
        authors=(Author("Gu", "Jiatao"), Author(literal="The Team")),
        abstract="We present STARFlow.\n\nA second paragraph.",
        editions=(
            Edition("", "preprint", "v2", "2025-06-06", "arXiv", "", "2506.06276"),
            Edition("", "published", "", "2025-11", "NeurIPS", "10.1000/starflow", ""),
        ),
        links=(Link("https://github.com/a/b", "code"),),
        tags=("flows", "to read"),
        collections=("Topics/Images",),
        notes=(Note(text="First thoughts"), Note(text="Second thoughts")),
        pages=(PageEntry("Daily papers", "Jun 11", None, 1, "page.txt", 12, 3, 400, "ak"),),
    )


def whole(folder: Path, *, times: bool = False) -> dict[str, Paper]:
    """Every paper by uid, the trash included; without `times` what was modified when is left out."""
    with closing(Reader(folder)) as reader:
        found = {
            uid: reader.paper(uid)
            for kind in ("all", "trash")
            for uid in reader.uids(reader.orders(Scope(kind)))
        }
    return found if times else {uid: timeless(paper) for uid, paper in found.items()}


def timeless(paper: Paper) -> Paper:
    """The paper without the times of its last change, which an undo moves on."""
    notes = tuple(replace(note, modified="") for note in paper.notes)
    return replace(paper, modified="", notes=notes, deleted="deleted" if paper.deleted else "")


def titles(folder: Path, text: str = "", kind: str = "all") -> list[str]:
    """The titles a search shows, newest first."""
    with closing(Reader(folder)) as reader:
        return [row.title for row in reader.rows(reader.orders(Scope(kind), text))]


def outside(folder: Path, sql: str, *values: object) -> None:
    """What another SQLite tool does to the library."""
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute(sql, values)
        connection.commit()


def some_text(chance: random.Random, most: int = 12) -> str:
    """Words at random, with signs between them."""
    return " ".join(
        chance.choice(WORDS) + chance.choice(["", "", ",", "."])
        for _ in range(chance.randint(0, most))
    )


def facts_of(path: Path) -> PdfFacts:
    """Stands in for the engine where a test is about the library."""
    return PdfFacts(pages=3, title=path.stem)
