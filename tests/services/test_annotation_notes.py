"""Annotations in a note: written by a template, and brought up to date around the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.marking import Annotation, Kind, Part
from reader.domain.marking_groups import Around
from reader.library import files
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import annotating, annotation_notes, note_marks, noting
from tests.library.shelf import add, open_writer, undo

TEMPLATE = "> {{quote}} ([p. {{page}}]({{link}}))\n\n{{comment}}\n"


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with closing(open_writer(tmp_path / "library")) as made:
        yield made


@pytest.fixture
def reader(tmp_path: Path, writer: Writer) -> Iterator[Reader]:
    with closing(Reader(tmp_path / "library")) as made:
        yield made


@pytest.fixture
def slot(writer: Writer) -> str:
    [paper] = add(writer, "A paper")
    with writer.edit("Attach") as edit:
        return files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 12)


def marked(slot: str, quote: str, page: int, color: str = "yellow", **more: str) -> Annotation:
    top = 700.0 - len(quote)
    quad = (10.0, top, 90.0, top, 10.0, top - 9, 90.0, top - 9)
    draft = Annotation(Kind.HIGHLIGHT, (Part(page, (quad,)),), slot, color, quote)
    return replace(draft, **more)  # type: ignore[arg-type]


def around(reader: Reader) -> Around:
    return Around(
        reader.meanings(), lambda it: f"{it.page + 101}", lambda it: f"Section {it.page // 2}"
    )


def send(writer: Writer, reader: Reader, note: str, slot: str, grouping: str = "meaning"):
    sent = annotation_notes.send(writer, note, slot, TEMPLATE, grouping, around(reader))
    return (sent.added, sent.renewed, sent.kept, sent.removed)


def headings(text: str) -> list[str]:
    return [line[3:] for line in text.splitlines() if line.startswith("## ")]


@pytest.mark.parametrize(
    "grouping, expected",
    [
        ("meaning", ["Important", "Doubt"]),
        ("page", ["Page 101", "Page 103", "Page 104"]),
        ("section", ["Section 0", "Section 1"]),
    ],
)
def test_they_are_grouped_and_told_by_the_template(
    writer: Writer, reader: Reader, slot: str, grouping: str, expected: list[str]
) -> None:
    drafts = [
        marked(slot, "first", 0, comment="Why?"),
        marked(slot, "second", 2, "red"),
        marked(slot, "third", 3),
    ]
    uids, _ = annotating.add(writer, drafts)
    note, _ = noting.add(writer, "", "# Mine\n\nMy words.")
    assert send(writer, reader, note, slot, grouping) == (3, 0, 0, 0)
    text = reader.note(note).text
    assert text.startswith("# Mine\n\nMy words.\n\n## ")
    assert sorted(headings(text)) == sorted(expected)
    assert f"> first ([p. 101](paper-reader://annotation/{uids[0]}))\n\nWhy?\n" in text
    # The note knows the annotation and the annotation the note
    assert reader.annotation(uids[0]).note == note
    # Sent again, nothing changes; undone, all is as it was
    assert send(writer, reader, note, slot, grouping) == (0, 0, 0, 0)
    assert reader.note(note).text == text
    undo(writer)
    assert reader.note(note).text == "# Mine\n\nMy words."
    assert reader.annotation(uids[0]).note == ""


def test_what_the_reader_wrote_between_and_into_blocks_stays(
    writer: Writer, reader: Reader, slot: str
) -> None:
    uids, _ = annotating.add(
        writer, [marked(slot, "first", 0), marked(slot, "second", 1), marked(slot, "third", 2)]
    )
    note, _ = noting.add(writer, "", "")
    send(writer, reader, note, slot)
    text = reader.note(note).text
    # GIVEN words between the blocks, and others inside the second
    text = text.replace("<!-- end -->\n\n", "<!-- end -->\n\nBETWEEN\n\n", 1)
    text = text.replace("> second", "> SECOND, as I would put it")
    noting.bring_back(writer, note, text)
    # WHEN all three annotations change, and a fourth comes between the first two
    for uid, comment in zip(uids, "xyz", strict=True):
        annotating.change(writer, [replace(reader.annotation(uid), comment=comment * 3)])
    annotating.add(writer, [marked(slot, "a later one", 0)])
    assert send(writer, reader, note, slot) == (1, 2, 1, 0)
    # THEN both are as the reader left them, and the rest is up to date and in order
    now = reader.note(note).text
    assert "BETWEEN" in now and "> SECOND, as I would put it" in now and "yyy" not in now
    order = [
        now.index(it) for it in ("> first", "xxx", "> a later one", "BETWEEN", "> SECOND", "zzz")
    ]
    assert order == sorted(order)


def under(text: str, words: str) -> str:
    """The heading that some words stand under."""
    return headings(text[: text.index(words)])[-1]


def test_what_is_recoloured_goes_under_its_new_heading(
    writer: Writer, reader: Reader, slot: str
) -> None:
    uids, _ = annotating.add(
        writer, [marked(slot, "first", 0), marked(slot, "second", 1), marked(slot, "third", 2)]
    )
    note, _ = noting.add(writer, "", "")
    send(writer, reader, note, slot)
    # GIVEN a block that the reader wrote into, and one put under a heading of the reader's own
    text = reader.note(note).text.replace("> second", "> SECOND")
    third = text[text.index("<!-- annotation " + uids[2]) :]
    noting.bring_back(writer, note, text.replace(third, "") + "## My ideas\n\n" + third)
    # WHEN all three have another colour
    for uid in uids:
        annotating.change(writer, [replace(reader.annotation(uid), color="red")])
    assert send(writer, reader, note, slot)[::2] == (0, 1)
    # THEN the untouched one has moved, and the others stay where the reader has them
    now = reader.note(note).text
    assert [under(now, it) for it in ("> first", "> SECOND", "> third")] == [
        "Doubt", "Important", "My ideas",
    ]  # fmt: skip
    # AND sent again, nothing changes
    assert send(writer, reader, note, slot) == (0, 0, 1, 0)
    assert reader.note(note).text == now


def test_another_grouping_moves_what_is_untouched(
    writer: Writer, reader: Reader, slot: str
) -> None:
    annotating.add(writer, [marked(slot, "first", 0), marked(slot, "second", 2)])
    note, _ = noting.add(writer, "", "")
    send(writer, reader, note, slot)
    assert send(writer, reader, note, slot, "page") == (0, 2, 0, 0)
    now = reader.note(note).text
    assert [under(now, it) for it in ("> first", "> second")] == ["Page 101", "Page 103"]


def test_blocks_written_before_they_knew_their_heading_stay_and_learn_it(
    writer: Writer, reader: Reader, slot: str
) -> None:
    [uid], _ = annotating.add(writer, [marked(slot, "first", 0)])
    note, _ = noting.add(writer, "", "")
    send(writer, reader, note, slot)
    whole = reader.note(note).text
    before = re.sub(r"( [0-9a-f]{8}) [0-9a-f]{8} -->", r"\1 -->", whole)
    assert before != whole
    noting.bring_back(writer, note, before)
    assert send(writer, reader, note, slot) == (0, 0, 0, 0)
    assert reader.note(note).text == whole
    annotating.change(writer, [replace(reader.annotation(uid), color="red")])
    assert send(writer, reader, note, slot) == (0, 1, 0, 0)
    assert under(reader.note(note).text, "> first") == "Doubt"


def test_a_block_that_was_taken_out_stays_out(writer: Writer, reader: Reader, slot: str) -> None:
    uids, _ = annotating.add(writer, [marked(slot, "first", 0), marked(slot, "second", 1)])
    note, _ = noting.add(writer, "", "")
    send(writer, reader, note, slot)
    text = reader.note(note).text
    block = text[text.index("<!-- annotation " + uids[1]) :]
    noting.bring_back(writer, note, text.replace(block, ""))
    assert send(writer, reader, note, slot) == (0, 0, 0, 0)
    # A deleted annotation's untouched block goes, one the reader wrote into stays
    annotating.remove(writer, [uids[0]])
    assert send(writer, reader, note, slot) == (0, 0, 0, 1)
    assert "first" not in reader.note(note).text
    undo(writer)
    noting.bring_back(writer, note, reader.note(note).text.replace("> first", "> my first"))
    assert send(writer, reader, note, slot) == (0, 0, 1, 0)
    assert "> my first" in reader.note(note).text


def test_two_documents_share_a_note(writer: Writer, reader: Reader, slot: str) -> None:
    # GIVEN the annotations of a paper's text and of its supplement in one note
    paper, _ = reader.slot(slot)
    with writer.edit("Attach") as edit:
        other = files.add(edit, paper, files.Stored("b.pdf", "1" * 64, 3), 12)
    [first], _ = annotating.add(writer, [marked(slot, "in the text", 0)])
    [second], _ = annotating.add(writer, [marked(other, "in the supplement", 0)])
    note, _ = noting.add(writer, paper, "")
    assert send(writer, reader, note, slot) == (1, 0, 0, 0)
    # WHEN those of either are written and brought up to date
    assert send(writer, reader, note, other) == (1, 0, 0, 0)
    annotating.change(writer, [replace(reader.annotation(first), comment="xyz")])
    assert send(writer, reader, note, other) == (0, 0, 0, 0)
    assert send(writer, reader, note, slot) == (0, 1, 0, 0)
    # THEN those of the other stay
    text = reader.note(note).text
    assert "in the text" in text and "xyz" in text and "in the supplement" in text
    # And one that is deleted goes when its own document is written
    annotating.remove(writer, [second])
    assert send(writer, reader, note, slot) == (0, 0, 0, 0)
    assert send(writer, reader, note, other) == (0, 0, 0, 1)
    assert "in the supplement" not in reader.note(note).text


def test_a_quote_cannot_end_its_block(writer: Writer, reader: Reader, slot: str) -> None:
    annotating.add(writer, [marked(slot, "a\n<!-- end -->\n# b", 0, comment="x\n<!-- end -->\ny")])
    note, _ = noting.add(writer, "", "")
    send(writer, reader, note, slot)
    text = reader.note(note).text
    assert send(writer, reader, note, slot) == (0, 0, 0, 0)
    assert reader.note(note).text == text and headings(text) == ["Important"]


def test_a_page_s_name_does_not_break_out_of_its_link(
    writer: Writer, reader: Reader, slot: str
) -> None:
    # GIVEN a file whose pages have names that are Markdown
    [uid], _ = annotating.add(writer, [marked(slot, "words", 0)])
    strange = replace(around(reader), label=lambda _: "](http://x)\n[")
    # WHEN an annotation goes into a note by either way THEN the link leads to its place alone
    sent = annotation_notes.send(writer, "", slot, TEMPLATE, "meaning", strange)
    written = reader.note(sent.note).text
    link = f"paper-reader://annotation/{uid}"
    whole = note_marks.quotation(
        reader.annotation(uid), strange.label(reader.annotation(uid)), link
    )
    for text in (written, whole):
        assert f"> words ([p. \\](http://x) \\[]({link}))" in text


def test_into_a_new_note_is_one_step(writer: Writer, reader: Reader, slot: str) -> None:
    annotating.add(writer, [marked(slot, "one thing", 1), marked(slot, "another", 2)])
    paper, _ = reader.slot(slot)
    # WHEN annotations go into a note that is made for them
    sent = annotation_notes.send(writer, "", slot, TEMPLATE, "page", around(reader), paper)
    [note] = reader.notes_of(paper)
    assert (sent.added, sent.note) == (2, note.uid)
    assert "one thing" in note.text and "another" in note.text
    assert {one.note for one in reader.annotations(slot)} == {note.uid}
    # THEN one step back takes the note away, and they were never sent
    undo(writer)
    assert reader.notes_of(paper) == []
    assert {one.note for one in reader.annotations(slot)} == {""}
