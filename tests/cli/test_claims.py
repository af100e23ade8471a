"""The table of claims on the command line."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.marking import Annotation, Kind, Part
from reader.library.reading import Reader
from reader.services import annotating, claims
from tests.cli.conftest import Command
from tests.library.shelf import writing
from tests.pdf import marked

QUAD = (0.0, 10.0, 10.0, 10.0, 0.0, 0.0, 10.0, 0.0)


@pytest.fixture
def paper(command: Command, folder: Path, tmp_path: Path) -> str:
    """A paper with two cards and a mark that is none; its uid."""
    path = tmp_path / "source.pdf"
    path.write_bytes(marked.document())
    assert command("import", path).code == 0
    uid = str(command("list", "--json").json[0]["id"])
    with closing(Reader(folder)) as reader:
        [slot] = reader.paper(uid).attachments
    with writing(folder) as writer:
        drafts = [
            Annotation(
                Kind.HIGHLIGHT, (Part(page, (QUAD,)),), slot.uid, quote=quote, card=kind
            )
            for page, quote, kind in ((1, "=later", "doubt"), (0, "first", "claim"), (0, "no", ""))
        ]  # fmt: skip
        annotating.add(writer, drafts)
    return uid


def test_all_cards_or_those_of_papers_that_match(command: Command, paper: str) -> None:
    told = command("claims", "--format", "json").json
    assert [(row["paper"], [card["quote"] for card in row["cards"]]) for row in told] == [
        (paper, ["first", "=later"])
    ]
    assert command("claims", "has:pdf", "--format", "json").json == told
    assert command("claims", "-has:pdf", "--format", "json").json == []


def test_as_markdown_and_csv(command: Command, paper: str) -> None:
    lines = command("claims").out.splitlines()
    assert lines[0] == "| Paper | Claim | Doubt |"
    assert lines[2].endswith("| first (p. 1) | =later (p. 2) |")
    out = command("claims", "--format", "csv").out
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[1][1:] == [paper, "first (p. 1)", "'=later (p. 2)"]


def test_without_cards_nothing_is_said(command: Command) -> None:
    assert command("starter").code == 0
    assert command("claims").out == ""
    assert command("claims", "--format", "json").json == []


def test_the_table_is_saved_by_the_name_of_its_file(
    paper: str, folder: Path, tmp_path: Path
) -> None:
    with closing(Reader(folder)) as reader:
        rows = claims.of_library(reader)
        assert list(claims.gather(reader, [paper])) == rows
    claims.save(rows, tmp_path / "a.CSV")
    claims.save(rows, tmp_path / "a.md")
    assert (tmp_path / "a.CSV").read_text().startswith("Paper,Id,Claim,Doubt")
    assert (tmp_path / "a.md").read_text().startswith("| Paper |")
