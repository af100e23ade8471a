"""What goes wrong is one clear line on standard error, the right code, and a library left whole."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import paths
from reader.arguments import WindowStart, window_start
from tests.cli.conftest import Command, Said
from tests.library.shelf import outside
from tests.pdf import hostile


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--nonsense"],
        ["list", "--sort", "colour"],
        ["list", "--sort"],
        ["list", "--limit", "-1"],
        ["list", "--limit", "many"],
        ["show"],
        ["show", "a", "b"],
        ["export"],
        ["export", "--format", "papyrus"],
        ["import"],
        ["import", "--format", "papyrus", "x"],
        ["attach", "one"],
        ["tag"],
        ["state", "read"],
        ["backup"],
        ["restore"],
        ["backup", ""],
        ["restore", ""],
        ["import", "page.txt", ""],
        ["attach", "one", ""],
        ["--library", "", "list"],
        ["--library", ""],
        ["snapshot"],
        ["snapshot", "x.png", "--size", "huge"],
        ["--nonsense", "list"],
        ["--set", "nonsense=1", "list"],
        ["--set", "theme", "list"],
        ["--set", "theme=pink", "list"],
        ["--set", "reading_size=200", "list"],
        ["--set", "animations=perhaps", "list"],
    ],
)
def test_wrong_usage_is_one_line_and_code_2(
    command: Command, folder: Path, words: list[str]
) -> None:
    said = command(*words)
    assert said.code == 2 and said.line.startswith("paper-reader: ")
    assert not folder.exists()


def test_settings_are_taken_for_one_run(command: Command) -> None:
    said = command("--set", "theme=dark", "--set", "reading_size=20", "list")
    assert (said.code, said.out) == (0, "")


def test_a_place_without_a_library_is_named_and_stays_as_it_is(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    sentence = f"paper-reader: There is no library in {folder} yet. "
    # A list is empty, which a script can go on with; a person reads why
    said = command("list")
    assert (said.code, said.out, said.err.count("\n")) == (0, "", 1)
    assert said.err.startswith(sentence)
    said = command("list", "--json", "word")
    assert (said.code, said.json) == (0, []) and said.err.startswith(sentence)
    for words in (("notes",), ("claims",), ("annotations",)):
        said = command(*words)
        assert (said.code, said.out, said.err.count("\n")) == (0, "", 1), words
        assert said.err.startswith(sentence)
    for words in (("notes", "--json"), ("claims", "word", "--format", "json")):
        said = command(*words)
        assert (said.code, said.json) == (0, []) and said.err.startswith(sentence)
    # What names a paper, or would write the nothing over something, fails
    target = tmp_path / "papers.json"
    target.write_text("the last export")
    for words in (
        ("show", "ffffff"),
        ("note", "ffffff"),
        ("tag", "ffffff", "+a"),
        ("state", "ffffff", "read"),
        ("export", "--format", "json", "-o", target),
        ("backup", tmp_path / "copy"),
    ):
        said = command(*words)
        assert said.code == 1 and said.line.startswith(sentence), words
    assert target.read_text() == "the last export"
    said = command("check")
    assert said.code == 1 and said.line.startswith(sentence)
    said = command("check", "--json")
    assert said.code == 1 and said.json["faults"] == [f"There is no library in {folder}"]
    assert not folder.exists() and not (tmp_path / "copy").exists()


# ---- nine kinds of bad input: here seven files ...


def not_a_page(path: Path) -> None:
    path.write_text("Dear diary, nothing happened today.\n")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def binary(path: Path) -> None:
    path.write_bytes(os.urandom(4096) + bytes(64))


def wrong_encoding(path: Path) -> None:
    [seed] = paths.seeds().glob("*.txt")
    path.write_bytes(("Jun 11\n\nÜber Straßen\n\n" + seed.read_text()).encode("latin-1", "replace"))


def html_pdf(path: Path) -> None:
    path.write_bytes(hostile.html())


def truncated_pdf(path: Path) -> None:
    path.write_bytes(hostile.truncated())


def truncated_json(path: Path) -> None:
    path.write_text('{"format": "paper", "papers": [{"title": "A pa')


@pytest.mark.parametrize(
    "name, make",
    [
        ("page.txt", not_a_page),
        ("page.txt", empty),
        ("paper.pdf", empty),
        ("page.txt", binary),
        ("page.txt", wrong_encoding),
        ("paper.pdf", html_pdf),
        ("paper.pdf", truncated_pdf),
        ("papers.json", truncated_json),
    ],
)
def test_a_bad_file_is_one_line_and_the_library_stays(
    command: Command, starter: Path, tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    before = command("list", "--json").out
    path = tmp_path / name
    make(path)
    said = command("import", path)
    assert said.code == 1
    [line] = said.err.splitlines()
    # What happened, what it means for the library, what to do
    reason, meaning, advice = line.removeprefix(f"{path}: ").partition(
        " Nothing of it is imported. "
    )
    assert reason and meaning and advice and reason != line
    assert said.out == "0 added, 0 updated, 0 unchanged, 1 failed.\n"
    told = command("import", path, "--json")
    assert (told.code, told.err, told.json["added"]) == (1, "", 0)
    assert told.json["failed"][0]["source"] == str(path)
    assert command("list", "--json").out == before
    assert command("check").code == 0


# ---- ... and three libraries

EVERY = [
    ["list"],
    ["list", "word", "--json"],
    ["show", "2506.06276"],
    ["note", "2506.06276", "--text", "x"],
    ["state", "2506.06276", "read"],
    ["export", "--format", "json"],
    ["import", "SEED"],
    ["import", "SEED", "--dry-run"],
    ["starter", "--json"],
    ["backup", "TARGET"],
]


def each(command: Command, tmp_path: Path, library: Path) -> list[Said]:
    [seed] = paths.seeds().glob("*.txt")
    given = {"SEED": str(seed), "TARGET": str(tmp_path / "target")}
    return [command(*(given.get(word, word) for word in words), library=library) for words in EVERY]


@pytest.mark.parametrize("make", [empty, html_pdf, truncated_pdf])
def test_a_bad_file_is_not_attached(
    command: Command, starter: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "paper.pdf")
    uid = command("list", "--json", "--limit", 1).json[0]["id"]
    before = sorted((starter / "files").iterdir())
    said = command("attach", uid, tmp_path / "paper.pdf")
    assert said.code == 1 and " Nothing was attached. Get the file again" in said.line
    assert sorted((starter / "files").iterdir()) == before


def test_a_newer_library(command: Command, starter: Path, tmp_path: Path) -> None:
    outside(starter, "PRAGMA user_version=99")
    before = (starter / "library.db").read_bytes()
    for said in each(command, tmp_path, starter):
        assert said.code == 1 and "newer Paper Reader" in said.line
    assert (starter / "library.db").read_bytes() == before


@pytest.mark.parametrize("left", [b"garbage" * 1000, b"", None])
def test_a_corrupt_library_names_its_newest_good_backup(
    command: Command, starter: Path, tmp_path: Path, left: bytes | None
) -> None:
    # GIVEN a library.db that holds garbage, or nothing, or is not there any more
    good = starter / "backups" / "library-2026-01-02.db"
    shutil.copy(starter / "library.db", good)
    (starter / "library.db").unlink()
    if left is not None:
        (starter / "library.db").write_bytes(left)
    before = sorted((path, path.stat().st_size) for path in starter.glob("library.db*"))
    for said in each(command, tmp_path, starter):
        assert said.code == 1 and f"restore {good}" in said.line
    assert sorted((path, path.stat().st_size) for path in starter.glob("library.db*")) == before
    checked = command("check", "--json")
    assert checked.code == 1 and checked.json["backup"] == str(good)
    # WHEN the command it names is given THEN all is back
    assert command("restore", good).code == 0
    assert len(command("list", "--json").json) == 114


@pytest.mark.parametrize("where", ["file", "below", "proc", "long"])
def test_a_folder_that_cannot_be_written(command: Command, tmp_path: Path, where: str) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    library = {
        "file": taken,
        "below": taken / "library",
        "proc": Path("/proc/library"),
        "long": tmp_path / ("x" * 300),
    }[where]
    [seed] = paths.seeds().glob("*.txt")
    said = command("import", seed, library=library)
    assert said.code == 1 and str(library) in said.line
    assert taken.read_text() == "mine"
    assert command("list", library=library).code in ({1} if where in ("file", "long") else {0})


# ---- backup and restore


def test_backup_and_restore(command: Command, starter: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved"
    said = command("backup", target)
    assert said.code == 0 and "114 papers" in said.out and "1 file copied" in said.out
    assert "1 already there" in command("backup", target).out
    uid = command("list", "--json", "--limit", 1).json[0]["id"]
    command("note", uid, "--text", "Later")
    said = command("restore", target)
    assert said.code == 1 and "--force" in said.line
    assert command("note", uid).out == "Later\n"
    said = command("restore", target, "--force")
    assert said.code == 0
    # The library that was replaced is where the second line says
    kept = Path(
        said.out.splitlines()[1].removeprefix("The library that was there before is kept as ")[:-1]
    )
    assert kept.parent == starter / "backups" and kept.is_file()
    assert command("note", uid).out == "\n"
    said = command("restore", target, library=tmp_path / "new")
    assert said.out == f"Restored 114 papers to {tmp_path / 'new'}.\n"
    assert command("restore", tmp_path / "nothing").line
    assert command("backup", starter).line


def test_check_in_json(command: Command, starter: Path) -> None:
    said = command("check", "--json")
    assert said.code == 0
    assert said.json == {"ok": True, "papers": 114, "faults": [], "orphans": [], "backup": None}
    [guide] = (starter / "files").iterdir()
    guide.unlink()
    said = command("check", "--json")
    assert said.code == 1 and said.json["faults"] == [f"files/{guide.name} is missing"]
    assert command("check").line == f"files/{guide.name} is missing"


# ---- which words open the window


@pytest.mark.parametrize(
    "words, start",
    [
        ([], WindowStart()),
        (["list"], None),
        (["./list"], WindowStart(files=(Path("list").absolute(),))),
        (["--", "list"], WindowStart(files=(Path("list").absolute(),))),
        (["a.pdf", "list"], WindowStart(files=(Path("a.pdf").absolute(), Path("list").absolute()))),
        (["--library", "/x", "list"], None),
        (["--library=/x"], WindowStart(Path("/x"))),
        (["--set", "theme=dark", "a.pdf"],
         WindowStart(settings=("theme=dark",), files=(Path("a.pdf").absolute(),))),
        (["a.pdf", "--library", "/x", "b.pdf"],
         WindowStart(Path("/x"), files=(Path("a.pdf").absolute(), Path("b.pdf").absolute()))),
        (["a.pdf", "--nonsense"], None),
        (["--library"], None),
        (["--help"], None),
        (["--nonsense"], None),
    ],
)  # fmt: skip
def test_a_command_or_a_file(words: list[str], start: WindowStart | None) -> None:
    assert window_start(words) == start


def test_an_address_is_a_place_and_no_file() -> None:
    address = "paper-reader://paper/0f8fad5b-d9cb-469f-a165-70867728950e?page=3"
    assert window_start(["--", address]) == WindowStart(places=(address,))
    assert window_start([address]) == WindowStart(places=(address,))


def test_an_import_of_nothing_makes_no_library(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    said = command("import", tmp_path / "nothing.json", "--json")
    assert (said.code, len(said.json["failed"]), said.json["added"]) == (1, 1, 0)
    assert not folder.exists()


def test_controls_in_titles_do_not_reach_the_terminal(command: Command, tmp_path: Path) -> None:
    # GIVEN a list whose titles, and whose file's name, hold orders to a terminal
    page = tmp_path / "daily\x1b[2J.json"
    titles = ["Red \x1b[31m and \x1b]0;title\x07", "Two\x9b2J \x7f"]
    papers = [{"id": "no id", "title": title, "summary": "It is short."} for title in titles]
    page.write_text(json.dumps(papers))
    # WHEN it is imported and listed
    said = [command("import", "--dry-run", page), command("import", page), command("list")]
    # THEN they show as signs that do nothing
    assert [it.code for it in said] == [1, 1, 0]
    for text in (said[0].out, said[1].err, said[2].out):
        assert "\ufffd" in text
        assert not any(it != "\n" and unicodedata.category(it) == "Cc" for it in text)


@pytest.mark.parametrize("words", [["list"], ["starter"], ["check"], ["list", "--json"]])
def test_a_folder_in_place_of_the_library_file_is_named(
    command: Command, folder: Path, words: list[str]
) -> None:
    # GIVEN a folder whose library.db is a folder itself
    (folder / "library.db").mkdir(parents=True)
    # WHEN something is asked of it
    said = command(*words)
    # THEN one line says so, and nothing was made beside it
    assert said.code == 1 and said.out == ""
    assert said.line.endswith("Move it away, or choose another folder with --library.")
    assert "library.db is a folder, not a library; nothing was changed." in said.line
    assert list(folder.iterdir()) == [folder / "library.db"]
