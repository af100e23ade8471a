"""A library of every released schema, kept as SQL, opens for ever with all that is in it.

A file here is never edited; a new schema adds one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.paper import Author, Edition, Link, PageEntry, ReadingState
from reader.library.place import SCHEMA_VERSION
from reader.library.reading import Reader
from reader.services import safekeeping
from tests.library.shelf import catch_up, redo, titles, undo, whole, writing

STORED = sorted((Path(__file__).parent / "stored").glob("schema-*.sql"))


def version_of(script: Path) -> int:
    return int(script.stem.removeprefix("schema-"))


def test_every_schema_has_its_stored_library() -> None:
    assert [version_of(script) for script in STORED] == list(range(1, SCHEMA_VERSION))


@pytest.fixture(params=STORED, ids=lambda script: script.stem)
def stored(request: pytest.FixtureRequest, folder: Path) -> int:
    """A library as a release wrote it, in the test's folder; its schema."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    (folder / "files").mkdir()
    (folder / "files" / "Mamba.pdf").write_bytes(b"%PDF-1.4 stored")
    return version_of(request.param)


def test_it_opens_with_all_that_is_in_it(folder: Path, stored: int) -> None:
    # WHEN it is opened by this program
    with writing(folder) as writer:
        assert writer.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        backups = list((folder / "backups").glob(f"library-*-schema-{stored}.db"))
        assert len(backups) == (stored < SCHEMA_VERSION), "what migrates is backed up before"
    # THEN every value is there
    papers = {paper.title: paper for paper in whole(folder).values()}
    flow = papers["STARFlow: Scaling Latent Normalizing Flows"]
    assert flow.authors == (Author("Gu", "Jiatao"), Author(literal="The Team"))
    assert flow.abstract == "We present STARFlow.\n\nA second paragraph."
    assert [(it.venue, it.doi, it.arxiv_id, it.published) for it in flow.editions] == [
        ("arXiv", "", "2506.06276", "2025-06-06"),
        ("NeurIPS", "10.1000/starflow", "", "2025-11"),
    ]
    assert all(isinstance(it, Edition) and it.uid for it in flow.editions)
    assert flow.links == (Link("https://github.com/a/b", "code"),)
    assert (flow.tags, flow.collections) == (("flows", "to read"), ("Topics/Images",))
    assert [note.text for note in flow.notes] == ["First thoughts", "Second thoughts"]
    assert flow.pages == (
        PageEntry("Daily papers", "Jun 11", None, 1, "page.txt", 12, 3, 400, "ak"),
    )
    mamba = papers["Mamba: Linear-Time Sequence Modeling"]
    assert (mamba.reading_state, mamba.starred) == (ReadingState.READING, True)
    assert (mamba.note, mamba.tags) == ("A thought about state spaces", ("later",))
    assert [(it.path, it.pages) for it in mamba.attachments] == [("Mamba.pdf", 3)]
    assert papers["A paper in the trash"].deleted
    # AND it is whole, searched, and remembers where the reader stopped
    assert safekeeping.check(folder).faults == ()
    assert titles(folder, "state spaces") == ["Mamba: Linear-Time Sequence Modeling"]
    with closing(Reader(folder)) as reader:
        position = reader.position(mamba.attachments[0].uid)
        assert position and (position.page, position.layout, position.rotation) == (1, "", 0)
        # AND so is what came with the third schema
        if stored >= 3:
            [mark] = reader.annotations(mamba.attachments[0].uid)
            assert (mark.page, mark.color, mark.quote) == (1, "green", "linear time")
            assert [note.text for note in reader.notes_of("")] == ["# A free note"]
            assert [template.name for template in reader.templates("note")] == ["Mine"]


def test_its_history_goes_on(folder: Path, stored: int) -> None:
    with writing(folder) as writer:
        # What had been undone can be redone, and everything before can be undone
        done = redo(writer)
        assert done and done[0] == "Change title"
        catch_up(writer)
        assert titles(folder, "Mamba") == ["Mamba"]
        while undo(writer):
            pass
        assert whole(folder) == {}, stored
