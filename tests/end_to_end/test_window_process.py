"""The window as a process: killed, started twice, on bad libraries, on a full disk."""

from __future__ import annotations

import json
import os
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pdf import hostile

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ROOT / "tests" / "end_to_end" / "window_driver.py"
STARTER = 114


class Process:
    """A window in a process of its own."""

    def __init__(
        self,
        library: Path,
        *files: Path,
        platform: str = "offscreen",
        display: str = "",
        driver: Path = DRIVER,
    ) -> None:
        self.library = library
        self.process = subprocess.Popen(
            [sys.executable, str(driver), str(library), *map(str, files)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": platform, "DISPLAY": display},
        )
        self._rest = b""
        self.paper = ""  # the uid of the paper that is shown first

    def answer(self, patience: float = 15.0) -> dict[str, Any]:
        """The next line."""
        assert self.process.stdout is not None
        end = time.monotonic() + patience
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self.process.stdout], [], [], end - time.monotonic())
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert data, self._complaint()
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)

    def _complaint(self) -> str:
        errors = self.process.stderr
        return errors.read().decode() if errors and self.process.poll() else "silence"

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def ask(self, line: str) -> dict[str, Any]:
        self.tell(line)
        return self.answer()

    def listen(self, seconds: float, until: bytes = b"") -> None:
        """Take in what it says for so long, and on until it said something; 60 s at most."""
        assert self.process.stdout is not None
        end, last = time.monotonic() + seconds, time.monotonic() + 60.0
        while (left := end - time.monotonic()) > 0 or until not in self._rest:
            assert time.monotonic() < last, self._complaint()
            ready, _, _ = select.select([self.process.stdout], [], [], max(left, 0.01))
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert data or not ready, self._complaint()
            self._rest += data

    def rest(self) -> list[dict[str, Any]]:
        """All lines until it ends; one that was cut off while it was said is none."""
        assert self.process.stdout is not None
        data = self._rest + self.process.stdout.read()
        return [json.loads(line) for line in data.split(b"\n")[:-1]]

    def until(
        self, holds: Callable[[dict[str, Any]], Any], patience: float = 15.0
    ) -> dict[str, Any]:
        end = time.monotonic() + patience
        while not holds(state := self.ask("state")):
            assert time.monotonic() < end, state
            time.sleep(0.05)
        return state

    def quit(self) -> tuple[int, str]:
        """Close the window; (exit code, what it said on stderr)."""
        _, errors = self.process.communicate(b"quit\n", timeout=15)
        return self.process.returncode, errors.decode()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()


Open = Callable[..., Process]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "library"
    subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(folder), "starter"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def library(starter: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(starter, tmp_path / "library"))


@pytest.fixture
def opened() -> Iterator[Open]:
    running: list[Process] = []

    def open_window(library: Path, *files: Path) -> Process:
        process = Process(library, *files)
        running.append(process)
        process.paper = process.answer()["paper"]
        return process

    yield open_window
    for process in running:
        if process.process.poll() is None:
            process.kill()


def note(library: Path, uid: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), "show", uid, "--json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)["note"]


def check(library: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("after", [0.3, 1.2, 2.6])
def test_kill_9_while_a_note_is_typed_loses_at_most_the_last_second(
    opened: Open, library: Path, after: float
) -> None:
    # GIVEN somebody who types without a pause
    window = opened(library)
    uid = window.paper
    assert window.process.stdin is not None
    window.process.stdin.write(b"note\n")
    window.process.stdin.flush()
    said: list[tuple[float, int]] = []
    end = time.monotonic() + after
    while time.monotonic() < end:
        said.append((0.0, window.answer()["typed"]))
        said[-1] = (time.monotonic(), said[-1][1])
    # WHEN the whole program is killed
    killed = time.monotonic()
    window.kill()
    # THEN the library is whole, and all that is older than a second is there
    check(library)
    numbers = [int(word) for word in note(library, uid).split()]
    assert numbers == list(range(1, len(numbers) + 1))
    older = [number for at, number in said if at < killed - 1.3]  # a second, and a slow machine
    assert len(numbers) >= (older[-1] if older else 0)
    # AND it opens again with the note
    again = opened(library)
    assert again.ask("state")["note"].split() == [str(number) for number in numbers]
    assert again.quit() == (0, "")


def test_closing_keeps_what_was_just_typed_and_leaves_nothing_behind(
    opened: Open, library: Path
) -> None:
    window = opened(library)
    window.ask("type the last words")
    child = window.until(lambda state: state["child"])["child"]
    code, errors = window.quit()
    assert (code, errors) == (0, "")
    assert note(library, window.paper) == "the last words"
    end = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()
    assert not list(library.glob("*-wal")) or (library / "library.db-wal").stat().st_size == 0


def test_a_killed_window_takes_its_engine_along(opened: Open, library: Path) -> None:
    window = opened(library)
    child = window.until(lambda state: state["child"])["child"]
    window.kill()
    end = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_a_second_start_raises_the_first_and_hands_over_its_files(
    opened: Open, library: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "from the shell.pdf"
    pdf.write_bytes(hostile.sound())
    window = opened(library)
    second = subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), str(pdf)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=20,
    )
    assert (second.returncode, second.stderr) == (0, b"")
    window.until(lambda state: state["tabs"] == 2 and state["read"])
    # AND another library is another window
    other = opened_other(tmp_path)
    assert other.returncode == 0
    assert window.ask("state")["tabs"] == 2


def opened_other(tmp_path: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(tmp_path / "other"), "list"],
        cwd=ROOT,
        capture_output=True,
    )


def test_a_pdf_on_the_command_line_opens_in_a_tab(
    opened: Open, library: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "named.pdf"
    pdf.write_bytes(hostile.sound())
    window = opened(library, pdf)
    state = window.until(lambda state: state["read"])
    assert (state["tabs"], state["papers"]) == (2, STARTER)
    assert window.quit() == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files")
def test_a_full_disk_keeps_the_note_in_the_editor_until_there_is_room(
    opened: Open, library: Path
) -> None:
    # GIVEN a disk without any room left
    window = opened(library)
    uid = window.paper
    window.ask("type before")
    window.until(lambda state: state["saved"] == "saved")
    window.ask("full 1")
    # WHEN one goes on writing
    window.ask("type , and after")
    state = window.until(lambda state: state["saved"] == "failed")
    # THEN the text is in the editor, a notice says so, and the disk has what it had
    assert state["note"] == "before, and after"
    assert any(kind == "error" for kind, _ in state["notices"]), state
    assert note(library, uid) == "before"
    # AND with room again it saves itself
    window.ask("full 0")
    window.until(lambda state: state["saved"] == "saved")
    assert window.quit() == (0, "")
    assert note(library, uid) == "before, and after"
    check(library)


# -- libraries that do not open: the question is answered by a stand-in for the person

ANSWER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
from reader.app import start
from reader.app.build import App
from reader.arguments import WindowStart
said = []
def asked(error, backup):
    sys.stdout.write("asked " + Path(backup).name + chr(10)); return {restore}
def refused(error):
    sys.stdout.write("refused " + error.line() + chr(10))
start.ask_about_damage, start.cannot_open = asked, refused
real = App.after_first_paint
def after(self):
    real(self)
    sys.stdout.write("papers %d" % len(self.page.model.papers()) + chr(10))
    QTimer.singleShot(400, lambda: end(self))
def end(app):
    for card in app.notices.cards():
        sys.stdout.write(card.kind + " " + card.text + chr(10))
    offers = [button for card in app.notices.cards() for button in card.findChildren(QPushButton)
              if button.text() == "Restore the backup"]
    (offers[0].click if offers and {restore} else app.window.close)()
App.after_first_paint = after
sys.exit(start.open_window(WindowStart(Path({library!r}))))
"""


def answered(library: Path, *, restore: bool = False) -> tuple[int, str]:
    code = ANSWER.format(root=str(ROOT), restore=restore, library=str(library))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize("left", [b"not a database at all" * 4000, b"", None])
def test_a_damaged_library_offers_its_newest_backup(
    opened: Open, library: Path, left: bytes | None
) -> None:
    # GIVEN a library with a daily backup, whose file is then damaged, emptied or gone
    window = opened(library)
    end = time.monotonic() + 10
    while not list((library / "backups").glob("*.db")) and time.monotonic() < end:
        time.sleep(0.05)
    assert window.quit()[0] == 0
    for name in ("library.db-wal", "library.db-shm"):
        (library / name).unlink(missing_ok=True)
    database = library / "library.db"
    database.unlink()
    if left is not None:
        database.write_bytes(left)
    # WHEN the reader declines, nothing is touched
    code, said = answered(library)
    assert (code, said.split()[0]) == (1, "asked")
    assert (database.read_bytes() if database.exists() else None) == left
    # AND when not, everything is back
    code, said = answered(library, restore=True)
    assert code == 0
    assert f"papers {STARTER}" in said


def test_damage_that_is_found_later_offers_the_backup_too(library: Path) -> None:
    # GIVEN a library that opens although the pages of its papers are destroyed
    database, good = library / "library.db", library / "backups" / "library-2026-01-02.db"
    shutil.copy(database, good)
    data = database.read_bytes()
    database.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    # WHEN the window is closed without an answer THEN it has said so and changed nothing
    code, said = answered(library)
    assert code == 0 and said.startswith("papers 0\nerror ") and "is damaged" in said
    assert database.read_bytes()[4096:] == b"\xff" * (len(data) - 4096)
    # AND when the backup is asked for, the window comes back with everything
    code, said = answered(library, restore=True)
    assert code == 0 and said.splitlines()[-1] == f"papers {STARTER}"


def test_a_library_of_a_newer_version_is_left_alone_and_named(library: Path) -> None:
    connection = sqlite3.connect(library / "library.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (library / "library.db").read_bytes()
    code, said = answered(library)
    assert code == 1
    assert said.startswith("refused") and "newer" in said
    assert (library / "library.db").read_bytes() == before


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, said = answered(tmp_path / "file")
    # THEN the window says why it can keep nothing
    assert code == 0
    assert "papers 0" in said
    assert [line for line in said.splitlines() if line.startswith("error ")], said
    assert (tmp_path / "file").read_text() == "in the way"
