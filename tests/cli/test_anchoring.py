"""`annotate` and `replace-file`."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from reader.library.reading import Reader
from tests.cli.conftest import Command

LINES = (
    "We measure what can be measured, and say so.",
    "An e\u00adfficient way of train-",
    "ing models is what can be found here.",
)


def made(path: Path, first: int = 0) -> Path:
    doc = pymupdf.open()
    for _ in range(first):
        doc.new_page(width=400, height=300)
    page = doc.new_page(width=400, height=300)
    for row, line in enumerate(LINES):
        page.insert_text((50, 60 + 13 * row), line)
    doc.new_page(width=400, height=300).insert_text((50, 60), "The end of it all is here.")
    doc.save(path)
    return path


@pytest.fixture
def paper(command: Command, tmp_path: Path) -> str:
    """The id of a paper with a PDF."""
    command("import", made(tmp_path / "a paper.pdf"))
    [found] = command("list", "--json").json
    return found["id"]


def test_words_are_annotated_and_found_again_in_another_file(
    command: Command, paper: str, folder: Path, tmp_path: Path
) -> None:
    # WHEN words over a divided one are annotated, and others on the next page
    first = command(
        "annotate", paper, "--page", 0, "--quote", "way of training models", "--color", "GREEN",
        "--comment", "why?", "--kind", "strike-out", "--json",
    ).json["id"]  # fmt: skip
    second = command("annotate", paper, "--page", 1, "--quote", "The end of it all")
    # THEN each is told by its id
    listed = {item["id"]: item for item in command("annotations", "--json").json}
    assert listed.keys() == {first, second.out.strip()}
    one = listed[first]
    assert (one["kind"], one["color"], one["comment"]) == ("strikeout", "green", "why?")
    assert (one["page"], one["quote"], len(one["quads"])) == (0, "way of training models", 2)
    # WHEN the file is replaced by its paper's id, and by that of its attachment
    done = command("replace-file", paper, made(tmp_path / "b.pdf", first=1), "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json == {"stayed": 0, "moved": 2, "unplaced": []}
    reader = Reader(folder)
    slot = reader.slot(paper)[1].uid
    assert reader.slot(slot[:8]) == reader.slot(paper)
    reader.close()
    blank = tmp_path / "c.pdf"
    with pymupdf.open() as doc:
        doc.new_page()
        doc.save(blank)
    said = command("replace-file", slot, blank)
    # THEN they moved with their words, and wait where these are gone
    assert said.out.splitlines()[0] == "0 stayed, 0 moved, 2 need you."
    assert set(said.out.split()[-2:]) == listed.keys()
    assert command("annotations").out.count("  not placed  ") == 2


@pytest.mark.parametrize(
    "words, code, said",
    [
        (("--page", 0, "--quote", "The end"), 1, "It is on page 1, counted from 0."),
        (("--page", 0, "--quote", "unheard of"), 1, "It is on no other page either."),
        (
            ("--page", 7, "--quote", "The end"),
            1,
            "There is no page 7, counted from 0: the document has 2.",
        ),
        (("--page", 0, "--quote", " "), 1, "There are no words to annotate"),
        (("--page", -1, "--quote", "way"), 2, "--page"),
        (("--page", 0, "--quote", "way", "--kind", "scribble"), 2, "'scribble' is no kind"),
        (("--page", 0, "--quote", "way", "--color", "pinkish"), 2, "'pinkish' is no colour"),
        (("--page", 0), 2, "Missing option '--quote'"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(
    command: Command, paper: str, words: tuple[object, ...], code: int, said: str
) -> None:
    told = command("annotate", paper, *words)
    assert told.code == code and said in told.err and told.out == ""
    assert command("annotations", "--json").json == []


def test_of_several_places_the_first_is_taken_and_said_so(command: Command, paper: str) -> None:
    told = command("annotate", paper, "--page", 0, "--quote", "what can be", "--kind", "note")
    assert told.code == 0
    assert told.err == "The words stand 2 times on the page; the first was taken.\n"
    [found] = command("annotations", "--json").json
    assert (found["kind"], found["quote"]) == ("note", "what can be")


def test_a_file_that_is_none_leaves_the_old_one(
    command: Command, paper: str, tmp_path: Path
) -> None:
    assert "There is no file" in command("replace-file", paper, tmp_path / "gone.pdf").line
    assert "There is no paper" in command("replace-file", "abcdef", tmp_path / "gone.pdf").line
    assert command("check").code == 0
