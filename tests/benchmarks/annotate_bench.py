"""Figures of annotations on the page: loading ten thousand, painting two hundred on one page.

    python tests/benchmarks/annotate_bench.py [FILE.pdf]

Without a file a paper of 100 pages is made.  Run it offscreen, or on the
screen whose figures are wanted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pymupdf
from PySide6.QtWidgets import QApplication

from reader.domain.marking import PALETTE, Annotation, Kind
from reader.library import files
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.engine import Engine
from reader.services import annotating
from reader.ui.page_themes import PageThemes
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.shapes import Shape, kept
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.page import ViewerPage
from tests.library.shelf import add, open_writer
from tests.ui.viewer.homes import FakeDesk, home

_MANY, _ON_ONE = 10_000, 200
_KINDS = cycle((*[Kind.HIGHLIGHT] * 7, Kind.UNDERLINE, Kind.SQUIGGLY, Kind.NOTE))


def made_paper(folder: Path) -> Path:
    """A hundred pages of two columns."""
    path = folder / "paper.pdf"
    with pymupdf.open() as doc:
        for _ in range(100):
            page = doc.new_page()
            for row in range(55):
                for left in (60, 320):
                    page.insert_text((left, 70 + 12 * row), "words of a paper " * 3, fontsize=9)
        doc.save(path)
    return path


def until(app: QApplication, holds: Callable[[], bool]) -> None:
    """Let the loop run until something holds."""
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        app.processEvents()


def milliseconds(work: Callable[[], object], times: int = 25) -> float:
    """The least time of a piece of work: what it costs when nothing else wants the machine."""
    found: list[float] = []
    for _ in range(times):
        start = time.thread_time()
        work()
        found.append((time.thread_time() - start) * 1000)
    return min(found)


def told(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def drafts(page: ViewerPage, attachment: str, number: int, count: int) -> list[Annotation]:
    """Marks of words all over a page, a few of each other kind."""
    pdf = page.pdf
    geometry = pdf.geometry(number) if pdf is not None else None
    assert geometry is not None
    width, height = geometry.size
    found: list[Annotation] = []
    for index in range(count):
        kind, color = next(_KINDS), PALETTE[index % 8].name
        left = 60 + (index % 4) * (width - 120) / 4
        top = 60 + (index // 4) * (height - 120) / max(count / 4, 1)
        rects = ((left, top, left + 110, top + 11), (left, top + 11, left + 60, top + 22))
        shape = Shape(kind, rects if kind.on_text else ((left, top, left + 20, top + 20),))
        part = kept(number, shape, geometry)
        found.append(
            Annotation(kind, (part,), attachment, color, comment="why?" if index % 9 == 0 else "")
        )
    return found


def measure(app: QApplication, page: ViewerPage, writer: Writer, attachment: str) -> None:
    desk = FakeDesk()
    desk.reader, desk.writer = Reader(writer.place.folder), writer
    until(app, lambda: page.pdf is not None and not page.pdf.loader.busy)
    canvas, feature = page.canvas, page.feature(Annotate)
    view = canvas.viewport()
    for name in ("original", "dark"):
        page.theme.pages.use(name)
        until(app, lambda: page.pdf is not None and not page.pdf.loader.busy)
        bare = milliseconds(view.grab)
        uids = feature.store.add(drafts(page, "", 0, _ON_ONE))
        view.grab()  # what is drawn with is made once
        full = milliseconds(view.grab)
        told(f"{_ON_ONE} on the page in view, {name}: {full - bare:.1f} ms more a picture")
        feature.store.remove(uids)
    page.theme.pages.use(PageThemes().choice)
    pages = page.pdf.pages if page.pdf is not None else 0
    until(app, lambda: page.pdf is not None and page.pdf.geometry(pages - 1) is not None)
    for number in range(pages):
        annotating.add(writer, drafts(page, attachment, number, _MANY // pages))
    page.live_in(home(desk, "", ""))
    read = milliseconds(lambda: desk.reader.annotations(attachment), 3)
    found = desk.reader.annotations(attachment)
    page.live_in(home(desk, "", attachment))
    taken = milliseconds(lambda: feature.store._put_all(found), 3)
    count = len(feature.store.all)
    told(
        f"{count} on one paper: read in {read:.0f} ms (read lane), taken in {taken:.1f} ms (window)"
    )
    told(f"  a picture: {milliseconds(view.grab):.1f} ms")
    spot = Spot(0, 200.0, 300.0)
    told(f"  what is under the pointer: {milliseconds(lambda: feature.picked.at(spot)):.2f} ms")
    one = feature.store.on(0)[0]
    told(f"  one recoloured: {milliseconds(lambda: feature.store.change([one])):.2f} ms (written)")
    desk.reader.close()


def main() -> None:
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else made_paper(folder)
        engine = Engine()
        with closing(open_writer(folder / "library")) as writer:
            [paper] = add(writer, "A paper")
            with writer.edit("Attach") as edit:
                attachment = files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 1)
            page = ViewerPage(engine, path, title="A paper", theme=Theme(app, "light"))
            page.equip(FEATURES)
            page.resize(1280, 800)
            page.show()
            measure(app, page, writer, attachment)
            page.close_document()
        engine.close()


if __name__ == "__main__":
    main()
