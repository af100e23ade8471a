"""Figures of the viewer: first page, page turn, frames, blank paper, waits of the event loop.

    python tests/benchmarks/viewer_bench.py [FILE.pdf]

Without a file a paper of 300 pages is made.  Run it offscreen, or on the
screen whose figures are wanted.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from reader.pdf.engine import Engine
from reader.ui.theme import Theme
from reader.ui.viewer.page import ViewerPage

_RAW = """
import sys, time
import pymupdf
start = time.perf_counter()
page = pymupdf.open(sys.argv[1])[0]
page.get_pixmap(matrix=pymupdf.Matrix(float(sys.argv[2]), float(sys.argv[2])), alpha=False)
print(time.perf_counter() - start)
"""


class Heartbeat:
    """The longest time between two beats of the event loop, in seconds."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self.reset()
        self._timer.start()

    def reset(self) -> None:
        self.worst = 0.0
        self.last = time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self.last)
        self.last = now


class Frames:
    """How long each picture of a view took, and how long a page in view stayed blank."""

    def __init__(self, page: ViewerPage) -> None:
        loader = page.pdf.loader if page.pdf is not None else None
        assert loader is not None
        canvas = page.canvas
        self._paint, self._bare = canvas.paintEvent, loader.bare
        self._since: dict[int, float] = {}
        canvas.paintEvent = self._painted
        loader.bare = self._told
        self.reset()

    def reset(self) -> None:
        self.times: list[float] = []
        self.blank = 0.0
        self._since.clear()

    def _painted(self, event: QPaintEvent) -> None:
        start = time.perf_counter()
        self._paint(event)
        self.times.append(time.perf_counter() - start)

    def _told(self, pages: list[int]) -> None:
        now = time.perf_counter()
        self._since = {page: self._since.get(page, now) for page in pages}
        self.blank = max([self.blank, *(now - since for since in self._since.values())])
        self._bare(pages)

    def p99(self) -> float:
        return sorted(self.times)[max(len(self.times) * 99 // 100 - 1, 0)]


def generated(folder: Path, pages: int = 300) -> Path:
    """A paper of dense text with some drawing on each page."""
    doc = pymupdf.open()
    words = "Reading papers all day long needs a quick and quiet page. " * 90
    for number in range(pages):
        page = doc.new_page(width=595, height=842)
        page.insert_textbox(pymupdf.Rect(60, 60, 535, 600), f"{number + 1}. {words}", fontsize=9)
        for step in range(200):
            page.draw_circle((80 + 2 * step, 700 + (step * 37 + number) % 90), 3)
    path = folder / "generated.pdf"
    doc.save(path, deflate=True)
    return path


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Run the event loop until something holds."""
    end = time.perf_counter() + seconds
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: (condition() or time.perf_counter() > end) and loop.quit())
    timer.start(0)
    loop.exec()
    timer.stop()


def is_sharp(page: ViewerPage) -> bool:
    """Whether every tile in view is there."""
    canvas = page.canvas
    if page.pdf is None or canvas.motion.active or page.pdf.loader.busy:
        return False
    return not page.pdf.requests.waits_for("tile", canvas.camera.visible())


def first_page(engine: Engine, path: Path, theme: Theme) -> tuple[float, float, ViewerPage]:
    """Seconds from asking for a page until there is something of it, and until it is sharp."""
    start = time.perf_counter()
    page = ViewerPage(engine, path, title="", theme=theme)
    page.resize(1280, 800)
    page.show()
    wait_for(lambda: page.pdf is not None and page.canvas.pictures.has_any(0))
    page.canvas.viewport().repaint()
    impression = time.perf_counter() - start
    wait_for(lambda: is_sharp(page))
    page.canvas.viewport().repaint()
    return impression, time.perf_counter() - start, page


def raw_first_page(path: Path, scale: float) -> float:
    """The same by PyMuPDF alone, in a process of its own that has it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _RAW, str(path), str(scale)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def page_turns(page: ViewerPage, count: int = 20) -> list[float]:
    """Seconds from the key to the painted page, for pages already rendered ahead."""
    times: list[float] = []
    for _ in range(count):
        wait_for(lambda: is_sharp(page))
        wait_for(lambda: page.pdf is not None and not page.pdf.requests.busy)
        start = time.perf_counter()
        page.next_page()
        page.canvas.viewport().repaint()
        times.append(time.perf_counter() - start)
        assert is_sharp(page) or page.canvas.pictures.has_any(page.canvas.camera.current())
    return times


def wheel(page: ViewerPage, angle: int) -> None:
    view = page.canvas.viewport()
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def scroll_through(page: ViewerPage, beat: Heartbeat, frames: Frames, angle: int) -> float:
    """Seconds of scrolling from start to end with a wheel that turns by `angle` every 10 ms."""
    page.first_page()
    wait_for(lambda: is_sharp(page))
    camera = page.canvas.camera
    beat.reset()
    frames.reset()
    start = time.perf_counter()
    timer = QTimer()
    timer.timeout.connect(lambda: wheel(page, -angle))
    timer.start(10)
    wait_for(lambda: camera.top >= camera.canvas_height - camera.height - 10, 90)
    timer.stop()
    wait_for(lambda: is_sharp(page))
    return time.perf_counter() - start


def scrolling(page: ViewerPage, beat: Heartbeat) -> None:
    """The figures of a wheel spun as fast as it goes, and of one turned quickly."""
    frames = Frames(page)
    for name, angle in (("spinning", 960), ("quick", 160)):
        page.canvas.pictures.clear()
        seconds = scroll_through(page, beat, frames, angle)
        speed = page.canvas.camera.layout.pages / seconds
        say(f"{name} wheel, {speed:.0f} pages a second: frame p99", frames.p99())
        say("  worst frame", max(frames.times))
        say("  longest that a page in view was blank", frames.blank)
        say("  worst wait of the event loop", beat.worst)


def say(text: str, seconds: float) -> None:
    sys.stdout.write(f"{text:<52}{seconds * 1000:9.1f} ms\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication(sys.argv)
    gc.set_threshold(*gc.get_threshold()[:2], 1 << 30)  # as the program does while it is in front
    theme = Theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else generated(Path(folder))
        engine = Engine()
        engine.warm()
        warm, small = Path(folder) / "warm.pdf", pymupdf.open()
        small.new_page()
        small.save(warm)
        first_page(engine, warm, theme)[2].close()
        beat = Heartbeat()
        impression, opening, page = first_page(engine, path, theme)
        say("first impression of the first page (engine warm)", impression)
        say("first page, sharp on screen", opening)
        say("  the same rendering by PyMuPDF alone", raw_first_page(path, page.canvas.camera.scale))
        say("  worst wait of the event loop meanwhile", beat.worst)
        times = page_turns(page)
        say("page turn, rendered ahead: median", statistics.median(times))
        say("page turn, rendered ahead: worst", max(times))
        scrolling(page, beat)
        beat.reset()
        page.open_find()
        page.find_bar.field.setText("the")
        wait_for(lambda: page.pdf is not None and page.pdf.find.complete)
        say("worst wait while finding and counting everywhere", beat.worst)
        page.close()
        engine.close()


if __name__ == "__main__":
    main()
