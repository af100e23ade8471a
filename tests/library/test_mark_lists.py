"""Annotations over the whole library: every filter, newest first, window by window."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.fold import index_words
from reader.domain.lists import MarkFilter, MarkRow
from reader.domain.marking import Annotation, Kind, Part
from reader.library import annotation_listing, files, mark_words
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import annotating, editing
from reader.services.lanes import to_the_end
from tests.library.shelf import add, catch_up, undo

WORDS = ("flow", "matching", "Schrödinger", "state-space", "attention")


@pytest.fixture
def reader(folder: Path, writer: Writer) -> Iterator[Reader]:
    with closing(Reader(folder)) as made:
        yield made


@pytest.fixture
def papers(writer: Writer) -> list[str]:
    """Three papers with 40 annotations each, of many looks; their uids."""
    chance = random.Random(3)
    uids = add(writer, "First", "Second", "Third")
    for number, uid in enumerate(uids):
        with writer.edit("Attach") as edit:
            slot = files.add(edit, uid, files.Stored(f"{number}.pdf", str(number) * 64, 3), 12)
        annotating.add(writer, [random_mark(slot, chance) for _ in range(40)])
    catch_up(writer)
    return uids


def random_mark(slot: str, chance: random.Random) -> Annotation:
    y = chance.uniform(100, 700)
    return Annotation(
        chance.choice([Kind.HIGHLIGHT, Kind.UNDERLINE, Kind.NOTE]),
        (Part(chance.randrange(9), ((10.0, y + 9, 90.0, y + 9, 10.0, y, 90.0, y),)),),
        slot,
        chance.choice(["yellow", "red", "#00ff7f"]),
        " ".join(chance.sample(WORDS, 2)),
        comment=chance.choice(["", "a doubt", "see also"]),
        tags=tuple(chance.sample(["proof", "later"], chance.randrange(3))),
        card=chance.choice(["", "", "claim", "method"]),
        placed=chance.random() < 0.8,
        created=f"2026-11-{chance.randrange(10, 28)}T10:00:00.000Z",
    )


def everything(reader: Reader) -> list[MarkRow]:
    return reader.marks(MarkFilter(), most=1000)


def fits(row: MarkRow, wanted: MarkFilter) -> bool:
    it = row.annotation
    words = set(index_words(f"{it.quote} {it.comment}"))
    typed = list(index_words(wanted.text))
    return (
        all(word in words for word in typed[:-1])
        and (not typed or any(word.startswith(typed[-1]) for word in words))
        and (not wanted.colors or it.color in wanted.colors)
        and (not wanted.kinds or it.kind in wanted.kinds)
        and (not wanted.tags or bool(set(wanted.tags) & set(it.tags)))
        and (not wanted.paper or row.paper == wanted.paper)
        and (not wanted.since or it.created[:10] >= wanted.since)
        and (not wanted.until or it.created[:10] <= wanted.until)
        and (not wanted.card or (bool(it.card) if wanted.card == "*" else it.card == wanted.card))
        and (not wanted.unplaced or not it.placed)
    )


@pytest.fixture(params=[10_000, 15], ids=["few", "many"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows are looked at one by one, also so few that all are many."""
    monkeypatch.setattr(annotation_listing, "_FEW", request.param)
    monkeypatch.setattr(annotation_listing, "_STRETCH", request.param // 2)
    monkeypatch.setattr(mark_words, "_MOST", 32 if request.param > 15 else 1)
    return request.param


def test_every_filter_alone_and_with_every_other(
    reader: Reader, papers: list[str], few: int
) -> None:
    del few
    singles = [
        MarkFilter(text="flow"), MarkFilter(text="schrodinger fl"), MarkFilter(text="doub"),
        MarkFilter(text="?!"),
        MarkFilter(colors=("red", "#00ff7f")), MarkFilter(kinds=("highlight", "note")),
        MarkFilter(tags=("proof",)), MarkFilter(tags=("proof", "later")),
        MarkFilter(paper=papers[1]), MarkFilter(since="2026-11-20"), MarkFilter(until="2026-11-15"),
        MarkFilter(card="*"), MarkFilter(card="claim"), MarkFilter(unplaced=True), MarkFilter(),
    ]  # fmt: skip
    whole = everything(reader)
    assert len(whole) == 120 and [it.key for it in whole] == sorted(
        (it.key for it in whole), reverse=True
    )
    assert {it.paper for it in whole} == set(papers)
    bare = MarkFilter()
    for one, other in itertools.combinations(singles, 2):
        both = {
            name: getattr(other, name)
            for name in MarkFilter.__slots__  # pyright: ignore[reportAttributeAccessIssue]
            if getattr(other, name) != getattr(bare, name)
        }
        wanted = replace(one, **both)
        expected = [row for row in whole if fits(row, wanted)]
        found = reader.marks(wanted, most=1000)
        if (wanted.since or wanted.until) and found != expected:  # the newest date first
            expected.sort(key=lambda row: (row.annotation.created, row.key), reverse=True)
        assert found == expected, wanted
        assert reader.count_marks(wanted) == len(expected)


def test_windows_follow_each_other(reader: Reader, papers: list[str]) -> None:
    del papers
    for wanted in (
        MarkFilter(), MarkFilter(colors=("red", "yellow")), MarkFilter(text="flow"),
        MarkFilter(since="2026-11-12", until="2026-11-20"),
        MarkFilter("flow", ("red", "yellow"), since="2026-11-12"),
    ):  # fmt: skip
        found: list[MarkRow] = []
        while window := reader.marks(wanted, found[-1].key if found else None, most=7):
            assert len(window) <= 7
            found += window
        assert found == reader.marks(wanted, most=1000)
    assert reader.count_marks(MarkFilter(), most=50) == 50


def test_those_of_a_time_come_by_their_dates(
    writer: Writer, reader: Reader, papers: list[str], few: int
) -> None:
    del papers, few
    # GIVEN one that came late and was made early, as one out of a PDF
    slot = everything(reader)[0].annotation.attachment
    old = replace(random_mark(slot, random.Random(1)), created="2019-05-01T00:00:00.000Z")
    annotating.add(writer, [old])
    # WHEN a time is asked for THEN the newest date is first
    found = [row.annotation.created for row in reader.marks(MarkFilter(until="2026-11-20"))]
    assert found == sorted(found, reverse=True)
    assert found[-1] == old.created
    assert [it.annotation.created for it in reader.marks(MarkFilter(until="2019-12-31"))] == [
        old.created
    ]


def test_a_long_beginning_stands_for_every_word_that_begins_so(
    writer: Writer, reader: Reader, papers: list[str], few: int
) -> None:
    del papers, few
    slot = everything(reader)[0].annotation.attachment
    for word in ("reading", "readings", "readable", "reader's", "read"):
        annotating.add(writer, [replace(random_mark(slot, random.Random(1)), quote=word)])
    catch_up(writer)

    def quotes(text: str) -> set[str]:
        return {it.annotation.quote for it in reader.marks(MarkFilter(text))}

    assert quotes("read") == {"reading", "readings", "readable", "reader's", "read"}
    assert quotes("readi") == {"reading", "readings"}
    assert quotes("readings") == {"readings"}
    assert quotes("reader's") == {"reader's"}
    assert quotes("readx") == set()


def test_what_is_deleted_or_in_the_trash_is_not_listed(
    writer: Writer, reader: Reader, papers: list[str]
) -> None:
    gone = everything(reader)[0].annotation
    annotating.remove(writer, [gone.uid])
    to_the_end(editing.move_to_trash(writer, [papers[0]]))
    catch_up(writer)
    assert {it.paper for it in everything(reader)} == set(papers[1:])
    assert len(everything(reader)) == 79
    assert gone.uid not in {it.annotation.uid for it in reader.marks(MarkFilter(gone.quote))}
    undo(writer)
    undo(writer)
    catch_up(writer)
    assert len(everything(reader)) == 120
    assert gone.uid in {it.annotation.uid for it in reader.marks(MarkFilter(gone.quote), most=1000)}


def test_words_follow_every_change_and_a_lost_index(
    folder: Path, writer: Writer, reader: Reader, papers: list[str]
) -> None:
    del papers
    mark = everything(reader)[5].annotation
    annotating.change(writer, [replace(mark, comment="quixotic")])
    catch_up(writer)
    assert [it.annotation.uid for it in reader.marks(MarkFilter("quixo"))] == [mark.uid]
    assert [it.annotation.uid for it in reader.marks(MarkFilter(f"quixotic {mark.quote}"))] == [
        mark.uid
    ]
    annotating.change(writer, [replace(mark, comment="")])
    catch_up(writer)
    assert reader.marks(MarkFilter("quixotic")) == []
    before = reader.marks(MarkFilter("flow"), most=1000)
    # WHEN the index is lost, it is made anew with all annotations in it
    for suffix in ("", "-wal", "-shm"):
        (folder / f"search.db{suffix}").unlink(missing_ok=True)
    catch_up(writer)
    assert reader.marks(MarkFilter("flow"), most=1000) == before != []
