"""Annotations on the command line: listed, imported, written into copies."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.library.reading import Reader
from reader.services import annotating, note_pictures
from tests.cli.conftest import Command
from tests.library.shelf import add, writing
from tests.pdf import hostile, marked

Bring = Callable[[bytes], str]
KEYS = ["id", "paper", "attachment", "kind", "color", "colour", "page", "quads", "parts", "quote",
        "before", "after", "comment", "tags", "author", "card", "placed", "created", "modified"]  # fmt: skip


@pytest.fixture
def bring(command: Command, folder: Path, tmp_path: Path) -> Bring:
    """Import a PDF as a paper; its uid."""

    def brought(data: bytes) -> str:
        path = tmp_path / "source.pdf"
        path.write_bytes(data)
        assert command("import", path).code == 0
        return str(command("list", "--json").json[0]["id"])

    return brought


def annotate(folder: Path, paper: str) -> None:
    """One annotation of every kind on the paper's file."""
    with closing(Reader(folder)) as reader:
        [item] = reader.paper(paper).attachments
    with writing(folder) as writer:
        annotating.add(writer, marked.one_of_each(item.uid))


def test_annotations_are_listed(command: Command, bring: Bring, folder: Path) -> None:
    # GIVEN a paper with annotations
    paper = bring(marked.document())
    annotate(folder, paper)
    # THEN they are told, of the papers that match
    told = command("annotations", "--json").json
    assert len(told) == 12 and all(list(item) == KEYS for item in told)
    first = next(item for item in told if item["kind"] == "highlight")
    assert (first["paper"], first["page"], first["color"], first["colour"]) == (
        paper, 0, "yellow", "yellow",
    )  # fmt: skip
    assert all(list(part) == ["page", "quads", "strokes"] for it in told for part in it["parts"])
    assert first["quads"] == first["parts"][0]["quads"] and first["parts"][1]["page"] == 1
    assert first["quads"][0] == [20, 262, 160, 262, 20, 247, 160, 247]
    assert (first["tags"], first["card"], first["placed"]) == (["other", "proof"], "claim", True)
    assert command("annotations", "words", "--json").json == told
    assert command("annotations", "nothing", "-has:pdf", "--json").json == []
    lines = command("annotations", "words").out.splitlines()
    assert len(lines) == 12
    assert lines[1] == "00000000  pages 1–2  highlight yellow: Words to be marked"
    assert "import" in command("annotations", "--help").out


def test_a_library_that_is_not_there_has_no_annotations(command: Command) -> None:
    said = command("annotations", "--json")
    assert (said.code, said.json, said.err.count("\n")) == (0, [], 1)
    assert command("annotations", "import", "abcdef").code == 1


def test_annotations_of_a_file_are_imported(command: Command, bring: Bring) -> None:
    bad, why = marked.HOSTILE[0]
    paper = bring(marked.foreign(marked.HIGHLIGHT, bad))
    said = command("annotations", "import", paper, "--json")
    assert said.code == 1 and said.err == ""
    assert said.json == {
        "added": 1, "updated": 0, "unchanged": 0, "kept_twice": 0,
        "failed": [{"source": said.json["failed"][0]["source"],
                    "where": "page 1, annotation 2 (Highlight)", "reason": why}],
    }  # fmt: skip
    again = command("annotations", "import", paper[:8])
    assert again.out == "0 added, 0 updated, 1 unchanged, 1 failed.\n"
    assert why in again.err
    assert [item["quote"] for item in command("annotations", "--json").json] == ["Words"]


def test_pictures_of_notes_are_no_files_to_annotate(
    command: Command, bring: Bring, folder: Path
) -> None:
    # GIVEN a paper with a PDF and one without, both with a note that shows a picture
    paper = bring(marked.foreign(marked.HIGHLIGHT))
    with writing(folder) as writer:
        [bare] = add(writer, "Without a file")
        for uid in (paper, bare):
            note_pictures.keep(writer, uid, "", b"a picture", ".png")
    # WHEN annotations are imported THEN of the PDF alone
    said = command("annotations", "import", paper)
    assert (said.code, said.out) == (0, "1 added, 0 updated, 0 unchanged, 0 failed.\n")
    # AND what has only a picture has no file
    said = command("annotate", bare, "--page", 0, "--quote", "words")
    assert said.code == 1 and "has no file" in said.err


def test_a_locked_file_is_said(command: Command, bring: Bring, tmp_path: Path) -> None:
    paper = bring(hostile.encrypted())
    said = command("annotations", "import", paper)
    assert said.code == 1 and "protected by a password" in said.err
    out = command("export", "--format", "pdf", "-o", tmp_path / "copies")
    assert out.code == 1 and "protected by a password" in out.err
    assert not list((tmp_path / "copies").iterdir())


def test_copies_with_annotations_are_written(
    command: Command, bring: Bring, folder: Path, tmp_path: Path
) -> None:
    # GIVEN a paper with annotations, and one without a file
    paper = bring(marked.document())
    annotate(folder, paper)
    bare = tmp_path / "bare.json"
    bare.write_text('{"format": "paper-reader", "version": 1, "papers": [{"title": "No file"}]}')
    assert command("import", bare).code == 0
    # WHEN all are exported THEN there is a copy, and who has none is named
    out = tmp_path / "out"
    said = command("export", "--format", "pdf", "-o", out)
    assert (said.code, said.err) == (0, "No file: it has no PDF.\n")
    assert said.out == f"1 copy with 12 annotations written to {out}.\n"
    [copy] = out.iterdir()
    # AND an empty library gets all of it back
    other = tmp_path / "other"
    assert command("import", copy, library=other).code == 0
    uid = command("list", "--json", library=other).json[0]["id"]
    assert command("annotations", "import", uid, library=other).code == 0
    differ = ("paper", "attachment")
    told = [
        [{key: value for key, value in item.items() if key not in differ} for item in found]
        for found in (
            command("annotations", "--json").json,
            command("annotations", "--json", library=other).json,
        )
    ]
    assert told[0] == told[1]
    assert command("export", "--format", "pdf").code == 2
    bare.unlink()
    said = command("export", "--format", "pdf", "-o", copy)
    assert said.code == 1 and "cannot be made a folder" in said.err
