"""Start, note save and stalls of the real window, with the floors in the same run.

    python tests/benchmarks/product_bench.py [RUNS]

Prints medians in milliseconds.  Every start is a process of its own, timed from
before it is made until its window has painted; the floor is a bare Qt window.
Stalls are the longest gaps a 5 ms timer of the window saw, and beside them the most
processor time the window's thread used between two of its beats: the part of a gap that
is the program's own, whatever else the machine does.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QTimer  # noqa: E402

from reader.app.build import App  # noqa: E402
from reader.app.start import make_application  # noqa: E402
from reader.library.schema import migrate  # noqa: E402
from reader.library.writing import Writer  # noqa: E402
from reader.pdf.engine import Engine  # noqa: E402
from reader.services import editing  # noqa: E402
from reader.settings import Settings, WindowState  # noqa: E402
from tests.pdf import hostile  # noqa: E402

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
class Window(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, QApplication.quit)  # quit closes windows, and this one is being painted
app = QApplication([])
window = Window("a window")
window.resize(1280, 800)
window.show()
app.exec()
"""
READER = """
import gc, sys, time
gc.disable()  # as reader.__main__ does
from PySide6.QtCore import QTimer
from reader.arguments import window_start
from reader.app import start
show = start.App.show
def shown(self, files=()):
    def painted():
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, start.QApplication.quit)
    self.window.painted.connect(painted)
    show(self, files)
start.App.show = shown
start.open_window(window_start(sys.argv[1:]))
"""


def started(code: str, *words: str) -> float:
    """Milliseconds from before the process to its first paint."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
    )
    return (float(done.stdout.split()[0]) - begin) * 1000


def saving(folder: Path, runs: int) -> tuple[float, float]:
    """(note save, raw commit of the same text with synchronous=FULL) in milliseconds."""
    writer = Writer(folder, migrate)
    uid = writer.connection.execute("SELECT uid FROM papers LIMIT 1").fetchone()[0]
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    raw.execute("INSERT INTO note VALUES (1, '')")
    ours: list[float] = []
    floor: list[float] = []
    note, batch = "", ""
    for number in range(runs * 10):
        text = f"{number} " + "a note of some length " * 40
        begin = time.perf_counter()
        note, changes = editing.save_note(writer, uid, note, text, batch)
        ours.append((time.perf_counter() - begin) * 1000)
        batch = changes.batch
        begin = time.perf_counter()
        raw.execute("UPDATE note SET text = ? WHERE id = 1", [text])
        floor.append((time.perf_counter() - begin) * 1000)
    raw.close()
    writer.close()
    return statistics.median(ours), statistics.median(floor)


class Heart:
    """A timer that notes how late it was, and how much of that was this thread's own work."""

    def __init__(self) -> None:
        self.worst = self.busiest = 0.0  # milliseconds
        self._used = time.thread_time()
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self._clock.start()
        self._timer.start()

    def _beat(self) -> None:
        self.worst = max(self.worst, self._clock.nsecsElapsed() / 1e6)
        self.busiest = max(self.busiest, (time.thread_time() - self._used) * 1000)
        self._clock.restart()
        self._used = time.thread_time()

    def during(
        self, work: Callable[[], object], until: Callable[[], bool], most: float
    ) -> tuple[float, float]:
        """The longest gap, and the busiest, from `work` until something holds.

        That is waited for at most so many seconds.
        """
        run(lambda: False, 0.3)
        self.worst = self.busiest = 0.0
        work()
        run(until, most)
        run(lambda: False, 0.3)
        return self.worst, self.busiest


def run(until: Callable[[], bool], most: float) -> None:
    end = time.monotonic() + most
    while not until() and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def stalls(folder: Path, work: Path) -> dict[str, tuple[float, float]]:
    """The longest gap and the busiest of the window's event loop in each case."""
    application = make_application()
    settings = Settings(work / "settings.json")
    engine = Engine()
    app = App(application, folder, settings, engine, WindowState(work / "window.json", folder))
    app.show()
    run(lambda: app.late is not None and app.readable, 30)
    run(lambda: False, 1.5)
    heart = Heart()
    found: dict[str, tuple[float, float]] = {}
    page = app.page
    found["import of the page"] = heart.during(
        app.load_starter, lambda: len(page.model.papers()) > 100, 20
    )
    long = work / "long.pdf"
    long.write_bytes(hostile.sound(300))
    for name, file in (("300 pages", long), ("a page that never ends", work / "hang.pdf")):
        if name != "300 pages":
            file.write_bytes(hostile.nested_forms())
        found[name] = heart.during(
            lambda file=file: app.tabs.open_file(file),
            lambda: False,
            2.0 if name == "300 pages" else 8.0,
        )

    def kill() -> None:
        pid = engine.pid()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    found["kill -9 of the engine"] = heart.during(kill, lambda: False, 2.0)
    app.end()
    run(lambda: False, 0.2)
    return found


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folder = work / "library"
        os.environ["PAPER_READER_CONFIG"] = str(work / "settings.json")
        subprocess.run(
            [sys.executable, "-m", "reader", "--library", str(folder), "starter"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
        )
        started(READER, "--library", str(folder))
        pairs = [(started(READER, "--library", str(folder)), started(BARE)) for _ in range(runs)]
        ours, bare = (statistics.median(values) for values in zip(*pairs, strict=True))
        report("start to the painted list", ours, "bare Qt window", bare)
        report("note save", *_between(saving(folder, runs), "raw SQLite commit"))
        for name, (gap, busy) in stalls(work / "empty", work).items():
            sys.stdout.write(f"longest stall, {name:<28} {gap:7.1f} ms   busy {busy:7.1f} ms\n")


def _between(pair: tuple[float, float], floor: str) -> tuple[float, str, float]:
    return pair[0], floor, pair[1]


def report(name: str, ours: float, floor: str, least: float) -> None:
    sys.stdout.write(
        f"{name:<30} {ours:7.1f} ms   {floor} {least:7.1f} ms   ratio {ours / least:.2f}\n"
    )


if __name__ == "__main__":
    main()
