"""`find` and `text` on PDFs of every kind."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from reader.cli import session
from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits
from tests.cli.conftest import Command
from tests.pdf import hostile

LINES = (
    "We use pre-",
    "training of large naïve models,",
    "an efficient way. Café and CAFE.",
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Two pages of a few lines; the second is turned, cropped and shifted."""
    doc = pymupdf.open()
    for number in range(2):
        page = doc.new_page(width=400, height=300)
        for row, line in enumerate(LINES):
            page.insert_text((50, 60 + 13 * row), line, fontname="tiro", encoding=0)
        if number:
            page.set_mediabox(pymupdf.Rect(-20, -10, 400, 300))
            page.set_rotation(90)
    path = tmp_path / "a paper.pdf"
    doc.save(path)
    return path


def test_places_come_with_page_quads_and_line(command: Command, paper: Path) -> None:
    # WHEN a word is looked for that a line end divides
    said = command("find", paper, "pretraining", "--json")
    # THEN each place has a quad a line, in user space, whatever way the page is turned
    assert (said.code, said.err) == (0, "")
    assert [hit["page"] for hit in said.json] == [0, 1]
    for hit in said.json:
        assert hit["line"].startswith("We use pretraining of large")
        first, second = hit["quads"]
        left, top, right, top_too, _, bottom, _, _ = first
        assert 80 < left < 110 and top == top_too > bottom
        assert 230 < bottom < 240 < top < 255  # the baseline is 240 points above the bottom
        assert second[0] == pytest.approx(50, abs=1) and second[1] < bottom + 5
        assert right > left


@pytest.mark.parametrize(
    "words, count",
    [
        (("cafe",), 2),
        (("CAFE", "--case"), 1),
        (("train", "--word"), 0),
        (("train",), 1),
        (("pre-training",), 1),
        (("naive", "--word"), 1),
        ((r"\bc\w+e\b", "--regex"), 2),
        ((r"\bC\w+e\b", "--regex", "--case"), 1),
        ((r"pre.?training", "--regex"), 1),
    ],
)
def test_the_options_mean_what_they_say(
    command: Command, paper: Path, words: tuple[str, ...], count: int
) -> None:
    said = command("find", paper, *words)
    lines = said.out.splitlines()
    assert (said.code, len([line for line in lines if line.startswith("1: ")])) == (0, count)


@pytest.mark.parametrize("options", [("--regex",), ("--regex", "--json")])
def test_a_pattern_that_is_none_is_explained(
    command: Command, paper: Path, options: tuple[str, ...]
) -> None:
    said = command("find", paper, "a(b", *options)
    assert said.code == 1
    assert "no regular expression: missing )" in said.line


def test_nothing_and_no_file_are_explained(command: Command, paper: Path) -> None:
    assert "no words to look for" in command("find", paper, " ").line
    assert command("find", paper, "no such words", "--json").json == []


READERS = (("find", "x"), ("find", "x", "--json"), ("text",), ("mentions",), ("references",))


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_file_that_is_missing_or_locked_is_said_to_be_that(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    name, *more = words
    missing = tmp_path / "no such paper.pdf"
    said = command(name, missing, *more)
    assert said.code == 1 and f"There is no file {missing}." in said.line
    locked = tmp_path / "locked.pdf"
    with pymupdf.open() as doc:
        doc.new_page()
        doc.save(locked, encryption=5, user_pw="key", owner_pw="own")
    said = command(name, locked, *more)
    assert said.code == 1 and "protected by a password. The window opens it" in said.line


def test_text_comes_in_reading_order(command: Command, paper: Path) -> None:
    whole = command("text", paper)
    first, second = whole.out.split("\f")
    assert first.startswith("We use pretraining of large")
    assert first.strip() == second.strip() == command("text", paper, "--page", 1).out.strip()
    assert "There is no page 2" in command("text", paper, "--page", 2).line


def test_a_damaged_page_is_named_and_the_others_are_searched(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a document of three pages, of which the second hangs whoever reads it
    monkeypatch.setattr(session, "Engine", lambda: Engine(Limits(stage=1.0)))
    path = tmp_path / "hanging.pdf"
    path.write_bytes(hostile.nested_forms(hanging_page=1))
    # WHEN it is searched
    said = command("find", path, "page")
    # THEN the others are, the page is named, and something failed
    assert said.code == 1
    assert said.err == "Pages that could not be read: 2\n"
    assert [line[:2] for line in said.out.splitlines()] == ["1:", "3:"]


def test_only_a_library_that_is_there_keeps_texts(
    command: Command, paper: Path, folder: Path
) -> None:
    command("find", paper, "cafe")
    assert not folder.exists()
    command("import", paper)
    command("find", paper, "cafe")
    assert (folder / "cache.db").exists()
    assert command("find", paper, "cafe").out.count("\n") == 4


def test_a_single_page_is_one_page(command: Command, tmp_path: Path) -> None:
    # GIVEN a document of one page, and a file that is none
    doc = pymupdf.open()
    doc.new_page()
    doc.save(tmp_path / "one.pdf")
    (tmp_path / "none.pdf").write_text("<html>")
    # WHEN they are inspected THEN their first line is a sentence that is true
    first = [
        command("inspect", tmp_path / name).out.splitlines()[0] for name in ("one.pdf", "none.pdf")
    ]
    assert first == [f"{tmp_path / 'one.pdf'}: 1 page", f"{tmp_path / 'none.pdf'}: not opened"]


def test_text_has_letters_with_their_accents(command: Command, tmp_path: Path) -> None:
    doc = pymupdf.open()
    doc.new_page().insert_text((72, 90), "As G\u00a8odel and `code` say", fontname="helv")
    doc.save(tmp_path / "a.pdf")
    assert command("text", tmp_path / "a.pdf").out.strip() == "As Gödel and `code` say"
    assert "Gödel" in command("text", tmp_path / "a.pdf", "--page", "0").out
