"""A theme, viewer pages that are closed again, and PDFs to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.library.text_cache import TextCache
from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits
from reader.services.texts import Texts
from reader.ui.theme import Theme
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.fitting import Fitting
from reader.ui.viewer.page import ViewerPage
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready
from tests.ui.viewer import shelves
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.shelves import Shelf


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def fake() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def viewer(qtbot: QtBot, theme: Theme) -> Iterator[Viewer]:
    """Open a viewer page on an engine and wait until it has shown what it can."""
    made: list[ViewerPage] = []

    def open_page(
        engine: Any,
        path: Path = Path("paper.pdf"),
        *,
        position: ReadingPosition | None = None,
        size: tuple[int, int] = (900, 700),
        wait: bool = True,
    ) -> ViewerPage:
        page = ViewerPage(engine, path, title="A paper", position=position, theme=theme)
        page.equip(FEATURES)
        made.append(page)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        if wait:
            qtbot.waitUntil(lambda: page.pdf is not None)
            settle(qtbot, page)
        return page

    yield open_page
    for page in made:
        page.close_document()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A library with one paper and its file."""
    with shelves.opened(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The real engine, one for a module."""
    made = Engine(Limits(open=6.0, stage=4.0))
    yield made
    made.close()


@pytest.fixture
def texts(engine: Engine, tmp_path: Path) -> Iterator[Texts]:
    made = Texts(engine, TextCache(tmp_path))
    yield made
    made.close()


WORDS = (
    "A Paper About Reading",
    "The quick brown fox jumps over the lazy dog and is represen-",
    "ted here in several lines of text, so that there is something",
    "to select, to copy and to find on every page.",
)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve pages with text, an outline, page labels, internal, web and hostile links."""
    doc = pymupdf.open()
    for number in range(12):
        page = doc.new_page(width=595, height=842)
        page.insert_text((72, 90), f"Section {number + 1}", fontsize=20)
        for line, words in enumerate(WORDS):
            page.insert_text((72, 130 + 18 * line), words, fontsize=12)
        if number in (3, 9):
            page.insert_text((72, 300), "a rare word: okapi", fontsize=12)
    first = doc[0]
    point = pymupdf.Point(72, 90)
    first.insert_link(
        {"kind": pymupdf.LINK_GOTO, "page": 6, "to": point, "from": pymupdf.Rect(72, 400, 200, 420)}
    )
    for y, uri in ((440, "https://example.org/paper"), (480, "file:///etc/passwd")):
        box = pymupdf.Rect(72, y, 200, y + 20)
        first.insert_link({"kind": pymupdf.LINK_URI, "uri": uri, "from": box})
    doc.set_toc(
        [[1 + (number % 3 > 0), f"Section {number + 1}", number + 1] for number in range(12)]
    )
    doc.set_page_labels(
        [
            {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
            {"startpage": 2, "prefix": "", "style": "D", "firstpagenum": 1},
        ]
    )
    path = tmp_path_factory.mktemp("papers") / "paper.pdf"
    doc.save(path)
    doc.close()
    return path


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper that opens with the password "okapi"."""
    doc = pymupdf.open()
    doc.new_page().insert_text((72, 90), "secret")
    path = tmp_path_factory.mktemp("papers") / "locked.pdf"
    doc.save(path, encryption=5, user_pw="okapi", owner_pw="x")
    doc.close()
    return path


@pytest.fixture
def driven(start: Start, library: Path) -> Iterator[Driven]:
    """A window with the guide open, which has an outline of its own."""
    win = start(library)
    win.select(next(i for i in range(win.rows()) if win.row(i).has_pdf))
    win.app.open_paper(win.paper())
    win.until(lambda: is_ready(win.app.tabs.current()))
    yield win
    win.settled()


@pytest.fixture
def ahead(qtbot: QtBot, theme: Theme, fake: FakeEngine) -> Iterator[ViewerPage]:
    """A page that is made and fitted, and waits."""
    page = ViewerPage(fake, None, theme=theme)
    qtbot.addWidget(page)
    page.resize(900, 700)
    Fitting(page, FEATURES, lambda: None)
    qtbot.waitUntil(lambda: page.fitted)
    yield page
    page.close_document()
