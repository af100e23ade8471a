"""Lists of papers and notes that no honest program wrote: what is good of them comes, the rest is told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from reader.services import note_pictures, noting
from tests.library.shelf import add, writing
from tests.services.intake import counts
from tests.services.test_free_notes_out import OTHER, PNG, bring, free, out, shown

LONG = "a" * 5000


def bring_values(folder: Path, tmp_path: Path, **values: Any) -> tuple[tuple[int, ...], list[str]]:
    """What importing such a list did, and what it told."""
    file = tmp_path / "strange.json"
    file.write_text(json.dumps({"format": "paper-reader", "version": 1, "papers": [], **values}))
    done = bring(folder, file)
    return counts(done), [failure.reason[:9] for failure in done.failed]


@pytest.mark.parametrize(
    "picture, told",
    [
        ({"path": f"{LONG}.png", "sha256": "0" * 64}, ["Its pictu"]),
        ({"path": "\ud800.png", "sha256": "0" * 64}, ["Its pictu"]),
        ({"path": "a.png", "sha256": "\ud800"}, []),
        ({"path": "a.png", "sha256": True}, []),
        ({"path": "../a.png", "sha256": "0" * 64}, []),
    ],
)
def test_a_free_note_comes_without_a_picture_that_is_none(
    folder: Path, tmp_path: Path, picture: Any, told: list[str]
) -> None:
    notes = [{"text": "one", "pictures": [picture]}, {"text": "two"}]
    assert bring_values(folder, tmp_path, notes=notes) == ((2, 0, 0), told)
    assert {note.text for note in free(folder)} == {"one", "two"}


@pytest.mark.parametrize("given", [{}, {"sha256": "0" * 64}])
def test_a_paper_comes_without_a_file_whose_name_no_system_takes(
    folder: Path, tmp_path: Path, given: Any
) -> None:
    papers = [{"title": "T", "attachments": [{"path": f"{LONG}.pdf", **given}]}, {"title": "U"}]
    assert bring_values(folder, tmp_path, papers=papers) == ((2, 0, 0), ["Its file "])


@pytest.mark.parametrize("tags", [5, True, {"a": 1}, "word", [1]])
def test_a_paper_comes_without_an_annotation_whose_tags_are_none(
    folder: Path, tmp_path: Path, tags: Any
) -> None:
    mark = {"kind": "highlight", "tags": tags, "parts": [{"page": 0}]}
    papers = [{"title": "T", "annotations": [mark]}]
    assert bring_values(folder, tmp_path, papers=papers) == ((1, 0, 0), ["Annotatio"])


def test_a_note_of_a_paper_shows_all_its_pictures_under_other_names(
    folder: Path, tmp_path: Path
) -> None:
    # GIVEN a paper's note with two pictures
    with writing(folder) as writer:
        [paper] = add(writer, "A paper")
        names = [note_pictures.keep(writer, paper, "", it, ".png")[0] for it in (PNG, OTHER)]
        noting.add(writer, paper, " and ".join(note_pictures.named(name) for name in names))
    target = tmp_path / "out.json"
    out(folder, target)
    # WHEN it comes into a library that has other files of both names
    other = tmp_path / "other"
    with writing(other):
        for name in names:
            (other / "files" / name).write_bytes(b"something else")
    assert counts(bring(other, target)) == (1, 0, 0)
    # THEN both are shown
    assert shown(other, paper) == [PNG, OTHER]


def test_a_free_note_brings_a_picture_that_was_lost_here(folder: Path, tmp_path: Path) -> None:
    # GIVEN a free note's picture whose file is gone here, and an export that still has it
    with writing(folder) as writer:
        first, _ = noting.add(writer, "", "first")
        name, _ = note_pictures.keep(writer, "", first, PNG, ".png")
    away = tmp_path / "away.png"
    (folder / "files" / name).replace(away)
    # WHEN another note comes with the same picture
    picture = {"path": str(away), "sha256": hashlib.sha256(PNG).hexdigest()}
    notes = [{"text": f"second ![]({away.name})", "pictures": [picture]}]
    assert bring_values(folder, tmp_path, notes=notes) == ((1, 0, 0), [])
    # THEN it is shown
    assert shown(folder) == [PNG]
