"""The real command in a process of its own: pipes, locales, a full disk behind stdout."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

READER = [sys.executable, "-m", "reader"]


def call(*words: object, library: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **more, "PAPER_READER_LIBRARY": str(library)}
    return subprocess.run(
        [*READER, *(word if isinstance(word, bytes) else str(word) for word in words)],
        capture_output=True,
        cwd=ROOT,
        env=environment,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a shell")
@pytest.mark.parametrize("words", ["list", "list --json", "export --format json"])
def test_a_pipe_that_closes_early_is_no_failure(starter: Path, words: str) -> None:
    line = f"set -o pipefail; {sys.executable} -m reader --library {starter} {words} | head -c 20"
    done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"") and len(done.stdout) == 20


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_is_full_is_one_line(starter: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*READER, "--library", str(starter), "list"],
            stdout=full, stderr=subprocess.PIPE, cwd=ROOT,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1 and b"No space left" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell")
def test_a_command_whose_output_was_closed_does_its_work(starter: Path) -> None:
    # GIVEN a standard output closed before the start WHEN a note is written
    start = f"{sys.executable} -m reader --library {starter}"
    line = f"{start} note 7a9e1c52 --text kept >&- && {start} list >&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT)
    # THEN nothing went wrong, and it is there
    assert (done.returncode, done.stderr) == (0, b"")
    assert call("note", "7a9e1c52", library=starter).stdout == b"kept\n"


@pytest.mark.skipif(sys.platform != "linux", reason="locales as Linux has them")
def test_in_a_locale_that_knows_only_ascii(starter: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    [first] = json.loads(call("list", "--json", "--limit", 1, library=starter).stdout)
    text = "Gedanke über 深度"
    # GIVEN words and input in UTF-8 that the locale cannot name
    done = call("note", first["id"], b"--text", text.encode(), library=starter, **plain)
    assert (done.returncode, done.stderr) == (0, b"")
    done = call("tag", first["id"], "+größe".encode(), library=starter, **plain)
    assert (done.returncode, done.stderr) == (0, b"")
    # THEN they are stored as they were meant, and found
    done = call("list", "über".encode(), "--json", library=starter, **plain)
    [found] = json.loads(done.stdout)
    assert (found["note"], found["tags"]) == (text, ["größe"])
    # AND what the terminal cannot show does not stop the rest
    done = call("note", first["id"], library=starter, **plain)
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.startswith(b"Gedanke ")


def test_json_is_alone_on_standard_output(starter: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = call("import", tmp_path / "empty", tmp_path / "none", "--json", library=starter)
    assert (done.returncode, done.stderr) == (1, b"")
    assert len(json.loads(done.stdout)["failed"]) == 2


def test_a_command_loads_no_window_toolkit(starter: Path) -> None:
    code = (
        "import sys; from reader.cli.main import run; "
        f"run(['--library', {str(starter)!r}, 'list', '--limit', '1']); "
        "print(sorted(name for name in sys.modules if name.startswith(('PySide6', 'pymupdf'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


INTERRUPTED = """
import builtins, os, signal, sys
real = builtins.__import__
def hooked(name, *rest, **more):
    if name == {module!r}:
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest, **more)
builtins.__import__ = hooked
sys.argv = ["paper-reader", "--library", {library!r}, "list"]
from reader.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("module", ["reader.arguments", "reader.cli.main", "click"])
def test_ctrl_c_while_the_program_loads_is_silent(starter: Path, module: str) -> None:
    code = INTERRUPTED.format(module=module, library=str(starter))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_in_the_middle_of_a_command_is_one_sentence(starter: Path) -> None:
    start = (
        "import os, signal; from reader.cli.session import Session; "
        "Session.require_library = lambda self: os.kill(os.getpid(), signal.SIGINT)"
    )
    code = start + INTERRUPTED.format(module="", library=str(starter))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr == b"Stopped; what was finished stays.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_who_ignores_ctrl_c_is_not_stopped_by_it(starter: Path) -> None:
    code = INTERRUPTED.format(module="click", library=str(starter))
    ignore = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    done = subprocess.run([sys.executable, "-c", ignore + code], capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 114)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text")
def test_words_and_names_that_are_no_text(starter: Path, tmp_path: Path) -> None:
    # GIVEN bytes that are no UTF-8, as an ID, a remark, a folder
    [first] = json.loads(call("list", "--json", "--limit", 1, library=starter).stdout)
    done = call("show", b"\xff\xfe\xfd123456", library=starter)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert "There is no paper “???123456”".encode() in done.stderr
    assert call("remark", first["id"], b"a\xffb", library=starter).returncode == 0
    # WHEN a library is backed up to such a folder, and brought back from there
    folder = os.fsencode(tmp_path) + b"/b\xff"
    assert call("backup", folder, library=starter).returncode == 0
    done = call("restore", folder, library=tmp_path / "new")
    # THEN all is there
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(json.loads(call("list", "--json", library=tmp_path / "new").stdout)) == 114
    assert call("check", library=tmp_path / "new").returncode == 0


def test_a_defect_is_one_line(starter: Path) -> None:
    code = (
        "import sys; from reader.cli import main, reading\n"
        "reading.safekeeping.check = lambda _: 1 / 0\n"
        "sys.exit(main.run(['--library', sys.argv[1], 'check']))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(starter)], capture_output=True, cwd=ROOT)
    assert done.returncode == 1 and done.stdout == b"" and done.stderr.count(b"\n") == 1
    assert b"ZeroDivisionError: division by zero" in done.stderr
