"""Files of papers: whole under a readable name, or not there at all, and never silently gone."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.errors import InputError, NotFoundError, ReaderError
from reader.domain.paper import Author, Paper
from reader.library import files
from reader.library.files import readable_name
from reader.library.place import Place
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import attaching, editing, safekeeping
from reader.services.pdf_facts import PdfFacts
from tests.library.shelf import add, facts_of, titles, undo, whole, writing


def pdf(folder: Path, name: str = "in.pdf", content: bytes = b"%PDF-1.7 one") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "paper, name",
    [
        (Paper("STARFlow: Scaling", authors=(Author("Gu", "J"),)), "Gu - STARFlow Scaling.pdf"),
        (Paper('A/B\\C:D*E?F"G<H>I|J'), "A B C D E F G H I J.pdf"),
        (Paper(" .. "), "Paper.pdf"),
        (Paper("con"), "_con.pdf"),
        (Paper("NUL.thing"), "_NUL.thing.pdf"),
        (Paper("tab\tnew\nline\0nul"), "tab new line nul.pdf"),
        (Paper("深度学习 Łódź"), "深度学习 Łódź.pdf"),
        (Paper("e\u0301 composed"), "é composed.pdf"),
        (Paper("right\u202eto left"), "right to left.pdf"),
        (Paper("half \ud83d"), "half.pdf"),
        (Paper("../../etc/passwd"), "etc passwd.pdf"),
    ],
)
def test_a_file_has_a_name_a_person_reads(paper: Paper, name: str) -> None:
    assert readable_name(paper, ".PDF") == name


def test_a_long_title_is_cut_between_characters() -> None:
    name = readable_name(Paper("学" * 300), ".pdf")
    assert len(name.encode()) <= 130 and set(name.removesuffix(".pdf")) == {"学"}


def test_an_attached_file_is_copied_whole(folder: Path, writer: Writer, tmp_path: Path) -> None:
    [uid] = add(writer, Paper("A paper", authors=(Author("Gu", "J"),)))
    source = pdf(tmp_path)
    done = attaching.attach(writer, uid, source, facts_of)
    [item] = whole(folder)[uid].attachments
    assert (item.uid, item.path, item.pages, item.role) == (done.uid, "Gu - A paper.pdf", 3, "main")
    assert item.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert item.edition == whole(folder)[uid].preferred.uid
    assert (folder / "files" / item.path).read_bytes() == source.read_bytes()
    assert [path.name for path in (folder / "files").iterdir()] == [item.path]


def test_names_that_collide_and_content_that_repeats(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    one, two = add(writer, Paper("Same title here"), Paper("Same title here"))
    first = attaching.attach(writer, one, pdf(tmp_path, "a.pdf", b"%PDF- a"), facts_of)
    again = attaching.attach(writer, one, pdf(tmp_path, "b.pdf", b"%PDF- a"), facts_of)
    other = attaching.attach(writer, one, pdf(tmp_path, "c.pdf", b"%PDF- c"), facts_of)
    attaching.attach(writer, two, pdf(tmp_path, "d.pdf", b"%PDF- a"), facts_of)
    # THEN the same content twice is one attachment of a paper; another paper has its own
    assert (again.already, again.uid) == (True, first.uid) and not other.already
    roles = [(item.path, item.role) for item in whole(folder)[one].attachments]
    assert roles == [("Same title here.pdf", "main"), ("Same title here (2).pdf", "supplement")]
    assert [item.path for item in whole(folder)[two].attachments] == ["Same title here (3).pdf"]
    assert len(list((folder / "files").iterdir())) == 3


def test_what_is_no_pdf_leaves_nothing(folder: Path, writer: Writer, tmp_path: Path) -> None:
    def refuse(path: Path) -> PdfFacts:
        raise InputError("It is no PDF.")

    [uid] = add(writer, "A paper")
    before = whole(folder, times=True)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path, read in (
        (tmp_path / "missing.pdf", facts_of),
        (pdf(tmp_path), refuse),
        (tmp_path, facts_of),
        (fifo, facts_of),
    ):
        with pytest.raises(ReaderError):
            attaching.attach(writer, uid, path, read)
    with pytest.raises(NotFoundError):
        attaching.attach(writer, "nobody", pdf(tmp_path), facts_of)
    assert whole(folder, times=True) == before
    assert list((folder / "files").iterdir()) == []


def test_a_row_that_cannot_be_written_leaves_no_file(
    folder: Path, writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [uid] = add(writer, "A paper")

    def fail(*_: object, **__: object) -> str:
        raise InputError("No.")

    monkeypatch.setattr(files, "add", fail)
    with pytest.raises(InputError):
        attaching.attach(writer, uid, pdf(tmp_path), facts_of)
    assert list((folder / "files").iterdir()) == []


def test_detached_and_undone_the_file_stays(folder: Path, writer: Writer, tmp_path: Path) -> None:
    [uid] = add(writer, "A paper")
    done = attaching.attach(writer, uid, pdf(tmp_path), facts_of)
    editing.detach(writer, done.uid)
    assert whole(folder)[uid].attachments == ()
    assert (folder / "files" / "A paper.pdf").exists()
    undo(writer)
    assert len(whole(folder)[uid].attachments) == 1
    # AND a file that was detached is attached again under its own row
    editing.detach(writer, done.uid)
    attaching.attach(writer, uid, pdf(tmp_path), facts_of)
    assert len(whole(folder)[uid].attachments) == 1


def test_a_missing_or_changed_file_is_shown(folder: Path, tmp_path: Path) -> None:
    with writing(folder) as writer:
        uids = add(writer, "First paper", "Second paper")
        for number, uid in enumerate(uids):
            attaching.attach(writer, uid, pdf(tmp_path, content=b"%%PDF-%d" % number), facts_of)
    assert safekeeping.check(folder).faults == ()
    # GIVEN one file taken away, one changed, and one that nobody knows
    (folder / "files" / "First paper.pdf").unlink()
    (folder / "files" / "Second paper.pdf").write_bytes(b"%PDF- other")
    (folder / "files" / "stranger.pdf").write_bytes(b"x")
    # THEN the papers keep their attachments, and check names both faults
    papers = whole(folder)
    assert all(len(paper.attachments) == 1 for paper in papers.values())
    place = Place(folder)
    assert [files.missing(place, papers[uid].attachments[0]) for uid in uids] == [True, False]
    health = safekeeping.check(folder)
    assert len(health.faults) == 2
    assert "First paper.pdf is missing" in health.faults[0]
    assert "Second paper.pdf is not the file" in health.faults[1]
    assert titles(folder, "has:pdf")
    (folder / "files" / "First paper.pdf").write_bytes(b"%PDF-0")
    (folder / "files" / "Second paper.pdf").write_bytes(b"%PDF-1")
    assert safekeeping.check(folder).orphans == ("stranger.pdf",)


def test_what_a_crash_left_is_cleared_but_not_what_is_being_written(
    folder: Path, writer: Writer
) -> None:
    old, fresh = folder / "files" / ".incoming-old", folder / "files" / ".incoming-new"
    backup = folder / "backups" / ".library-2026-01-01.db.1234"
    for path in (old, fresh, backup):
        path.write_bytes(b"half")
    hours_ago = time.time() - 7200
    for path in (old, backup):
        os.utime(path, (hours_ago, hours_ago))
    safekeeping.daily(writer.place)
    assert (old.exists(), backup.exists(), fresh.exists()) == (False, False, True)


def test_the_same_content_is_known_across_the_library(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    [uid] = add(writer, "A paper")
    source = pdf(tmp_path)
    done = attaching.attach(writer, uid, source, facts_of)
    with closing(Reader(folder)) as reader:
        assert reader.attachment_with(files.sha256_of(source)) == (uid, done.uid)
        assert reader.attachment_with("0") is None
