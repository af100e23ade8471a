"""Every command: what it says, in which shape, with which exit code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reader import paths
from reader.arguments import COMMANDS
from reader.cli.main import cli
from tests.cli.conftest import Command
from tests.pdf import hostile

PAPER_KEYS = ["id", "title", "authors", "abstract", "published", "venue", "doi", "arxiv_id",
              "links", "tags", "collections", "reading_state", "starred", "note", "attachments",
              "pages", "editions", "added"]  # fmt: skip


def page_by_hand() -> list[tuple[str, str]]:
    """(title, abstract) of the saved page, read without the program: blank lines part them."""
    [path] = paths.seeds().glob("*.txt")
    blocks = [block.strip() for block in path.read_text("utf-8").split("\n\n") if block.strip()]
    blocks = blocks[blocks.index("Jun 11") + 1 :]
    return list(zip(blocks[::2], blocks[1::2], strict=True))


def hand(tmp_path: Path, *papers: Mapping[str, Any]) -> Path:
    path = tmp_path / "hand.json"
    value = {"format": "paper-reader", "version": 1, "papers": list(papers)}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


KNOWN = {
    "id": "0a1b2c3d-0000-4000-8000-000000000001",
    "title": "STARFlow: Scaling Latent Normalizing Flows",
    "authors": [{"family": "Gu", "given": "Jiatao"}, {"literal": "The Team"}],
    "abstract": "We present.",
    "editions": [
        {"kind": "preprint", "version": "v2", "published": "2025-06-06", "venue": "arXiv",
         "doi": "10.1000/starflow", "arxiv_id": "2506.06276"}
    ],
    "links": [{"url": "https://github.com/a/b", "kind": "code"}],
}  # fmt: skip
OTHER = {"id": "0a1b2c3d-1111-4000-8000-000000000002", "title": "Another paper of the library"}


@pytest.fixture
def two(command: Command, tmp_path: Path) -> list[str]:
    """A library of two papers; their uids."""
    assert command("import", hand(tmp_path, KNOWN, OTHER)).code == 0
    return [str(KNOWN["id"]), str(OTHER["id"])]


# ---- the starter library


def test_the_list_equals_the_page_character_for_character(command: Command, starter: Path) -> None:
    papers = command("list", "--json").json
    assert len(papers) == 114
    page = [paper for paper in papers if paper["pages"]]
    assert [entry["position"] for paper in page for entry in paper["pages"]] == [*range(1, 114)]
    assert [(paper["title"], paper["abstract"]) for paper in page] == page_by_hand()
    first = page[0]["pages"][0]
    assert {key: first[key] for key in ("page", "date", "iso", "position")} == {
        "page": "Daily papers", "date": "Jun 11", "iso": None, "position": 1,
    }  # fmt: skip
    assert sum(len(paper["links"]) for paper in page) == 37
    [guide] = [paper for paper in papers if not paper["pages"]]
    assert guide["title"] == "A guide to Paper Reader"
    [item] = guide["attachments"]
    assert Path(item["path"]).is_file() and item["pages"] and len(item["sha256"]) == 64


def test_the_starter_twice_adds_nothing(command: Command, starter: Path) -> None:
    said = command("starter", "--json")
    assert (said.code, said.json) == (
        0,
        {"added": 0, "updated": 0, "unchanged": 114, "failed": []},
    )
    assert command("starter").out == "0 added, 0 updated, 114 unchanged, 0 failed.\n"


# ---- list, show, export


def test_a_paper_in_json(command: Command, two: list[str]) -> None:
    said = command("show", two[0], "--json")
    paper = said.json
    assert said.err == "" and set(PAPER_KEYS) <= set(paper)
    assert paper["id"] == two[0]
    assert paper["authors"] == [{"family": "Gu", "given": "Jiatao"}, {"literal": "The Team"}]
    assert (paper["published"], paper["venue"]) == ("2025-06-06", "arXiv")
    assert (paper["doi"], paper["arxiv_id"]) == ("10.1000/starflow", "2506.06276")
    assert paper["links"] == [{"url": "https://github.com/a/b", "kind": "code"}]
    assert (paper["reading_state"], paper["starred"], paper["note"]) == ("unread", False, "")
    assert (paper["tags"], paper["collections"], paper["pages"]) == ([], [], [])
    assert paper.pop("progress") == {"pages_seen": 0, "pages": 0, "seconds": 0.0}
    assert command("list", "starflow", "--json").json == [paper]


@pytest.mark.parametrize(
    "text",
    [
        "0a1b2c3d-0000-4000-8000-000000000001",
        "0a1b2c3d-0",
        "0A1B2C3D-0",
        "10.1000/starflow",
        "https://doi.org/10.1000/STARFLOW",
        "2506.06276",
        "arXiv:2506.06276v3",
        "https://arxiv.org/abs/2506.06276",
    ],
)
def test_an_id_in_its_spellings(command: Command, two: list[str], text: str) -> None:
    assert command("show", text, "--json").json["id"] == two[0]


@pytest.mark.parametrize("text", ["0a1b2c3d", "0a1b2", "ffffff", "10.1000/none", "starflow", "%"])
def test_an_id_that_names_none_or_two(command: Command, two: list[str], text: str) -> None:
    said = command("show", text)
    assert said.code == 1 and said.line.startswith("paper-reader: ")


def test_lists_and_their_options(command: Command, two: list[str]) -> None:
    assert command("list").out.splitlines() == [
        "0a1b2c3d  Another paper of the library",
        "0a1b2c3d  Gu et al. STARFlow: Scaling Latent Normalizing Flows (2025)",
    ]
    assert len(command("list", "--limit", 1).out.splitlines()) == 1
    assert command("list", "--limit", 0).out == ""
    assert "STARFlow" in command("list", "--sort", "author").out.splitlines()[0]
    assert "Another" in command("list", "paper", "libr").out  # the last word is a beginning
    assert command("list", "pap", "library").out == ""
    assert command("list", "nothing at all").out == "" and command("list", "zzz").code == 0
    assert command("list", "zzz", "--json").json == []


@pytest.mark.parametrize(
    "words, hits",
    [
        (["-has:pdf"], 2),
        (["has:pdf"], 0),
        (["-has:code"], 1),
        (["-starflow"], 1),
        (["-starflow", "--json"], 1),
        (["--json", "-has:note", "starflow"], 1),
        (["--", "-has:code"], 1),
        (["-another", "--limit", "5", "-has:pdf"], 1),
        (['-"normalizing flows"'], 1),
        (["title:starflow", "OR", "another"], 2),
        (["-s"], 1),
    ],
)
def test_words_with_a_dash_need_no_other_mark(
    command: Command, two: list[str], words: list[str], hits: int
) -> None:
    said = command("list", *words)
    assert (said.code, said.err) == (0, "")
    found = said.json if "--json" in words else said.out.splitlines()
    assert len(found) == hits


def test_export_comes_back_whole(command: Command, two: list[str], tmp_path: Path) -> None:
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(hostile.sound(2))
    command("attach", two[0], pdf)
    command("note", two[0], "--text", "My thought")
    command("tag", two[0], two[1], "+read me")
    out = tmp_path / "out.json"
    said = command("export", "--format", "json", "-o", out)
    assert (said.code, said.out, said.err) == (0, "", "")
    value = json.loads(out.read_text())
    assert (value["format"], value["version"], len(value["papers"])) == ("paper-reader", 1, 2)
    assert command("export", "--format", "json").json == value
    assert len(command("export", "-starflow", "--format", "json").json["papers"]) == 1
    # AND in another library it is the same, files too
    other = tmp_path / "other"
    assert command("import", out, "--json", library=other).json["added"] == 2
    again = command("export", "--format", "json", library=other).json
    for papers in (value["papers"], again["papers"]):
        for paper in papers:
            for item in paper["attachments"]:
                path = Path(item.pop("path"))
                assert path.read_bytes() == pdf.read_bytes()
    assert again == value


def test_export_to_places_that_are_no_file(
    command: Command, two: list[str], tmp_path: Path
) -> None:
    link, real = tmp_path / "link.md", tmp_path / "real.md"
    real.write_text("old")
    link.symlink_to(real)
    assert command("export", "--format", "markdown", "-o", link).code == 0
    assert link.is_symlink() and "STARFlow" in real.read_text()
    said = command("export", "--format", "json", "-o", tmp_path / "no" / "such" / "folder")
    assert said.code == 1 and "could not be written" in said.line
    assert command("export", "--format", "json", "-o", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


def test_export_words_with_an_o_are_words(
    command: Command, two: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert len(command("export", "-note:x", "--format", "json").json["papers"]) == 2
    assert sorted(tmp_path.iterdir()) == before


# ---- note, tag, state, attach


def test_notes(command: Command, two: list[str], tmp_path: Path) -> None:
    [uid, _] = two
    assert command("note", uid).out == "\n"
    assert command("note", uid, "--text", "Ein Gedanke – 深度").code == 0
    assert command("note", uid).out == "Ein Gedanke – 深度\n"
    text = "# From a file\n\nwith “lines”\n"
    (tmp_path / "note.md").write_text(text, encoding="utf-8")
    assert command("note", "2506.06276", "--file", tmp_path / "note.md").code == 0
    assert command("show", uid, "--json").json["note"] == text
    assert command("note", uid, "--file", "-", text="From the pipe é\n".encode()).code == 0
    assert command("show", uid, "--json").json["note"] == "From the pipe é\n"
    assert command("list", "note:pipe").out.count("\n") == 1
    foreign = b"one\0\r\ntwo\rthree"
    assert command("note", uid, "--file", "-", text=foreign).code == 0
    assert command("show", uid, "--json").json["note"] == "one\ntwo\nthree"
    assert command("note", uid, "--text", "").code == 0
    assert command("show", uid, "--json").json["note"] == ""


def test_notes_that_cannot_be_taken(command: Command, two: list[str], tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes("Straße".encode("latin-1"))
    command("note", two[0], "--text", "Mine")
    for words in (
        ["--file", tmp_path / "missing.md"],
        ["--file", tmp_path],
        ["--file", tmp_path / "latin.md"],
    ):
        said = command("note", two[0], *words)
        assert said.code == 1 and "nothing was changed" in said.line
    assert command("note", two[0], "--file", "-", text=b"\xff\xfe\xff").code == 1
    assert command("note", two[0], "--text", "a", "--file", "b").code == 2
    assert command("note", two[0]).out == "Mine\n"


def test_tags(command: Command, two: list[str]) -> None:
    assert command("tag", *two, "+one", "+to read", "+-odd").code == 0
    assert command("tag", two[0]).out == "-odd, one, to read\n"
    assert command("tag", "2506.06276", "-one", "+three").code == 0
    assert command("show", two[0], "--json").json["tags"] == ["-odd", "three", "to read"]
    assert command("show", two[1], "--json").json["tags"] == ["-odd", "one", "to read"]
    said = command("tag", two[0], "-unknown", "+new")
    assert said.code == 1 and "no tag" in said.line
    assert command("tag", two[0]).out == "-odd, three, to read\n"
    assert command("tag", "+only").code == 2
    assert command("tag", two[0], "--odd").code == 2
    said = command("tag", two[0], "ffffff", "+x")
    assert said.code == 1 and "tag:x" and command("list", "tag:x").out == ""


def test_states(command: Command, two: list[str]) -> None:
    assert command("state", *two, "read").code == 0
    assert [it["reading_state"] for it in command("list", "--json").json] == ["read", "read"]
    assert command("state", two[0], "reading").code == 0
    assert command("list", "is:reading").out.count("\n") == 1
    for words in ([two[0]], [two[0], "done"], ["read"], []):
        assert command("state", *words).code == 2
    said = command("state", two[1], "ffffff", "unread")
    assert said.code == 1 and said.line
    assert command("show", two[1], "--json").json["reading_state"] == "read"


def test_attach(command: Command, two: list[str], tmp_path: Path) -> None:
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(hostile.sound(3))
    assert command("attach", two[0], pdf).out == "Attached.\n"
    assert command("attach", two[0], pdf).out == "The paper already has this file.\n"
    [item] = command("show", two[0], "--json").json["attachments"]
    assert item["pages"] == 3 and Path(item["path"]).read_bytes() == pdf.read_bytes()
    assert command("list", "has:pdf").out.count("\n") == 1
    for name, data in {"html.pdf": hostile.html(), "cut.pdf": hostile.truncated()}.items():
        (tmp_path / name).write_bytes(data)
        assert command("attach", two[1], tmp_path / name).code == 1
    assert command("attach", two[1], tmp_path / "missing.pdf").line
    assert command("show", two[1], "--json").json["attachments"] == []
    assert command("check").code == 0


# ---- import


def test_a_plan_changes_nothing(command: Command, folder: Path, tmp_path: Path) -> None:
    path = hand(tmp_path, KNOWN, OTHER)
    said = command("import", path, "--dry-run")
    assert said.code == 0 and "Would add 2" in said.out and "add        STARFlow" in said.out
    assert not folder.exists()
    told = command("import", path, "--dry-run", "--json").json
    assert {key: told[key] for key in ("added", "updated", "unchanged", "failed")} == {
        "added": 2, "updated": 0, "unchanged": 0, "failed": [],
    }  # fmt: skip


def test_import_says_what_it_did(command: Command, folder: Path, tmp_path: Path) -> None:
    path = hand(tmp_path, KNOWN, OTHER)
    said = command("import", path, tmp_path / "missing.txt", "--json")
    told = said.json
    assert said.code == 1 and (told["added"], told["updated"], told["unchanged"]) == (2, 0, 0)
    [failed] = told["failed"]
    assert set(failed) == {"source", "where", "reason"}
    assert failed["source"] == str(tmp_path / "missing.txt")
    assert command("import", path).out == "0 added, 0 updated, 2 unchanged, 0 failed.\n"
    assert command("import", path, "--format", "json").code == 0
    assert command("import", path, "--format", "trending-page").code == 1


def test_a_pdf_is_imported_with_its_copy(command: Command, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "shelf" / "paper.pdf"
    path.parent.mkdir()
    path.write_bytes(hostile.sound(4))
    assert command("import", path.parent, "--json").json["added"] == 1
    [paper] = command("list", "--json").json
    [item] = paper["attachments"]
    assert item["pages"] == 4 and Path(item["path"]).parent == folder / "files"
    assert paper["title"]


# ---- the table and the help


def test_the_two_tables_of_commands_agree() -> None:
    assert sorted(cli.commands) == sorted(COMMANDS)


def test_help_and_version(command: Command) -> None:
    assert command("--help").code == 0 and "Commands:" in command("--help").out
    assert command("--version").out.startswith("paper-reader")
    for name in COMMANDS:
        said = command(name, "--help")
        assert said.code == 0 and said.out.startswith("Usage:")
