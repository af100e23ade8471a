"""Notes: several a paper and free ones, every state kept, links known from both ends."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import Paper
from reader.library import note_links, note_states
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing, noting
from tests.library.shelf import add, catch_up, redo, undo


@pytest.fixture
def reader(folder: Path, writer: Writer) -> Iterator[Reader]:
    with closing(Reader(folder)) as made:
        yield made


def test_a_paper_has_several_notes_in_an_order(writer: Writer, reader: Reader) -> None:
    [paper] = add(writer, "A paper")
    first, _ = noting.add(writer, paper, "# First")
    second, changes = noting.add(writer, paper, "Second\nmore")
    assert changes.notes == {second} and changes.papers == {paper}
    assert [(it.uid, it.title) for it in reader.notes_of(paper)] == [
        (first, "First"), (second, "Second"),
    ]  # fmt: skip
    noting.order(writer, paper, [second, first])
    assert [it.uid for it in reader.notes_of(paper)] == [second, first]
    undo(writer)
    assert [it.uid for it in reader.notes_of(paper)] == [first, second]
    with pytest.raises(InputError):
        noting.order(writer, paper, [first])
    noting.remove(writer, first)
    assert [it.uid for it in reader.notes_of(paper)] == [second]
    undo(writer)
    assert reader.note(first).text == "# First"


def test_free_notes_belong_to_no_paper(writer: Writer, reader: Reader) -> None:
    uid, changes = noting.add(writer, "", "A thought of its own")
    assert changes.notes == {uid} and not changes.papers
    assert [(it.uid, it.paper) for it in reader.notes_of("")] == [(uid, "")]
    assert [it.uid for it in reader.all_notes()] == [uid]
    undo(writer)
    assert reader.notes_of("") == []
    with pytest.raises(NotFoundError):
        reader.note(uid)


def test_every_saved_state_is_there_and_can_be_brought_back(writer: Writer, reader: Reader) -> None:
    # GIVEN a note changed many times: typed into, cut, replaced
    [paper] = add(writer, "A paper")
    chance = random.Random(7)
    note, _ = editing.save_note(writer, paper, "", "Begin")
    states = ["Begin"]
    batch = ""
    text = "Begin"
    for _ in range(300):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:at] + text[at + chance.randrange(5) :]
            case 1 if chance.random() < 0.1:
                text = chance.choice(["Other", "Grüße 深度", ""]) * chance.randrange(9)
            case _:
                text = text[:at] + chance.choice(["word ", "é", "\n\n", "x"]) + text[at:]
        _, changes = editing.save_note(writer, paper, note, text, batch)
        batch = changes.batch or batch
        if text != states[-1]:
            states.append(text)
    # THEN the timeline has every one, newest first, though it was one stretch of typing
    timeline = reader.note_timeline(note)
    assert [reader.note_state(note, it.key) for it in reversed(timeline)] == states
    # AND they take little room: far from 300 whole texts
    [room] = writer.connection.execute("SELECT sum(length(text)) FROM note_states").fetchone()
    assert room < sum(map(len, states)) / 4
    # WHEN an old one is brought back
    noting.bring_back(writer, note, states[40])
    assert reader.note(note).text == states[40]
    undo(writer)
    assert reader.note(note).text == states[-1]
    # THEN bringing back and undoing are states as well
    assert len(reader.note_timeline(note)) == len(states) + 2
    with pytest.raises(NotFoundError):
        reader.note_state(note, 999_999)


def test_a_note_changed_by_another_program_loses_no_state(writer: Writer, reader: Reader) -> None:
    note, _ = noting.add(writer, "", "one")
    writer.connection.execute("UPDATE notes SET text = 'from outside' WHERE uid = ?", [note])
    noting.bring_back(writer, note, "three")
    kept = [reader.note_state(note, it.key) for it in reversed(reader.note_timeline(note))]
    assert kept == ["one", "from outside", "three"]


def test_links_are_known_from_both_ends(writer: Writer, reader: Reader) -> None:
    flow, mamba = add(writer, "Flow Matching", "Mamba: Linear Time")
    free, _ = noting.add(writer, "", "# Ideas\n[[flow-matching]] and [[Nowhere]]")
    own, _ = noting.add(writer, mamba, f"On [[Ideas]] and [it](paper-reader://paper/{flow}?page=2)")
    assert reader.titled("FLOW matching") == ("paper", flow)
    assert reader.titled("ideas") == ("note", free)
    assert reader.titled("Nowhere") is None
    assert {it.uid for it in reader.speaking_of("paper", flow)} == {free, own}
    assert [it.uid for it in reader.speaking_of("note", free)] == [own]
    assert reader.titles_beginning("flow") == [("paper", flow, "Flow Matching")]
    assert reader.titles_beginning("Ide") == [("note", free, "Ideas")]
    # WHEN the text changes, or the note goes
    noting.bring_back(writer, own, "nothing")
    assert [it.uid for it in reader.speaking_of("paper", flow)] == [free]
    noting.remove(writer, free)
    assert reader.speaking_of("paper", flow) == []
    assert reader.titled("ideas") is None
    undo(writer)
    assert reader.titled("ideas") == ("note", free)


def test_links_of_an_older_library_are_read_while_it_catches_up(
    writer: Writer, reader: Reader
) -> None:
    [flow] = add(writer, "Flow Matching")
    notes = [noting.add(writer, "", f"Note {n} on [[Flow Matching]]")[0] for n in range(250)]
    with writer.transaction() as connection:
        connection.execute("DELETE FROM note_links")
        connection.execute("DELETE FROM info WHERE key = 'links_at'")
    assert reader.speaking_of("paper", flow) == []
    catch_up(writer)
    assert {it.uid for it in reader.speaking_of("paper", flow)} == set(notes)
    assert not note_links.behind(writer.connection)


def test_a_remark_is_one_line_and_undone(writer: Writer, reader: Reader) -> None:
    [paper] = add(writer, "A paper")
    noting.set_remark(writer, paper, "  the one\nwith the \x00trick ")
    assert reader.paper(paper).remark == "the one with the trick"
    undo(writer)
    assert reader.paper(paper).remark == ""
    redo(writer)
    assert reader.paper(paper).remark == "the one with the trick"


def test_templates_are_built_in_until_the_reader_writes_over_them(
    writer: Writer, reader: Reader
) -> None:
    names = [it.name for it in noting.templates(reader, "note")]
    assert names == ["Questions", "Review", "Summary"]
    noting.put_template(writer, "note", "Summary", "Mine: {{title}} {{unknown}}")
    noting.put_template(writer, "note", "Weekly", "W")
    mine = {it.name: it for it in noting.templates(reader, "note")}
    assert mine["Summary"].uid and mine["Weekly"].text == "W" and not mine["Review"].uid
    values = noting.of_paper(Paper("A  title"), date(2026, 11, 25))
    assert noting.filled(mine["Summary"].text, values) == "Mine: A title {{unknown}}"
    noting.remove_template(writer, mine["Summary"].uid)
    assert (
        "In one sentence"
        in {it.name: it.text for it in noting.templates(reader, "note")}["Summary"]
    )
    undo(writer)
    assert noting.templates(reader, "note")[2].text.startswith("Mine")
    with pytest.raises(InputError):
        noting.put_template(writer, "note", " \n", "x")


def test_a_stretch_is_the_least_that_changed() -> None:
    for old, new in (("abc", "abXc"), ("aaa", "aaaa"), ("", "x"), ("same", "same"), ("ab", "ba")):
        start, cut, text = note_states._stretch(old, new)  # pyright: ignore[reportPrivateUsage]
        assert old[:start] + text + old[start + cut :] == new
        assert len(text) <= len(new) and cut <= len(old)
