"""The window ended by a signal, the session or a display gone keeps what was just typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.test_window_process import (
    ROOT,
    Open,
    Process,
    check,
    library,
    note,
    opened,
    starter,
)

__all__ = ["library", "opened", "starter"]  # fixtures

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


def ended(window: Process) -> tuple[int, str]:
    _, errors = window.process.communicate(timeout=60)
    return window.process.returncode, errors.decode()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_saves_the_last_words_and_ends_the_window(
    opened: Open, library: Path, name: str
) -> None:
    # GIVEN words typed this very moment
    window = opened(library)
    child = window.until(lambda state: state["child"])["child"]
    window.ask("type the last words")
    # WHEN the process is told to end, twice as a closing terminal does
    number = getattr(signal, name)
    window.process.send_signal(number)
    window.process.send_signal(number)
    # THEN it says which signal ended it, nothing is lost and nothing is left
    assert ended(window) == (128 + number, "")
    assert note(library, window.paper) == "the last words"
    check(library)
    end = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_a_signal_in_the_midst_of_typing_keeps_every_key(opened: Open, library: Path) -> None:
    window = opened(library)
    uid = window.paper
    assert window.process.stdin is not None
    window.process.stdin.write(b"note\n")
    window.process.stdin.flush()
    # GIVEN saves on their way while one goes on typing
    end = time.monotonic() + 1.7
    said = 0
    while time.monotonic() < end:
        said = window.answer()["typed"]
    window.process.send_signal(signal.SIGTERM)
    code, _ = ended(window)
    # THEN all that was seen in the editor is in the library
    assert code == 128 + signal.SIGTERM
    numbers = [int(word) for word in note(library, uid).split()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= said > 20


def test_an_open_dialog_does_not_hold_the_end_up(opened: Open, library: Path) -> None:
    window = opened(library)
    window.ask("type before the dialog")
    window.ask("dialog")
    window.process.send_signal(signal.SIGTERM)
    assert ended(window) == (128 + signal.SIGTERM, "")
    assert note(library, window.paper) == "before the dialog"


def test_a_signal_that_was_ignored_stays_ignored(library: Path) -> None:
    # GIVEN a window started by nohup
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        window = Process(library)
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    window.answer()
    window.process.send_signal(signal.SIGHUP)
    assert window.ask("state")["shown"]
    assert window.quit() == (0, "")


def test_the_end_of_the_session_saves_and_leaves_the_window_open(
    opened: Open, library: Path
) -> None:
    window = opened(library)
    window.ask("type before the end")
    # WHEN the desktop asks to save, which it may take back later
    assert window.ask("session") == {"watched": 1, "state": False}
    # THEN it is saved, and the window is still there
    assert note(library, window.paper) == "before the end"
    assert window.ask("state")["shown"]
    assert window.quit() == (0, "")


@pytest.fixture
def display() -> Iterator[subprocess.Popen[bytes]]:
    """An X server of its own; its `args` are the display's name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as stream:
        server.args = f":{stream.readline().strip()}"
    yield server
    server.kill()
    server.wait()


@pytest.mark.needs("Xvfb")
def test_a_display_that_goes_away_takes_no_words_along(
    display: subprocess.Popen[bytes], library: Path
) -> None:
    # GIVEN a window on a real display
    window = Process(library, platform="xcb", display=str(display.args))
    window.paper = window.answer(30)["paper"]
    child = window.until(lambda state: state["child"])["child"]
    window.ask("type before the crash")
    # WHEN the display's server is gone
    display.kill()
    # THEN Qt ends the process, but not before the words are on the disk
    code, errors = ended(window)
    assert code == 1
    assert "broke" in errors
    assert note(library, window.paper) == "before the crash"
    check(library)
    end = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_ctrl_c_on_the_starting_script_waits_for_the_window(library: Path, tmp_path: Path) -> None:
    """`dev.py run` passes the terminal's Ctrl+C on by waiting for its child."""
    # GIVEN a child that needs a while to save, as a window may
    package = tmp_path / "reader"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import signal, sys, time\n"
        "def end(*_): time.sleep(0.8); print('saved', flush=True); sys.exit(130)\n"
        "signal.signal(signal.SIGINT, end)\n"
        "print('open', flush=True)\n"
        "time.sleep(20)\n"
    )
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r}); import dev; "
    code += f"dev.PYTHON = {sys.executable!r}; sys.exit(dev.reader([]))"
    script = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert script.stdout is not None
    assert script.stdout.readline() == b"open\n"
    # WHEN Ctrl+C goes to both THEN the child comes to its own end
    os.killpg(script.pid, signal.SIGINT)
    said, errors = script.communicate(timeout=60)
    assert (script.returncode, said, errors) == (130, b"saved\n", b"")
