"""One window a library: found, raised, handed files, and not fooled."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDir, QObject
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from reader.ui import single_instance
from reader.ui.claim import Claim, meeting_place
from reader.ui.single_instance import SingleInstance, hand_over, parse, places_in


@pytest.fixture
def open_first(qtbot: QtBot) -> Iterator[Callable[[Path], SingleInstance]]:
    parent = QObject()
    made: list[SingleInstance] = []

    def make(library: Path) -> SingleInstance:
        made.append(SingleInstance(library, parent))
        return made[-1]

    yield make
    for instance in made:
        instance.close()


def second_start(qtbot: QtBot, library: Path, *files: str) -> bool:
    """What a second start, a process of its own, is told while the first one's loop runs."""
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from reader.ui.single_instance import hand_over; app = QCoreApplication([]); "
        "sys.exit(0 if hand_over(Path(sys.argv[1]), [Path(f) for f in sys.argv[2:]]) else 3)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(library), *files]) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=20000)
    return process.returncode == 0


def test_nobody_there_is_known_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    assert not hand_over(tmp_path, [])


def test_a_second_start_hands_its_files_over(
    tmp_path: Path, qtbot: QtBot, open_first: Callable[[Path], SingleInstance]
) -> None:
    # GIVEN a window
    first = open_first(tmp_path)
    heard: list[list[Path]] = []
    first.raised.connect(heard.append)
    # WHEN a second start has files, one of them relative to where it was started
    assert second_start(qtbot, tmp_path, str(tmp_path / "ä ö.pdf"), "here.bib")
    # THEN the first gets them, so that its own folder does not matter
    assert heard == [[tmp_path / "ä ö.pdf", Path.cwd() / "here.bib"]]
    # AND another library has a place of its own
    assert not hand_over(tmp_path / "other", [])


def test_a_link_to_the_library_is_the_same_library(
    tmp_path: Path, qtbot: QtBot, open_first: Callable[[Path], SingleInstance]
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    first = open_first(tmp_path / "real")
    heard: list[list[Path]] = []
    first.raised.connect(heard.append)
    assert second_start(qtbot, tmp_path / "link")
    assert heard == [[]]


def test_two_starts_at_once_do_not_cut_each_other_off(
    tmp_path: Path, qtbot: QtBot, open_first: Callable[[Path], SingleInstance]
) -> None:
    # GIVEN two starts that both found nobody there
    first, late = open_first(tmp_path), open_first(tmp_path)
    assert (first.is_first(), late.is_first()) == (True, False)
    # THEN the first is still the one that is found, also after the other has ended
    heard: list[list[Path]] = []
    first.raised.connect(heard.append)
    late.close()
    assert second_start(qtbot, tmp_path)
    assert heard == [[]]


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are files only on Unix")
def test_what_a_crash_left_behind_is_not_in_the_way(
    tmp_path: Path, qtbot: QtBot, open_first: Callable[[Path], SingleInstance]
) -> None:
    # GIVEN the socket file of a window that was killed
    place = Path(QDir.tempPath(), meeting_place(tmp_path))
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place))
    assert place.exists()
    # WHEN the program starts again
    assert not hand_over(tmp_path, [])
    again = open_first(tmp_path)
    # THEN it is reachable, by this user only
    assert again.is_first()
    assert second_start(qtbot, tmp_path)
    assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("message", [b"", b"{}", b"[]", b'{"files": 3}', b"\xff", b"[" * 100_000])
def test_strange_messages_do_nothing(
    tmp_path: Path,
    qtbot: QtBot,
    open_first: Callable[[Path], SingleInstance],
    message: bytes,
) -> None:
    first = open_first(tmp_path)
    heard: list[list[Path]] = []
    first.raised.connect(heard.append)
    guest = QLocalSocket()
    guest.connectToServer(meeting_place(tmp_path))
    assert guest.waitForConnected(1000)
    guest.write(message + b"\n")
    qtbot.waitUntil(lambda: guest.bytesAvailable() > 0)
    assert heard == []


def test_a_message_without_end_is_cut_off(
    tmp_path: Path, qtbot: QtBot, open_first: Callable[[Path], SingleInstance]
) -> None:
    open_first(tmp_path)
    guest = QLocalSocket()
    guest.connectToServer(meeting_place(tmp_path))
    assert guest.waitForConnected(1000)
    guest.write(b"x" * (2 << 20))
    qtbot.waitUntil(lambda: guest.state() == QLocalSocket.LocalSocketState.UnconnectedState)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_only_lists_of_paths_are_files(value: object) -> None:
    files = parse(json.dumps({"files": value}).encode())
    if files is not None:
        assert isinstance(value, list)
        assert all(isinstance(file, Path) and "\0" not in str(file) for file in files)


ADDRESS = "paper-reader://note/0f8fad5b-d9cb-469f-a165-70867728950e"


def test_places_are_handed_over_too_and_nothing_else_with_them() -> None:
    message = json.dumps(
        {"files": [], "places": [ADDRESS, "paper-reader://delete/all", "file:///etc/passwd", 3]}
    ).encode()
    assert places_in(message) == [ADDRESS]
    assert places_in(b'{"files": [], "places": "all"}') == []
    assert places_in(b'{"files": []}') == []


def test_an_open_window_hears_of_places(
    tmp_path: Path, qtbot: QtBot, open_first: Callable[[Path], SingleInstance]
) -> None:
    first = open_first(tmp_path)
    heard: list[list[str]] = []
    first.led.connect(heard.append)
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from reader.ui.single_instance import hand_over; app = QCoreApplication([]); "
        "sys.exit(0 if hand_over(Path(sys.argv[1]), [], sys.argv[2:]) else 3)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path), ADDRESS]) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=20000)
    assert heard == [[ADDRESS]]


def test_a_library_is_claimed_by_one_window_at_a_time(tmp_path: Path) -> None:
    # GIVEN a window that has the library
    first = Claim(tmp_path / "library")
    assert not first.is_taken
    # WHEN another one, and one of another library, is opened
    second, elsewhere = Claim(tmp_path / "library"), Claim(tmp_path / "other")
    # THEN only the library that has a window is taken, until that one is gone
    assert second.is_taken and not elsewhere.is_taken
    first.release()
    second.take()
    assert not second.is_taken
    second.release()
    elsewhere.release()


def test_the_claim_of_a_window_that_crashed_is_none(tmp_path: Path) -> None:
    # GIVEN a process that ended without a word while it had the library
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from reader.ui.claim import Claim; app = QCoreApplication([]); "
        "claim = Claim(Path(sys.argv[1])); print(claim.is_taken, flush=True); os._exit(9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=30
    )
    assert done.stdout == "False\n"
    assert Path(QDir.tempPath(), f"{meeting_place(tmp_path)}.lock").exists()
    # THEN the library is free
    claim = Claim(tmp_path)
    assert not claim.is_taken
    claim.release()


def test_a_second_start_waits_for_a_window_that_is_opening_or_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Claim(tmp_path), Claim(tmp_path)
    told: list[bool] = []

    # GIVEN a window that does not listen yet, and does so a moment later
    def hand_over(*_words: object) -> bool:
        told.append(len(told) == 2)
        return told[-1]

    monkeypatch.setattr(single_instance, "hand_over", hand_over)
    assert single_instance.hand_over_soon(second, tmp_path, [])
    assert told == [False, False, True]

    # GIVEN one that ends meanwhile
    def ending(*_words: object) -> bool:
        first.release()
        return False

    monkeypatch.setattr(single_instance, "hand_over", ending)
    # THEN the second start has the library for its own
    assert not single_instance.hand_over_soon(second, tmp_path, [])
    assert not second.is_taken
    second.release()


def test_a_window_that_never_listens_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Claim(tmp_path), Claim(tmp_path)
    monkeypatch.setattr(single_instance, "_PATIENCE", 0.2)
    assert not single_instance.hand_over_soon(second, tmp_path, [])
    assert second.is_taken
    first.release()
    # AND what is not its own it does not give away
    second.release()


def test_where_no_lock_can_be_made_the_library_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "gone"))
    assert QDir.tempPath().endswith("gone")
    assert not Claim(tmp_path / "library").is_taken
