"""A view of the next document is ready before anybody asks for one, and nobody sees it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from reader.domain.annotation import ReadingPosition
from reader.pdf.jobs import Job
from reader.pdf.lane import Lane
from reader.ui.notes.editor import NoteEditor
from reader.ui.tabs.beside import Offer
from reader.ui.tabs.view import TabView
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.page import ViewerPage
from tests.pdf import hostile
from tests.ui.conftest import end
from tests.ui.driving import Driven


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"{name}.pdf" for name in ("first", "second", "third")]
    for file in made:
        file.write_bytes(hostile.sound())
    return made


def spare(win: Driven) -> TabView:
    """The view that is ready, once there is one."""
    win.until(lambda: win.app.tabs.splits.spare.ready)
    view = win.app.tabs.splits.spare._view
    assert view is not None
    return view


def front(win: Driven) -> ViewerPage:
    page = win.app.tabs.current()
    assert page is not None
    return page


def read(win: Driven, file: Path) -> ViewerPage:
    """Open a file and wait for its document and its features."""
    win.app.tabs.open_file(file)
    page = front(win)
    win.until(lambda: page.pdf is not None and page.canvas.pictures.has_any(0))
    win.until(lambda: page.lacking is None)
    return page


def told(of: QAccessibleInterface) -> list[object]:
    """The widgets that assistive tools are told of."""
    found: list[object] = [of.object()]
    for number in range(of.childCount()):
        if not of.child(number).state().invisible:
            found += told(of.child(number))
    return found


def test_it_is_ready_and_hidden_and_asks_for_nothing(win: Driven) -> None:
    # GIVEN a window in which no document was opened
    view = spare(win)
    (page,) = view.pages
    # THEN its page is made with all features, and they wait for a document
    assert page.ahead and page.fitted and page.features == [] and page.pdf is None
    # THEN nobody can see it: no tab, no place among the pages, nothing for assistive tools
    assert win.app.tabs.titles() == ["Library"] and win.window.stack.indexOf(view) == -1
    assert view.isHidden() and not page.isVisible()
    seen = told(QAccessible.queryAccessibleInterface(win.window))
    assert win.list in seen and not any(
        isinstance(widget, QWidget) and view.isAncestorOf(widget) for widget in seen
    )
    # THEN no process was started for it
    assert win.app.engine.pid() is None


def test_a_document_gets_it_and_the_next_one_another(win: Driven, files: list[Path]) -> None:
    view = spare(win)
    (page,) = view.pages
    # WHEN a file is opened
    shown = read(win, files[0])
    # THEN it is shown in the page that was ready, which is whole and has the keys
    assert shown is page and page.isVisible() and page.path == files[0] and not page.ahead
    assert [type(feature) for feature in page.features] == list(FEATURES)
    assert page.canvas.hasFocus() and win.app.tabs.titles() == ["Library", "first.pdf"]
    # WHEN two more are opened, one at once and one when there was time
    second = read(win, files[1])
    win.until(lambda: win.app.tabs.splits.spare.ready)
    (waiting,) = spare(win).pages
    third = read(win, files[2])
    # THEN every document has a page of its own
    assert len({id(each) for each in (shown, second, third)}) == 3 and third is waiting
    assert [page.path for page in (shown, second, third)] == files


@pytest.mark.parametrize("at", [0, 90])
def test_its_first_picture_is_asked_for_once_and_by_the_engine_itself(
    win: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    # GIVEN a document read to some page, a view that is ready, an ear at what is asked
    file = tmp_path / "long.pdf"
    file.write_bytes(hostile.sound(100))
    win.app.tabs.pages.loose.put(file, "", ReadingPosition(at, 0.0, 200.0))
    spare(win)
    asked: list[tuple[bool, dict[str, Any]]] = []
    put = Lane.put

    def hear(lane: Lane, job: Job, priority: int) -> None:
        if job.stage == "render":
            asked.append((threading.current_thread() is threading.main_thread(), job.request))
        put(lane, job, priority)

    monkeypatch.setattr(Lane, "put", hear)
    # WHEN a document is opened
    win.app.tabs.open_file(file)
    page = front(win)
    win.until(lambda: page.canvas.pictures.has_any(at))
    win.until(lambda: page.pdf is not None and not page.pdf.requests.waits_for("tile", [at]))
    # THEN the picture that is seen was asked for on the engine's thread, and not once more
    camera = page.canvas.camera
    of_view = [
        (here, job) for here, job in asked if job["page"] == at and job["scale"] == camera.scale
    ]
    assert [here for here, _ in of_view] == [False]


def test_it_is_painted_with_its_first_picture_or_soon(
    win: Driven, files: list[Path], tmp_path: Path
) -> None:
    # GIVEN a view that is ready
    spare(win)
    # WHEN a document is opened
    win.app.tabs.open_file(files[0])
    page = front(win)
    # THEN it is not painted empty, but once there is something to be seen of it
    assert not page.updatesEnabled()
    win.until(lambda: page.canvas.pictures.has_any(0))
    assert page.updatesEnabled()
    # WHEN a file has a page that never ends
    spare(win)
    endless = tmp_path / "endless.pdf"
    endless.write_bytes(hostile.nested_forms())
    win.app.tabs.open_file(endless)
    slow = front(win)
    # THEN its page is there soon all the same
    win.until(slow.updatesEnabled)
    assert not slow.canvas.pictures.has_any(0)


def test_it_is_used_before_it_is_ready_by_nobody(
    win: Driven, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a window whose next view was taken a moment ago
    spare(win)
    monkeypatch.setattr("reader.ui.tabs.spare._LATER", 600_000)
    read(win, files[0])
    assert not win.app.tabs.splits.spare.ready
    # WHEN a file is opened
    win.app.tabs.open_file(files[1])
    # THEN it has a page that was made for it, painted a turn later
    assert not front(win).updatesEnabled()
    page = read(win, files[1])
    assert page.updatesEnabled()
    assert page.path == files[1] and len(page.features) == len(FEATURES)


def test_beside_it_stands_what_the_document_has(win: Driven, files: list[Path]) -> None:
    # GIVEN a view made ahead with the most likely thing beside its page: a note
    (page,) = spare(win).pages
    assert isinstance(page.side, NoteEditor)
    # WHEN a file is opened that is not in the library
    assert isinstance(read(win, files[0]).side, Offer)
    # THEN the next view offers the same
    (page,) = spare(win).pages
    assert isinstance(page.side, Offer)
    # WHEN a paper of the library is opened
    reader = win.app.reader
    paper = next(
        paper for paper in map(reader.paper, reader.uids(win.page.model.papers()))
        if paper.documents
    )  # fmt: skip
    win.app.open_paper(paper)
    win.until(lambda: win.app.tabs.current() is page)
    # THEN its note is there
    side = page.side
    assert isinstance(side, NoteEditor)
    win.until(lambda: side.paper == paper.uid)


def test_it_follows_theme_window_and_what_is_hidden(win: Driven, files: list[Path]) -> None:
    page = read(win, files[0])
    (waiting,) = spare(win).pages
    # WHEN the window becomes dark and smaller and the reader hides what stands beside a page
    win.app.theme.choose("dark")
    win.window.resize(1000, 640)
    win.key(Qt.Key.Key_F10)
    win.until(lambda: page.side is not None and page.side.isHidden())
    view = spare(win)
    # THEN the view that waits is laid out for the room there is
    win.until(lambda: view.size() == win.window.stack.size())
    # WHEN a file is opened
    assert read(win, files[1]) is waiting
    # THEN it is as if it had been made now
    assert waiting.side is not None and waiting.side.isHidden()
    assert waiting.canvas.width() == page.canvas.width()
    assert waiting.grab().toImage().pixelColor(3, 3).lightness() < 80


def test_nothing_of_it_is_left(win: Driven) -> None:
    view = spare(win)
    # WHEN the window ends with a view that was never used
    end(win)
    assert not shiboken6.isValid(view)


def test_the_panel_of_the_last_document_is_there_with_the_next(
    win: Driven, files: list[Path]
) -> None:
    # GIVEN a reader who turns to the outline while a view is ready
    read(win, files[0])
    spare(win)
    front(win).show_pane("outline")
    # WHEN the next file is opened
    assert read(win, files[1]).panel.isVisible()
    # THEN the outline is there, and in the view that is made after it
    (waiting,) = spare(win).pages
    assert not waiting.panel.isHidden() and waiting.panel.current == "outline"
    # WHEN another pane is turned to, and the next file opened
    front(win).show_pane("thumbnails")
    page = read(win, files[2])
    # THEN its panel shows what the last one did
    assert page is waiting and page.panel.isVisible()
    win.until(lambda: page.panel.shows("thumbnails"))
