"""From the command to the first page on the screen, beside other programs.

    python tests/benchmarks/open_bench.py FILE.pdf... [--runs N]

Every program opens every file on an X server of its own (Xvfb), full screen
where the window manager ratpoison is installed, warm (a first run is not counted).  What is on the
screen is looked at every few milliseconds; the page is there at the first
moment from which on the middle of the screen shows the ink it ends with.  Prints
medians in milliseconds and the ratio to each other program that is installed, and to
the floor, a bare window that draws the page in its own process.
Linux with libX11 only.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1280, 900
MIDDLE = (0.42, 0.25, 0.75, 0.8)  # of the screen: no sidebar or toolbar of any program
# The floor: nothing but a window and a page, in one process.
BARE = """
import sys
import pymupdf
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        page = document[0]
        zoom = self.width() / page.rect.width
        shot = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
        image = QImage(shot.samples, shot.width, shot.height, shot.stride, QImage.Format_RGB888)
        QPainter(self).drawImage(0, 0, image)
app = QApplication([])
document = pymupdf.open(sys.argv[1])
window = Window()
window.showMaximized()
app.exec()
"""
PROGRAMS = {
    "paper-reader": [sys.executable, "-m", "reader"],
    "bare Qt+MuPDF": [sys.executable, "-c", BARE],
    "okular": ["okular"],
    "evince": ["evince"],
    "qpdfview": ["qpdfview"],
    "zathura": ["zathura"],
}
_SETTLED = 1.2  # seconds without a change
_PATIENCE = 20.0
_ALL_PLANES, _Z_PIXMAP, _WHITE = 0xFFFFFFFF, 2, 0xFFFFFF
_DARK = bytes(level < 128 for level in range(256))
_LEAST_INK = 500  # pixels: fewer are no page of text
_THERE = 0.95  # of the final ink


class _Image(ctypes.Structure):
    _fields_ = [
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.POINTER(ctypes.c_char)),
    ]


class Screen:
    """The middle of an X screen, as one byte a pixel: 1 where it is dark."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def look(self) -> bytes:
        """What is there now."""
        x0, y0 = int(MIDDLE[0] * WIDTH), int(MIDDLE[1] * HEIGHT)
        width, height = int(MIDDLE[2] * WIDTH) - x0, int(MIDDLE[3] * HEIGHT) - y0
        image = self._x.XGetImage(
            self._display, self._root, x0, y0, width, height,
            ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP,
        )  # fmt: skip
        pixels = ctypes.string_at(image.contents.data, width * height * 4)
        self._x.XDestroyImage(image)
        return pixels[1::4].translate(_DARK)  # green stands for all

    def clear(self) -> None:
        """Take away what an ended program left, on the bare root window."""
        end = time.monotonic() + 5
        self._x.XSetWindowBackground(self._display, self._root, ctypes.c_ulong(_WHITE))
        while self.look().count(1) > _LEAST_INK and time.monotonic() < end:
            self._x.XClearWindow(self._display, self._root)
            time.sleep(0.05)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """An X server with a window manager where there is one; its display."""
    reading, writing = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        display = f":{number.readline().strip()}"
    manager = None
    if shutil.which("ratpoison"):
        environment = {**os.environ, "DISPLAY": display}
        manager = subprocess.Popen(["ratpoison"], env=environment, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
    try:
        yield display
    finally:
        for process in filter(None, (manager, xvfb)):
            process.terminate()
            process.wait()


def seconds_to_page(command: list[str], display: str, home: Path) -> float | None:
    """From before the process to its page on the screen; None when none came."""
    environment = {
        **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "PAPER_READER_LIBRARY": str(home / "library"),
        "PAPER_READER_CONFIG": str(home / "settings.json"),
        "QT_QPA_PLATFORM": "xcb",
        "GDK_BACKEND": "x11",
        "NO_AT_BRIDGE": "1",
    }
    screen = Screen(display)
    screen.clear()
    looks: list[tuple[float, bytes]] = []
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        changed = start
        while (now := time.monotonic()) < start + _PATIENCE:
            seen = screen.look()
            if not looks or seen != looks[-1][1]:
                looks.append((now, seen))
                changed = now
            if seen.count(1) > _LEAST_INK and now - changed > _SETTLED:
                break
            time.sleep(0.01)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        screen.close()
    return first_with_its_ink(looks, start)


def first_with_its_ink(looks: list[tuple[float, bytes]], start: float) -> float | None:
    """The moment from which on (nearly) all of the final ink was there."""
    final = looks[-1][1]
    ink = int.from_bytes(final)
    total = final.count(1)
    if total <= _LEAST_INK:
        return None
    there = looks[-1][0]
    for at, seen in reversed(looks):
        if (int.from_bytes(seen) & ink).bit_count() < _THERE * total:
            break
        there = at
    return there - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    words = parser.parse_args()
    programs = {name: args for name, args in PROGRAMS.items() if shutil.which(args[0])}
    for file in words.files:
        times: dict[str, list[float]] = {name: [] for name in programs}
        with tempfile.TemporaryDirectory() as folder, server() as display:
            home = Path(folder)
            home.chmod(0o700)
            # In turns, so that a busy moment of the machine hits all alike.
            for turn in range(words.runs + 1):
                for name, args in programs.items():
                    taken = seconds_to_page([*args, str(file.absolute())], display, home)
                    if turn and taken is not None:
                        times[name].append(taken * 1000)
        report(file, times)


def report(file: Path, times: dict[str, list[float]]) -> None:
    """Print a file's figures."""
    sys.stdout.write(f"{file.name}\n")
    medians = {name: statistics.median(taken) for name, taken in times.items() if taken}
    mine = medians.get("paper-reader")
    for name, median in medians.items():
        ratio = f"{mine / median:.2f}" if mine else ""
        least = min(times[name])
        sys.stdout.write(f"  {name:14}{median:7.0f} ms  least {least:6.0f}  ours / it {ratio}\n")


if __name__ == "__main__":
    main()
