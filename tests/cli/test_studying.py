"""`mentions` and `references` on files set by hand."""

from __future__ import annotations

import json
from pathlib import Path

from reader import paths
from tests.cli.conftest import Command
from tests.pdf import hostile

_BODY = "Some words of a paragraph that is as wide as the page is, as they are."


def paper(tmp_path: Path, page: bytes = b"") -> Path:
    """A page of text that cites, and one with the bibliography, 600 points high."""
    rows = [_BODY, _BODY, "It was shown by others [2] and is in Figure 1.", _BODY, _BODY]
    text = b"".join(
        hostile.line(row, 20, 500 - 14 * at, 10) for at, row in enumerate(rows)
    ) + hostile.line("Figure 1: A picture.", 20, 300, 10)
    entries = [
        "[1] A. Author. The first of the titles. Journal, 2001.",
        "[2] B. Writer. STARFlow: Scaling Latent Normalizing Flows. arXiv:2506.06276, 2025.",
    ]
    last = hostile.line("References", 20, 500, 16) + b"".join(
        hostile.line(row, 20, 470 - 16 * at, 10) for at, row in enumerate(entries)
    )
    path = tmp_path / "paper.pdf"
    path.write_bytes(hostile.pages([text, last], box=b"[0 0 420 600]", page=page))
    return path


def test_mentions_as_json(command: Command, tmp_path: Path) -> None:
    said = command("mentions", paper(tmp_path), "--json")
    assert (said.code, said.err) == (0, "")
    cited, named = said.json
    assert list(cited) == ["page", "rect", "text", "kind", "target", "from"]
    assert (cited["page"], cited["text"], cited["kind"], cited["from"]) == (
        0, "[2]", "citation", "text",
    )  # fmt: skip
    assert cited["target"]["page"] == 1 and cited["target"]["text"].startswith("B. Writer")
    assert (named["text"], named["kind"]) == ("Figure 1", "figure")
    # User space: y up, so the line set at 472 lies around it, and the entry at 454.
    assert cited["rect"][1] < 474 < cited["rect"][3] and cited["rect"][0] > 100
    left, bottom, right, top = cited["target"]["rect"]
    assert left < 25 and bottom < 456 < top and right > 300


def test_the_rects_of_a_cropped_page_are_in_user_space_too(
    command: Command, tmp_path: Path
) -> None:
    straight = command("mentions", paper(tmp_path), "--json").json
    cropped = command("mentions", paper(tmp_path, b"/CropBox[10 20 420 600]"), "--json").json
    assert [item["text"] for item in cropped] == [item["text"] for item in straight]
    for one, other in zip(straight, cropped, strict=True):
        assert all(abs(a - b) < 0.1 for a, b in zip(one["rect"], other["rect"], strict=True))


def test_references_tell_what_is_in_the_library(command: Command, tmp_path: Path) -> None:
    path = paper(tmp_path)
    before = command("references", path, "--json").json
    assert [item["in_library"] for item in before] == [None, None]
    known = {"title": "STARFlow: Scaling Latent Normalizing Flows", "authors": []}
    hand = tmp_path / "hand.json"
    hand.write_text(json.dumps({"format": "paper-reader", "version": 1, "papers": [known]}))
    assert command("import", hand).code == 0
    found = command("references", path, "--json").json
    assert list(found[0]) == [
        "number", "text", "title", "authors", "year", "doi", "arxiv_id", "in_library",
    ]  # fmt: skip
    assert [(item["number"], item["year"], item["in_library"]) for item in found] == [
        (1, "2001", False), (2, "2025", True),
    ]  # fmt: skip
    assert (found[1]["arxiv_id"], found[1]["authors"]) == ("2506.06276", ["B. Writer"])
    assert found[1]["title"] == known["title"]


def test_without_json_both_speak_to_a_person(command: Command, tmp_path: Path) -> None:
    path = paper(tmp_path)
    said = command("mentions", path)
    assert said.out.splitlines()[0].startswith("page 1  citation [2]  ->  page 2: B. Writer")
    assert command("references", path).out.startswith("[1] A. Author. The first")


def test_what_cannot_be_opened_is_one_line(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(hostile.html())
    for name in ("mentions", "references"):
        for wrong in (path, tmp_path / "missing.pdf"):
            said = command(name, wrong, "--json")
            assert said.code == 1 and said.line.startswith("paper-reader: ")


def test_a_table_at_the_top_of_a_page_is_whole(command: Command) -> None:
    # GIVEN the guide, where tables begin pages with a row that all of them have
    guide = paths.resource("guide.pdf")
    tables = [one["target"] for one in command("mentions", guide, "--json").json
              if one["kind"] == "table" and one["target"]]  # fmt: skip
    heads = command("find", guide, "Key", "--word", "--case", "--json").json
    tops = {one["page"]: one["quads"][0][1] for one in heads if one["line"].startswith("Key ")}
    first = [one for one in tables if one["page"] in tops and one["rect"][3] > 700]
    # THEN the table that is gone to reaches over the letters of that row
    assert first
    assert all(one["rect"][3] >= tops[one["page"]] for one in first)
