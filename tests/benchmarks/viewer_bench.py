"""Figures of the viewer: first page, page turn, and the longest wait of the event loop.

    python tests/benchmarks/viewer_bench.py [FILE.pdf]

Without a file a paper of 300 pages is made.  Run it offscreen, or on the
screen whose figures are wanted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
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


def first_page(engine: Engine, path: Path, theme: Theme) -> tuple[float, ViewerPage]:
    """Seconds from asking for a page until it is sharp on the screen."""
    start = time.perf_counter()
    page = ViewerPage(engine, path, title="", theme=theme)
    page.resize(1280, 800)
    page.show()
    wait_for(lambda: page.pdf is not None and page.canvas.pictures.has_any(0) and is_sharp(page))
    page.canvas.viewport().repaint()
    return time.perf_counter() - start, page


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


def scroll_through(page: ViewerPage, beat: Heartbeat) -> tuple[float, float]:
    """(worst gap, seconds) of scrolling from start to end with a spinning wheel."""
    page.first_page()
    wait_for(lambda: is_sharp(page))
    camera = page.canvas.camera
    beat.reset()
    start = time.perf_counter()
    timer = QTimer()
    timer.timeout.connect(lambda: wheel(page, -960))
    timer.start(10)
    wait_for(lambda: camera.top >= camera.canvas_height - camera.height - 10, 60)
    timer.stop()
    wait_for(lambda: is_sharp(page))
    return beat.worst, time.perf_counter() - start


def say(text: str, seconds: float) -> None:
    sys.stdout.write(f"{text:<52}{seconds * 1000:9.1f} ms\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication(sys.argv)
    theme = Theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else generated(Path(folder))
        engine = Engine()
        engine.warm()
        warm, small = Path(folder) / "warm.pdf", pymupdf.open()
        small.new_page()
        small.save(warm)
        first_page(engine, warm, theme)[1].close()
        beat = Heartbeat()
        opening, page = first_page(engine, path, theme)
        say("first page, sharp on screen (engine warm)", opening)
        say("  the same rendering by PyMuPDF alone", raw_first_page(path, page.canvas.camera.scale))
        say("  worst wait of the event loop meanwhile", beat.worst)
        times = page_turns(page)
        say("page turn, rendered ahead: median", statistics.median(times))
        say("page turn, rendered ahead: worst", max(times))
        worst, seconds = scroll_through(page, beat)
        say(f"worst wait scrolling {page.canvas.camera.layout.pages} pages", worst)
        say("  the whole way took", seconds)
        beat.reset()
        page.open_find()
        page.find_bar.field.setText("the")
        wait_for(lambda: page.pdf is not None and page.pdf.find.complete)
        say("worst wait while finding and counting everywhere", beat.worst)
        page.close()
        engine.close()


if __name__ == "__main__":
    main()
