"""From the click on a document in the running window to its first sharp page on the screen.

    python tests/benchmarks/click_bench.py [FILE...] [--runs N]

Without a file a paper of 300 pages is made; books, comics and pictures are opened too.  Every run opens a file that was never
opened before and closes it again.  Beside the time of the clock, and of MuPDF alone in a
process of its own for the same page at the same size, stands the time of the processor that the window's
own thread takes: before it has asked for the picture, after the picture has come,
and in the longest turn of its loop.  On a machine with other work to do these are
the figures to compare.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import (  # noqa: E402
    QAbstractEventDispatcher,
    QEventLoop,
    QObject,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPaintEvent  # noqa: E402

from reader.app.build import App  # noqa: E402
from reader.app.start import make_application  # noqa: E402
from reader.pdf.engine import Engine  # noqa: E402
from reader.settings import Settings, WindowState  # noqa: E402
from reader.ui.viewer import cover  # noqa: E402
from reader.ui.viewer.canvas import PageCanvas  # noqa: E402
from reader.ui.viewer.loader import Loader  # noqa: E402
from reader.ui.viewer.pictures import Pictures  # noqa: E402
from reader.ui.viewer.tiles import tiles_in_view  # noqa: E402
from tests.benchmarks.viewer_bench import generated, wait_for  # noqa: E402

_MOST = 30_000  # milliseconds that an opening is waited for
_RAW = """
import sys, time
import pymupdf
for line in sys.stdin:
    scale, page, path = line.rstrip("\\n").split("|", 2)
    pymupdf.TOOLS.store_shrink(100)
    start, used = time.perf_counter(), time.thread_time()
    matrix = pymupdf.Matrix(float(scale), float(scale))
    pymupdf.open(path)[int(page)].get_pixmap(matrix=matrix, alpha=False)
    print(time.perf_counter() - start, time.thread_time() - used, flush=True)
"""


@dataclass
class Opening:
    """One opening; seconds since the click, or of the processor."""

    seconds: float = 0.0
    impression: float = 0.0  # the first paint with anything of the page on it
    words: float = 0.0  # the first one of the words that stand in for it, 0 where there are none
    before: float = 0.0  # of the window's thread until the picture was asked for
    after: float = 0.0  # and from when it came until it was painted
    turn: float = 0.0  # the longest between two looks of the loop for events
    raw: float = 0.0
    raw_work: float = 0.0


class Watch(QObject):
    """Watches a window open a document."""

    sharp = Signal()

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._app = app
        self._start = self._used = self._came = 0.0
        self._turn_began = time.thread_time()
        self.now = Opening()
        self.scale = 0.0
        plan, paint, put = Loader.plan, PageCanvas.paintEvent, Pictures.put_tile

        def planned(loader: Loader) -> None:
            self.now.before = self.now.before or time.thread_time() - self._used
            plan(loader)

        def painted(canvas: PageCanvas, event: QPaintEvent) -> None:
            paint(canvas, event)
            self._painted(canvas)

        write = cover._write

        def written(*what: Any) -> None:
            write(*what)
            self.now.words = self.now.words or time.perf_counter() - self._start

        def came(pictures: Pictures, *what: Any) -> None:
            self._came = time.thread_time()
            put(pictures, *what)

        setattr(Loader, "plan", planned)  # noqa: B010
        setattr(Pictures, "put_tile", came)  # noqa: B010
        setattr(cover, "_write", written)  # noqa: B010
        setattr(PageCanvas, "paintEvent", painted)  # noqa: B010, its argument has another name
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        # Looking at the clock in every turn would keep this thread running, and the lock
        # of the interpreter from the one that hears the child.
        dispatcher.awake.connect(self._wakes)
        dispatcher.aboutToBlock.connect(self._turned)

    def _wakes(self) -> None:
        self._turn_began = time.thread_time()

    def _turned(self) -> None:
        now = time.thread_time()
        self.now.turn = max(self.now.turn, now - self._turn_began)
        self._turn_began = now

    def _painted(self, canvas: PageCanvas) -> None:
        camera, pictures = canvas.camera, canvas.pictures
        if canvas.loader is None or not any(map(pictures.has_any, camera.visible())):
            return
        since = time.perf_counter() - self._start
        self.now.impression = self.now.impression or since
        sharp = all(
            pictures.has_tile(page, camera.scale, tile)
            for page in camera.visible()
            for tile in tiles_in_view(camera, page)
        )
        if sharp and not self.now.seconds:
            self.now.seconds, self.scale = since, camera.scale
            self.now.after = time.thread_time() - self._came
            self.sharp.emit()

    def open(self, path: Path) -> Opening:
        """Open a file and wait until it is sharp, and then for what comes after."""
        self.now = Opening()
        self._turn_began = self._used = time.thread_time()
        self._start = time.perf_counter()
        self._app.tabs.open_file(path)
        self._turned()
        loop = QEventLoop()
        self.sharp.connect(loop.quit)
        QTimer.singleShot(_MOST, loop, loop.quit)
        loop.exec()
        rest(700)
        found, self.now = self.now, Opening()
        return found


def rest(milliseconds: int) -> None:
    """Let the window run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Raw:
    """MuPDF alone."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _RAW], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def render(self, path: Path, scale: float) -> tuple[float, float]:
        """Seconds to open a file and draw its first page: of the clock, of the processor."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{scale}|0|{path}\n")
        self._process.stdin.flush()
        seconds, used = map(float, self._process.stdout.readline().split())
        return seconds, used

    def close(self) -> None:
        self._process.communicate()


def measure(app: App, watch: Watch, raw: Raw, file: Path, work: Path, runs: int) -> list[Opening]:
    """Open copies of a file; the first one is not counted."""
    found: list[Opening] = []
    spare = app.tabs.splits.spare
    for number in range(runs + 1):
        copy = work / f"{file.stem} {number}{file.suffix}"
        # Another content each time: the reader's place in one known by it is asked for.
        copy.write_bytes(file.read_bytes() + b"\n%% %d\n" % number)
        wait_for(lambda: spare.ready)
        rest(300)
        opening = watch.open(copy)
        opening.raw, opening.raw_work = raw.render(copy, watch.scale)
        app.tabs.close_current()
        found.append(opening)
    return found[1:]


def say(text: str, values: list[float]) -> None:
    middle, least = statistics.median(values) * 1000, min(values) * 1000
    sys.stdout.write(f"  {text:<58}{middle:8.1f} ms   least {least:6.1f}\n")
    sys.stdout.flush()


def report(name: str, found: list[Opening]) -> None:
    sys.stdout.write(f"{name}, medians of {len(found)}\n")
    say("click to first sharp page", [each.seconds for each in found])
    say("  to the first impression of it", [each.impression for each in found])
    early = [min(each.words or each.impression, each.impression) for each in found]
    count = sum(each.words > 0 for each in found)
    say(f"  to that or to its words ({count} times before it)", early)
    say("    at most", [max(early)])
    say("MuPDF alone, open and render", [each.raw for each in found])
    say("  of the processor", [each.raw_work for each in found])
    say("click to first sharp page, minus raw", [each.seconds - each.raw for each in found])
    say("the window's thread until the picture is asked for", [each.before for each in found])
    say("  and from when it comes until it is painted", [each.after for each in found])
    say("  in its longest turn", [each.turn for each in found])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        files = options.files or [generated(work)]
        application, engine, raw = make_application(), Engine(), Raw()
        app = App(
            application, work / "library", Settings(work / "settings.json"), engine,
            WindowState(work / "window.json", work / "library"),
        )  # fmt: skip
        app.show()
        wait_for(lambda: app.late is not None)
        watch = Watch(app)
        for file in files:
            report(file.name, measure(app, watch, raw, file, work, options.runs))
        app.end()
        raw.close()


if __name__ == "__main__":
    main()
