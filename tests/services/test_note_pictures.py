"""Notes and their pictures: whose they are, and what of them is a paper's document."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.errors import InputError
from reader.domain.lists import Scope
from reader.domain.paper import Paper, new_uid
from reader.library import papers
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing, note_pictures, noting

PNG = b"\x89PNG\r\n\x1a\n and so on"


def paper(writer: Writer) -> str:
    with writer.edit("Add") as edit:
        return papers.add(edit, Paper("Flows at *any* scale"))


def test_a_picture_is_kept_once_and_is_no_document(writer: Writer, folder: Path) -> None:
    # GIVEN a paper WHEN the same picture comes twice
    uid = paper(writer)
    name, changes = note_pictures.keep(writer, uid, PNG, ".png")
    again, nothing = note_pictures.keep(writer, uid, PNG, ".png")
    # THEN it is one file, which Markdown can name as it is
    assert (again, bool(nothing)) == (name, False)
    assert name.startswith("flows-at-any-scale-")
    assert changes.papers == {uid}
    assert [path.name for path in writer.place.files.iterdir()] == [name]
    # AND it is read by its name, and counts as no PDF
    with closing(Reader(folder)) as reader:
        assert note_pictures.read(reader, uid, name) == PNG
        assert note_pictures.read(reader, "", name) is None
        assert reader.paper(uid).documents == ()
        row = reader.rows(reader.orders(Scope()))[0]
        assert (row.has_pdf, row.file) == (False, "")


@pytest.mark.parametrize("data, suffix", [(b"MZ", ".exe"), (b"", ".png")])
def test_what_is_no_picture_changes_nothing(writer: Writer, data: bytes, suffix: str) -> None:
    uid = paper(writer)
    with pytest.raises(InputError):
        note_pictures.keep(writer, uid, data, suffix)
    assert list(writer.place.files.iterdir()) == []


def test_a_note_to_be_made_gets_the_uid_it_was_written_under(writer: Writer, folder: Path) -> None:
    uid, first, free = paper(writer), new_uid(), new_uid()
    assert editing.save_note(writer, uid, first, "one")[0] == first
    assert editing.save_note(writer, uid, first, "one more")[0] == first
    assert editing.save_note(writer, "", free, "of no paper")[0] == free
    with closing(Reader(folder)) as reader:
        assert [it.text for it in reader.notes_of(uid)] == ["one more"]
        assert [it.text for it in reader.notes_of("")] == ["of no paper"]


def test_deleted_notes_are_listed_until_they_come_back(writer: Writer, folder: Path) -> None:
    uid = paper(writer)
    note, _ = noting.add(writer, uid, "kept for ever")
    noting.remove(writer, note)
    with closing(Reader(folder)) as reader:
        assert [it.uid for it in reader.removed_notes(uid)] == [note]
        assert reader.removed_notes("") == []
        noting.bring_back(writer, note, "kept for ever")
        assert reader.removed_notes(uid) == []
        assert [it.uid for it in reader.notes_of(uid)] == [note]
