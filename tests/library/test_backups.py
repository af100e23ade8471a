"""Backups: proved when made, thinned out, and nothing fuller ever replaced unasked."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from reader.domain.errors import InputError, LibraryError, NotFoundError, StorageFullError
from reader.domain.paper import Paper
from reader.library import backup, papers
from reader.library.files import sha256_of
from reader.library.place import is_sound
from reader.library.writing import Writer
from reader.services import attaching, editing, noting, safekeeping
from reader.services.lanes import to_the_end
from tests.library.shelf import (
    add,
    facts_of,
    full_paper,
    open_writer,
    outside,
    titles,
    whole,
    writing,
)

TODAY = date(2026, 11, 24)


def on_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(backup, "today", (TODAY + timedelta(days)).isoformat)


def held(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").iterdir())


def test_once_a_day_and_only_when_something_changed(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 0)
    assert safekeeping.daily(writer.place) is None  # an empty library needs none
    add(writer, "A paper")
    made = safekeeping.daily(writer.place)
    assert made and made.name == "library-2026-11-24.db" and is_sound(made)
    add(writer, "Another")
    assert safekeeping.daily(writer.place) is None  # today's is there
    on_day(monkeypatch, 1)
    assert safekeeping.daily(writer.place)
    on_day(monkeypatch, 2)
    assert safekeeping.daily(writer.place) is None  # nothing changed since
    assert held(folder) == ["library-2026-11-24.db", "library-2026-11-25.db"]


def test_free_notes_alone_are_backed_up(folder: Path, writer: Writer) -> None:
    noting.add(writer, "", "a thought of no paper")
    assert safekeeping.daily(writer.place)
    assert len(held(folder)) == 1


def test_seven_days_and_four_weeks_are_kept(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(60):
        on_day(monkeypatch, day)
        add(writer, f"Paper of day {day}")
        assert safekeeping.daily(writer.place)
    days = [date.fromisoformat(name[8:18]) for name in held(folder)]
    assert days[-7:] == [TODAY + timedelta(day) for day in range(53, 60)]
    weeks = days[:-7]
    assert len(weeks) == 4 and len({day.isocalendar()[:2] for day in weeks}) == 4
    assert weeks == sorted(weeks) and (days[-7] - weeks[0]).days <= 35


def test_however_long_a_library_is_emptier_the_fuller_backup_stays(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a backup of ten papers with notes, and a library that lost most of them
    on_day(monkeypatch, 0)
    uids = add(writer, *(f"Paper {n}" for n in range(10)))
    for uid in uids:
        editing.save_note(writer, uid, "", "A thought")
    safekeeping.daily(writer.place)
    to_the_end(editing.delete_for_good(writer, uids[1:]))
    # WHEN it is backed up for three months THEN the full one is still there
    for day in range(1, 90):
        on_day(monkeypatch, day)
        to_the_end(editing.set_starred(writer, uids[:1], bool(day % 2)))
        assert safekeeping.daily(writer.place)
    assert "library-2026-11-24.db" in held(folder)
    assert len(held(folder)) == 7 + 4 + 1


def test_a_damaged_or_strange_backup_does_not_disturb(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = folder / "backups"
    (backups / "library-2026-11-23.db").write_bytes(b"rotten")
    (backups / "library-mine-is-it.db").write_bytes(b"mine")
    (backups / "library-abcd-ef-gh.db").write_bytes(b"mine")
    on_day(monkeypatch, 0)
    add(writer, "A paper")
    assert safekeeping.daily(writer.place)
    assert len(held(folder)) == 4


def test_a_backup_is_taken_beside_a_write_in_progress(folder: Path, writer: Writer) -> None:
    # GIVEN a transaction that is still open, on the one connection that writes
    add(writer, "A paper")
    with writer.edit("Add") as edit:
        papers.add(edit, Paper("Another paper"))
        # WHEN the backup is taken THEN it neither waits nor sees the half
        made = safekeeping.daily(writer.place)
    assert made and backup.fullness_of(made) == (1, 0)
    assert sorted(titles(folder)) == ["A paper", "Another paper"]


def test_no_space_no_backup_and_no_harm(
    folder: Path, writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(writer, "A paper")
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    with pytest.raises(StorageFullError, match="unharmed"):
        safekeeping.daily(writer.place)
    with pytest.raises(StorageFullError):
        safekeeping.save(writer, tmp_path / "saved")
    assert held(folder) == [] and titles(folder) == ["A paper"]


def test_a_backup_that_does_not_prove_itself_is_not_kept(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(writer, "A paper")
    monkeypatch.setattr(backup, "is_sound", lambda _: False)
    with pytest.raises(LibraryError):
        safekeeping.daily(writer.place)
    assert held(folder) == []


# ---- a whole library in a folder


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    """A backup folder of a library with two papers, one with a file; the library is closed."""
    source = tmp_path / "in.pdf"
    source.write_bytes(b"%PDF- one")
    with writing(folder) as writer:
        [uid, _] = add(writer, full_paper(), "Second paper")
        attaching.attach(writer, uid, source, facts_of)
        safekeeping.save(writer, tmp_path / "saved")
    return tmp_path / "saved"


FILE = "Gu - STARFlow Scaling Latent Normalizing Flows.pdf"


def test_a_backup_folder_is_whole_and_says_what_is_in_it(saved: Path) -> None:
    manifest = json.loads((saved / "manifest.json").read_text())
    assert manifest["format"] == "paper-reader backup" and manifest["version"] == 1
    assert set(manifest["sha256"]) == {"library.db", f"files/{FILE}"}
    assert sorted(path.name for path in saved.iterdir()) == ["files", "library.db", "manifest.json"]


def test_it_comes_back_into_an_empty_place(folder: Path, saved: Path, tmp_path: Path) -> None:
    before = whole(folder, times=True)
    new = tmp_path / "new"
    assert safekeeping.restore(new, saved).papers == 2
    with writing(new):
        pass
    assert whole(new, times=True) == before
    assert (new / "files" / FILE).read_bytes() == b"%PDF- one"
    assert titles(new, "starflow") and safekeeping.check(new).faults == ()


def test_a_second_backup_copies_only_what_is_new(folder: Path, saved: Path, tmp_path: Path) -> None:
    stamp = (saved / "files" / FILE).stat().st_mtime_ns
    source = tmp_path / "in.pdf"
    source.write_bytes(b"%PDF- two")
    with writing(folder) as writer:
        [uid] = add(writer, "Third paper")
        attaching.attach(writer, uid, source, facts_of)
        done = safekeeping.save(writer, saved)
    assert (done.papers, done.files, done.unchanged, done.missing) == (3, 1, 1, ())
    assert (saved / "files" / FILE).stat().st_mtime_ns == stamp


def test_a_copy_that_rotted_is_copied_again(folder: Path, saved: Path) -> None:
    (saved / "files" / FILE).write_bytes(b"rotten")
    with writing(folder) as writer:
        assert safekeeping.save(writer, saved).files == 1
    assert (saved / "files" / FILE).read_bytes() == b"%PDF- one"


def test_a_missing_attachment_is_named(folder: Path, saved: Path) -> None:
    (folder / "files" / FILE).unlink()
    with writing(folder) as writer:
        assert safekeeping.save(writer, saved).missing == (FILE,)


def test_an_emptier_library_puts_the_fuller_backup_aside(folder: Path, saved: Path) -> None:
    with writing(folder) as writer:
        to_the_end(editing.delete_for_good(writer, list(whole(folder))[1:]))
        safekeeping.save(writer, saved)
        safekeeping.save(writer, saved)
    [aside] = saved.glob("library-replaced-*.db")
    assert backup.fullness_of(aside)[0] == 2
    assert backup.fullness_of(saved / "library.db")[0] == 1


def test_another_library_s_backup_is_not_written_over(saved: Path, tmp_path: Path) -> None:
    before = (saved / "library.db").read_bytes()
    with writing(tmp_path / "other") as writer:
        add(writer, *(f"Paper {n}" for n in range(9)))
        with pytest.raises(InputError, match="something else"):
            safekeeping.save(writer, saved)
    assert (saved / "library.db").read_bytes() == before


def test_a_library_is_not_backed_up_onto_itself(folder: Path, writer: Writer) -> None:
    add(writer, "A paper")
    for target in (folder, folder / "files", folder / "backups", folder / "files" / ".."):
        with pytest.raises(InputError, match="own folder"):
            safekeeping.save(writer, target)
    with pytest.raises(InputError, match="itself"):
        safekeeping.restore(folder, folder, force=True)
    assert titles(folder) == ["A paper"]


def test_a_fuller_library_is_not_replaced_unless_forced(folder: Path, saved: Path) -> None:
    with writing(folder) as writer:
        add(writer, "Third paper")
    before = (folder / "library.db").read_bytes()
    with pytest.raises(LibraryError, match="holds 2 papers") as caught:
        safekeeping.restore(folder, saved)
    assert "--force" in caught.value.hint
    assert (folder / "library.db").read_bytes() == before
    # WHEN forced THEN it is replaced, and kept aside
    assert safekeeping.restore(folder, saved, force=True).papers == 2
    assert len(titles(folder)) == 2
    [aside] = (folder / "backups").glob("library-before-restore-*.db")
    assert is_sound(aside) and backup.fullness_of(aside)[0] == 3


def test_fewer_notes_count_as_emptier(folder: Path, saved: Path) -> None:
    with writing(folder) as writer:
        [uid] = [uid for uid, paper in whole(folder).items() if paper.title == "Second paper"]
        editing.save_note(writer, uid, "", "New thought")
    with pytest.raises(LibraryError, match="notes"):
        safekeeping.restore(folder, saved)
    assert whole(folder)[uid].note == "New thought"


def test_a_single_daily_backup_comes_back_too(folder: Path, writer: Writer) -> None:
    add(writer, "A paper")
    made = safekeeping.daily(writer.place)
    writer.close()
    assert made
    (folder / "library.db").unlink()
    assert safekeeping.restore(folder, made).papers == 1
    assert titles(folder) == ["A paper"]


def test_not_while_another_program_has_it_open(folder: Path, saved: Path) -> None:
    with (
        closing(open_writer(folder)),
        pytest.raises(LibraryError, match="has the library open"),
    ):
        safekeeping.restore(folder, saved, force=True)
    assert safekeeping.restore(folder, saved, force=True).papers == 2


def test_a_file_of_another_content_is_moved_aside(folder: Path, saved: Path) -> None:
    (folder / "files" / FILE).write_bytes(b"%PDF- annotated since")
    safekeeping.restore(folder, saved)
    assert (folder / "files" / FILE).read_bytes() == b"%PDF- one"
    [aside] = (folder / "files").glob("*before restore*")
    assert aside.read_bytes() == b"%PDF- annotated since"


def change_file(saved: Path) -> None:
    (saved / "files" / FILE).write_bytes(b"%PDF- other")


def take_file(saved: Path) -> None:
    (saved / "files" / FILE).unlink()


def change_library(saved: Path) -> None:
    with closing(sqlite3.connect(saved / "library.db")) as connection:
        connection.execute("UPDATE papers SET title = 'x'")
        connection.commit()


def tear_library(saved: Path) -> None:
    (saved / "library.db").write_bytes((saved / "library.db").read_bytes()[:9000])


def other_library(saved: Path) -> None:
    (saved / "library.db").unlink()
    with closing(sqlite3.connect(saved / "library.db")) as connection:
        connection.execute("CREATE TABLE photos (x)")


def hollow_library(saved: Path) -> None:
    (saved / "library.db").unlink()
    with closing(sqlite3.connect(saved / "library.db")) as connection:
        connection.execute(f"PRAGMA application_id={0x50525244}")
        connection.execute("PRAGMA user_version=1")


def manifest_with(saved: Path, **sums: str) -> None:
    path = saved / "manifest.json"
    value = json.loads(path.read_text())
    value["sha256"] |= sums
    path.write_text(json.dumps(value))


def climbing(saved: Path) -> None:
    secret = saved.parent / "secret.pdf"
    secret.write_bytes(b"secret")
    manifest_with(saved, **{"files/../../secret.pdf": sha256_of(secret)})


def absolute(saved: Path) -> None:
    manifest_with(saved, **{"/etc/hostname": sha256_of(Path("/etc/hostname"))})


def linked(saved: Path) -> None:
    (saved / "files" / FILE).unlink()
    (saved / "files" / FILE).symlink_to("/etc/hostname")
    manifest_with(saved, **{f"files/{FILE}": sha256_of(Path("/etc/hostname"))})


def no_json(saved: Path) -> None:
    (saved / "manifest.json").write_text("{")


def no_sums(saved: Path) -> None:
    (saved / "manifest.json").write_text('{"sha256": {}}')


def newer(saved: Path) -> None:
    outside(saved, "PRAGMA user_version=9")


@pytest.mark.parametrize(
    "harm",
    [change_file, take_file, change_library, tear_library, other_library, hollow_library, climbing,
     absolute, linked, no_json, no_sums, newer],
)  # fmt: skip
def test_a_backup_that_was_tampered_with_is_refused(
    folder: Path, saved: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(saved)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises((InputError, LibraryError)):
        safekeeping.restore(folder, saved, force=True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    with pytest.raises((InputError, LibraryError)):
        safekeeping.restore(tmp_path / "new", saved)
    assert not (tmp_path / "new" / "library.db").exists()


def test_what_the_manifest_does_not_name_is_not_brought(saved: Path, tmp_path: Path) -> None:
    (saved / "files" / "stranger.pdf").write_bytes(b"x")
    safekeeping.restore(tmp_path / "new", saved)
    assert [path.name for path in (tmp_path / "new" / "files").iterdir()] == [FILE]


def test_a_plain_copy_of_a_library_folder_comes_back_too(
    folder: Path, saved: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    assert safekeeping.restore(tmp_path / "new", copy).papers == 2
    assert (tmp_path / "new" / "files" / FILE).exists()


def test_where_there_is_no_backup(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        safekeeping.restore(folder, tmp_path / "nothing")


# ---- check


def test_check_finds_what_is_wrong(folder: Path, saved: Path) -> None:
    assert safekeeping.check(folder).papers == 2
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("INSERT INTO links VALUES (999, 0, 'u', 'web')")
        connection.execute("DELETE FROM identifiers")
        connection.execute("DELETE FROM editions")
        connection.commit()
    faults = " ".join(safekeeping.check(folder).faults)
    assert "links row" in faults and "papers have no edition" in faults


def test_check_of_nothing(tmp_path: Path) -> None:
    assert safekeeping.check(tmp_path / "nowhere").faults
    assert not (tmp_path / "nowhere").exists()
