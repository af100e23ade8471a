"""Notes and their pictures: whose they are, and what of them is a paper's document."""

from __future__ import annotations

import errno
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.errors import InputError, StorageFullError
from reader.domain.lists import Scope
from reader.domain.paper import Paper, new_uid
from reader.library import papers, saving
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing, note_pictures, noting, safekeeping
from tests.library.shelf import redo, undo

PNG = b"\x89PNG\r\n\x1a\n and so on"


def paper(writer: Writer) -> str:
    with writer.edit("Add") as edit:
        return papers.add(edit, Paper("Flows at *any* scale"))


def test_a_picture_is_kept_once_and_is_no_document(writer: Writer, folder: Path) -> None:
    # GIVEN a paper WHEN the same picture comes twice
    uid = paper(writer)
    name, changes = note_pictures.keep(writer, uid, "", PNG, ".png")
    again, nothing = note_pictures.keep(writer, uid, "", PNG, ".png")
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


def test_a_free_note_keeps_its_pictures_through_trash_backup_and_check(
    writer: Writer, folder: Path, tmp_path: Path
) -> None:
    # GIVEN a free note that is still to be saved WHEN it gets a picture, twice
    note = new_uid()
    name, changes = note_pictures.keep(writer, "", note, PNG, ".png")
    again, nothing = note_pictures.keep(writer, "", note, PNG, ".png")
    editing.save_note(writer, "", note, f"# Plans\n\n![]({name})")
    # THEN it is one file of the library, which no paper has
    assert (again, bool(nothing), changes.papers) == (name, False, frozenset())
    with closing(Reader(folder)) as reader:
        assert note_pictures.read(reader, "", name) == PNG
        assert note_pictures.read(reader, "", f"../files/{name}") is None
        # AND it survives the note's trash
        noting.remove(writer, note)
        noting.bring_back(writer, note, f"![]({name})")
        assert note_pictures.read(reader, "", name) == PNG
    # AND the check knows it as no orphan, and misses it when it is gone
    health = safekeeping.check(folder)
    assert (health.faults, health.orphans) == ((), ())
    # AND a backup has it, and brings it back
    saved = saving.save(writer.place, writer.connection, tmp_path / "backup")
    assert saved.files == 1
    (folder / "files" / name).unlink()
    assert safekeeping.check(folder).faults == (f"files/{name} is missing",)
    writer.close()
    saving.bring_back(writer.place, tmp_path / "backup")
    with closing(Reader(folder)) as reader:
        assert note_pictures.read(reader, "", name) == PNG


@pytest.mark.parametrize("whose", ["paper", "free note"])
def test_a_picture_whose_file_is_lost_is_kept_anew(
    writer: Writer, folder: Path, whose: str
) -> None:
    # GIVEN a note's picture whose file somebody has taken away
    of, note = (paper(writer), "") if whose == "paper" else ("", new_uid())
    name, _ = note_pictures.keep(writer, of, note, PNG, ".png")
    (folder / "files" / name).unlink()
    # WHEN it is put in again THEN it is shown, also where it was shown before
    again, _ = note_pictures.keep(writer, of, note, PNG, ".png")
    with closing(Reader(folder)) as reader:
        assert note_pictures.read(reader, of, again) == PNG
        assert note_pictures.read(reader, of, name) == PNG
    assert safekeeping.check(folder).faults == ()
    # AND once more it is there
    assert note_pictures.keep(writer, of, note, PNG, ".png")[0] == again


def test_a_free_notes_picture_is_undone_and_done_again(writer: Writer, folder: Path) -> None:
    name, _ = note_pictures.keep(writer, "", new_uid(), PNG, ".png")
    with closing(Reader(folder)) as reader:
        assert undo(writer)
        assert note_pictures.read(reader, "", name) is None
        assert redo(writer)
        assert note_pictures.read(reader, "", name) == PNG


def test_a_paper_does_not_show_a_free_notes_picture(writer: Writer, folder: Path) -> None:
    uid = paper(writer)
    name, _ = note_pictures.keep(writer, "", new_uid(), PNG, ".png")
    with closing(Reader(folder)) as reader:
        assert note_pictures.read(reader, uid, name) is None


@pytest.mark.parametrize("data, suffix", [(b"MZ", ".exe"), (b"", ".png")])
def test_what_is_no_picture_changes_nothing(writer: Writer, data: bytes, suffix: str) -> None:
    uid = paper(writer)
    with pytest.raises(InputError):
        note_pictures.keep(writer, uid, "", data, suffix)
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


def test_a_full_disk_is_said_and_leaves_nothing(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StorageFullError):
        note_pictures.keep(writer, "", new_uid(), PNG, ".png")
    assert list(writer.place.files.iterdir()) == []
