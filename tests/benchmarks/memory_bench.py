"""Memory of the whole program: PSS of the window and the engine's processes together.

    python tests/benchmarks/memory_bench.py [FILE.pdf ...]

Prints one paper open against a bare Qt window and one engine child with the
same paper open, and 20 open tabs.  Without files papers are made.  Linux only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from reader.app.build import App
from reader.app.start import make_application
from reader.pdf.engine import Engine
from reader.settings import Settings, WindowState

TABS = 20
MOST_MB, MOST_RATIO = 600, 2.0
_MAKE = """
import sys, pymupdf
for number in range(4):
    doc = pymupdf.open()
    for _ in range(12):
        page = doc.new_page(width=595, height=842)
        words = "Reading papers all day long needs a quick and quiet page. " * 90
        page.insert_textbox(pymupdf.Rect(60, 60, 535, 600), words, fontsize=9)
        for step in range(200):
            page.draw_circle((80 + 2 * step, 700 + (step * 37 + number) % 90), 3)
    doc.save(f"{sys.argv[1]}/paper {number}.pdf", deflate=True)
"""
_LOOKED_AT = 1.0  # seconds a reader stays on a tab


def processes() -> list[int]:
    """This process and all below it."""
    found = [os.getpid()]
    for pid in found:
        for listing in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += map(int, listing.read_text().split())
            except OSError:
                continue
    return found


def pss() -> float:
    """Megabytes of all processes, shared pages counted by their part."""
    whole = 0
    for pid in processes():
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        whole += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return whole / 1024


def run(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Let the window run."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.004)


def floor(paper: Path) -> float:
    """A bare Qt window and an engine's child that has drawn a page."""
    app = QApplication(["floor"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bare"))
    window.resize(1280, 800)
    window.show()
    engine = Engine()
    doc = engine.open(paper).result()
    engine.render(doc, 0, 1.5).result()
    run(0.5)
    measured = pss()
    engine.close()
    window.close()
    del window, app
    return measured


def full(papers: list[Path], folder: Path) -> tuple[float, float, float, float]:
    """Megabytes of one paper, of 20 tabs just looked at and at rest; seconds to be back."""
    application = make_application()
    engine = Engine()
    state = WindowState(folder / "window.json", folder / "library")
    app = App(application, folder / "library", Settings(folder / "settings.json"), engine, state)
    app.window.resize(1280, 800)
    app.show()
    run(20, lambda: app.readable and app.late is not None)
    run(1.0)
    app.tabs.open_file(papers[0])
    run(3.0)
    one = pss()
    for number in range(1, TABS):
        source = papers[number % len(papers)]
        copy = folder / f"{number:02} {source.name}"
        shutil.copy(source, copy)
        app.tabs.open_file(copy)
        run(_LOOKED_AT)
    run(1.0)
    many = pss()
    app.tabs.rest.after = 0.0
    app.tabs.rest.look()
    run(2.0)
    rested = pss()
    back: list[float] = []
    for index in range(1, 6):
        start = time.perf_counter()
        app.tabs.show(index)
        page = app.tabs.current()
        assert page is not None
        page.canvas.viewport().repaint()
        back.append(time.perf_counter() - start)
        assert all(page.canvas.pictures.has_any(seen) for seen in page.canvas.camera.visible())
        run(0.5)
    app.end()
    engine.close()
    return one, many, rested, max(back)


def apart(what: str, *words: str | Path) -> list[float]:
    """The figures of a process of its own, which has loaded nothing that it does not need."""
    command = [sys.executable, __file__, what, *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        papers = [Path(word) for word in sys.argv[1:]]
        if not papers:
            subprocess.run([sys.executable, "-c", _MAKE, folder], check=True)
            papers = sorted(folder.glob("*.pdf"))
        (bare,) = apart("floor", papers[0])
        one, many, rested, back = apart("full", folder, *papers)
    say(f"bare Qt and one engine child   {bare:6.0f} MB")
    say(f"one paper open                 {one:6.0f} MB  ratio {one / bare:.2f} (< {MOST_RATIO})")
    say(f"{TABS} tabs just looked at         {many:6.0f} MB  (< {MOST_MB})")
    say(f"{TABS} tabs, all unseen at rest    {rested:6.0f} MB")
    say(f"a tab that rested is painted again in {1000 * back:.0f} ms at most (< 100)")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["floor", paper]:
            say(str(floor(Path(paper))))
        case ["full", folder, *papers]:
            say(" ".join(map(str, full([Path(paper) for paper in papers], Path(folder)))))
        case _:
            main()
