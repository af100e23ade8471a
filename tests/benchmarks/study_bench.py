"""Figures of studying: from the click until mentions, outline and lists are there.

    python tests/benchmarks/study_bench.py FILE.pdf ...

Each file is opened by a program that never saw it, then by one whose `cache.db`
has its text, then by one that has its findings as well.  Beside them stands
the bare work: reading every page in a child that is warm, and looking through.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from reader.library.text_cache import TextCache
from reader.pdf.engine import Engine
from reader.services import findings
from reader.services.texts import Texts
from reader.ui.theme import Theme
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study

_ROUNDS = 5
_WAIT = 120.0  # seconds


def bare(path: Path) -> float:
    """Seconds of reading and looking through, by a child that has just opened the file."""
    engine = Engine()
    doc = engine.open(path).result(_WAIT)
    start = time.perf_counter()
    texts = [engine.text(doc, page).result(_WAIT) for page in range(doc.info.pages)]
    links = [engine.links(doc, page).result(_WAIT) for page in range(doc.info.pages)]
    findings.study(texts, links, engine.outline(doc).result(_WAIT))
    taken = time.perf_counter() - start
    engine.close()
    return taken


def opened(app: QApplication, theme: Theme, path: Path, folder: Path) -> float:
    """Seconds from the click until the document has been studied, in a program of its own."""
    engine = Engine()
    texts = Texts(engine, TextCache(folder))
    engine.warm()
    time.sleep(0.5)
    start = time.perf_counter()
    page = ViewerPage(engine, path, title="A paper", theme=theme)
    page.use_texts(texts)
    page.resize(1280, 800)
    page.show()
    page.equip(FEATURES)
    study = page.feature(Study)
    while not study.done and time.perf_counter() - start < _WAIT:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    taken = time.perf_counter() - start
    page.close_document()
    page.deleteLater()
    engine.close()
    texts.close()
    app.processEvents()
    return taken


def forget_findings(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "cache.db")) as cache, cache:
        cache.execute("DELETE FROM findings")


def measure(app: QApplication, theme: Theme, path: Path) -> None:
    kinds: dict[str, list[float]] = {"never seen": [], "text kept": [], "findings kept": []}
    floor = statistics.median(bare(path) for _ in range(_ROUNDS))
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            kinds["never seen"].append(opened(app, theme, path, folder))
            forget_findings(folder)
            kinds["text kept"].append(opened(app, theme, path, folder))
            kinds["findings kept"].append(opened(app, theme, path, folder))
    sys.stdout.write(f"{path.name}\n  {'bare work':<16}{floor * 1000:8.0f} ms\n")
    for kind, times in kinds.items():
        median, worst = statistics.median(times) * 1000, max(times) * 1000
        sys.stdout.write(f"  {kind:<16}{median:8.0f} ms  worst {worst:.0f}\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication([])
    theme = Theme(app, "light")
    for name in sys.argv[1:]:
        measure(app, theme, Path(name))


if __name__ == "__main__":
    main()
