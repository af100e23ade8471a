"""`notes` and `remark` from the outside."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reader.services import noting
from tests.cli.conftest import Command
from tests.library.shelf import open_writer


def test_notes_are_listed_with_their_papers(starter: Path, command: Command) -> None:
    # GIVEN a paper with a note, and a free note
    paper = command("list", "--limit", 1, "--json").json[0]["id"]
    assert command("note", paper, "--text", "# Mine\nabout flows").code == 0
    with closing(open_writer(starter)) as writer:
        noting.add(writer, "", "A free thought about flows")
    # THEN both are told
    told = command("notes", "--json").json
    assert {(it["paper"], it["title"]) for it in told} == {
        (paper, "Mine"), (None, "A free thought about flows"),
    }  # fmt: skip
    assert set(told[0]) == {"id", "paper", "title", "text", "created", "modified"}
    # AND a query chooses papers by theirs, free notes by their words
    assert [it["title"] for it in command("notes", "free", "flows", "--json").json] == [
        "A free thought about flows"
    ]
    assert len(command("notes", "flows", "--json").json) == 2
    assert command("notes", "nowhere-to-be-found", "--json").json == []
    assert "A free thought" in command("notes").out


def test_a_paper_has_a_remark(starter: Path, command: Command) -> None:
    paper = command("list", "--limit", 1, "--json").json[0]["id"]
    assert command("remark", paper, "  the\none  ").code == 0
    assert command("remark", paper).out == "the one\n"
    assert command("show", paper, "--json").json["remark"] == "the one"
    assert command("remark", paper, "").code == 0
    assert command("remark", paper).out == "\n"
