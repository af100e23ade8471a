"""A named document is on the screen before features, library page and the rest are loaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from reader.app.build import App
from reader.app.later import Later
from reader.pdf.engine import Engine
from reader.pdf.jobs import Document
from reader.ui.tabs.looks import Looks
from reader.ui.viewer import requests
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.file.handle import FileHandle
from reader.ui.viewer.next_pane import NextPane
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.thumbnails import Thumbnails
from reader.ui.viewer.tiles import tiles_in_view
from reader.ui.viewer.wants import Want, ask
from tests.ui.driving import PATIENCE, LazyEngine, build

Key = Qt.Key


class Early:
    """A window that shows its document and has nothing else yet, until `go_on`."""

    def __init__(self, qtbot: QtBot, app: App) -> None:
        self.qtbot = qtbot
        self.app = app

    @property
    def page(self) -> ViewerPage:
        page = self.app.tabs.current()
        assert page is not None
        return page

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE)

    def show(self, *files: Path) -> None:
        self.app.show(files)
        self.until(lambda: self.page.pdf is not None and self.page.canvas.pictures.has_any(0))

    def go_on(self) -> None:
        """Load the rest."""
        self.app._later._turn.start(0)
        self.until(lambda: self.app.late is not None and self.app._writer is not None)
        pages = [half.page for half in self.app.tabs._halves() if half.page is not None]
        self.until(lambda: all(page.lacking is None for page in pages))


@pytest.fixture
def early(
    qtbot: QtBot,
    qapp: QApplication,
    library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Early]:
    monkeypatch.setattr(Later, "begin", lambda _self: None)
    state = tmp_path / "config" / "window.json"
    app = build(qapp, library, state, LazyEngine(), theme="light")
    yield Early(qtbot, app)
    app.end()
    app.setParent(None)
    app.deleteLater()
    app.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def test_the_page_comes_first_and_then_the_rest(early: Early, pdf: Path) -> None:
    # GIVEN a window that was opened with a document
    early.show(pdf)
    page = early.page
    # THEN there is its page, and neither features nor a library page
    assert page.features == [] and early.app._side is None
    # WHEN the rest is loaded
    early.go_on()
    # THEN all is there, and the document is still in front
    assert early.page is page and page.features
    assert early.app.window.commands.action("viewer.thumbnails").isEnabled()
    early.app.tabs.show_library()
    early.until(lambda: len(early.app.page.model.papers()) > 100)


@pytest.fixture
def asked(early: Early, monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, Want]]:
    """What is asked of the engine, and whether the window was there."""
    found: list[tuple[bool, Want]] = []

    def heard(engine: Engine, doc: Document, want: Want) -> Future[Any]:
        found.append((early.app.window.isVisible(), want))
        return ask(engine, doc, want)

    monkeypatch.setattr(requests, "ask", heard)
    return found


def sharp(page: ViewerPage) -> bool:
    camera = page.canvas.camera
    (tile,) = tiles_in_view(camera, 0)
    return page.canvas.pictures.has_tile(0, camera.scale, tile)


def test_an_open_document_is_drawn_in_the_size_of_the_last_time_before_there_is_a_window(
    early: Early, pdf: Path, asked: list[tuple[bool, Want]]
) -> None:
    # GIVEN the size that pages had, and a document that was opened meanwhile
    early.app.window.resize(1280, 800)
    early.app.tabs.pages._looks._now["view"] = [1000, 700]
    early.app.engine.expect(pdf)
    early.app.engine._ahead[pdf.absolute()].result(PATIENCE / 1000)
    # WHEN it is shown
    early.show(pdf)
    # THEN the picture was asked for before the window was there
    before = [want for visible, want in asked if not visible]
    assert [want.kind for want in before if want.kind in ("tile", "thumb")] == ["tile"]
    # AND it is sharp in the size that the window really has, which is kept for the next time
    early.until(lambda: sharp(early.page))
    view = early.page.canvas.viewport()
    assert early.app.state.get("viewer", {})["view"] == [view.width(), view.height()]
    assert view.width() != 1000 and early.page.canvas.camera.width == view.width()


@pytest.mark.parametrize("size", [None, [0, 0], [5, 700], ["a", 3], [10**9, 10**9]])
def test_a_size_that_is_none_is_no_trouble(early: Early, pdf: Path, size: object) -> None:
    early.app.tabs.pages._looks._now["view"] = size
    early.app.engine.expect(pdf)
    early.app.engine._ahead[pdf.absolute()].result(PATIENCE / 1000)
    early.show(pdf)
    early.until(lambda: sharp(early.page))


def test_what_cannot_be_opened_is_told_before_there_is_a_window(
    early: Early, html_pdf: Path
) -> None:
    early.app.tabs.pages._looks._now["view"] = [1000, 700]
    early.app.engine.expect(html_pdf)
    assert early.app.engine._ahead[html_pdf.absolute()].exception(PATIENCE / 1000) is not None
    early.app.show([html_pdf])
    assert early.page.error is not None and early.page.stack.currentWidget() is early.page.fault


def places(app: App) -> dict[str, object]:
    """Where the parts of the window are that are there from the first paint on."""
    bars = [app.window.top, app.tabs.current().bar]  # pyright: ignore[reportOptionalMemberAccess]
    buttons = {
        button.accessibleName(): button.geometry()
        for bar in bars
        for button in bar.findChildren(QToolButton)
        if button.accessibleName()
    }
    menus = [action.text() for action in app.window.menuBar().actions()]
    fields = {
        f"field {field.objectName()}": field.geometry() for field in bars[1].findChildren(QLineEdit)
    }
    offer = app.window.findChild(QPushButton, "addToLibrary")
    assert offer is not None
    return {**buttons, **fields, "menus": menus, "offer": offer.geometry()}


def test_nothing_moves_when_icons_menus_and_features_come(early: Early, pdf: Path) -> None:
    # GIVEN a window whose icons, features and some of whose menus are still to come
    early.app.window.resize(1280, 800)
    early.show(pdf)
    before = places(early.app)
    assert len(before) > 15
    # WHEN they have come
    early.go_on()
    early.until(lambda: early.page.bar.findChild(FileHandle) is not None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    # THEN all is where it was
    after = places(early.app)
    assert {name: after[name] for name in before} == before
    assert len(after) > len(before)


def test_a_key_of_a_feature_has_it_come_at_once(early: Early, pdf: Path) -> None:
    early.show(pdf)
    # WHEN a key is pressed that only a feature answers
    QTest.keyClick(early.page.canvas, Key.Key_F8)
    # THEN it is answered
    assert early.page.panel.isVisible()
    early.go_on()
    assert len({feature.name for feature in early.page.features}) == len(early.page.features)


def open_second(early: Early, pdf: Path, folder: Path) -> Path:
    """Open another document in a window in which all is loaded."""
    early.show(pdf)
    early.go_on()
    second = folder / "second.pdf"
    shutil.copy(pdf, second)
    early.app.tabs.open_file(second)
    return second


def test_the_next_document_gets_its_features_while_it_opens(
    early: Early, pdf: Path, tmp_path: Path
) -> None:
    # WHEN another document is opened in a window in which all is loaded
    second = open_second(early, pdf, tmp_path)
    page = early.page
    # THEN its tab does not wait for the features, and they all come
    assert page.path == second and page.features == []
    early.until(lambda: page.lacking is None)
    assert page.pdf is not None and page.feature(Thumbnails) in page.features


def test_a_command_named_at_once_finds_its_feature(early: Early, pdf: Path, tmp_path: Path) -> None:
    open_second(early, pdf, tmp_path)
    # WHEN a command of a feature is called before the features have come
    early.app.window.commands._call(NextPane.rows[0], False)
    # THEN it is done, and each feature is there once
    assert early.page.panel.isVisible()
    names = [feature.name for feature in early.page.features]
    assert len(names) == len(set(names)) == len(FEATURES)
    # WHEN something is named that no feature is THEN that is a mistake
    with pytest.raises(AttributeError):
        getattr(early.page, "nothing_of_the_kind")  # noqa: B009


def test_a_feature_that_is_only_made_begins_to_work_when_it_is_asked_for(
    early: Early, pdf: Path, tmp_path: Path
) -> None:
    open_second(early, pdf, tmp_path)
    page = early.page
    # GIVEN a page whose first features are made, and none is at work
    while not page._made:  # looked at after each turn: on a quick machine the next are the last
        QCoreApplication.processEvents()
    assert page.features == []
    # WHEN one of them is asked for THEN all are at work
    first = page.feature(type(page._made[0]))
    assert first in page.features and page.lacking is None


def test_keys_of_the_page_itself_load_nothing(early: Early, pdf: Path) -> None:
    early.show(pdf)
    QTest.keyClick(early.page.canvas, Key.Key_End)
    QTest.keyClick(early.page.canvas, Key.Key_Shift)
    assert early.page.features == []


def test_a_press_of_the_mouse_finds_the_features(early: Early, pdf: Path) -> None:
    early.show(pdf)
    QTest.mouseClick(early.page.canvas.viewport(), Qt.MouseButton.LeftButton)
    assert early.page.features


def test_the_library_comes_when_it_is_asked_for(early: Early, pdf: Path) -> None:
    early.show(pdf)
    # WHEN its tab is chosen
    early.app.tabs.show_library()
    # THEN it is there with its papers and has the keys
    assert len(early.app.page.model.papers()) > 100
    assert early.app.window.focusWidget() is early.app.page.list
    early.go_on()
    early.until(lambda: early.app.window.commands.action("paper.star").isEnabled())


def test_what_is_typed_into_the_search_is_searched_for(early: Early, pdf: Path) -> None:
    early.show(pdf)
    QTest.keyClicks(early.app.window.top.search, "zero-shot")
    early.go_on()
    early.until(lambda: early.app.page.text == "zero-shot")


def test_a_tab_closed_meanwhile_leaves_nothing_behind(early: Early, pdf: Path) -> None:
    early.show(pdf)
    early.app.tabs.close_current()
    early.go_on()
    assert early.app.tabs.current() is None
    assert len(early.app.page.model.papers()) > 100


def test_every_one_of_many_tabs_gets_its_features(early: Early, pdf: Path, tmp_path: Path) -> None:
    files = [Path(shutil.copy(pdf, tmp_path / f"{number}.pdf")) for number in range(10)]
    early.show(*files)
    early.go_on()
    pages = [half.page for half in early.app.tabs._halves() if half.page is not None]
    assert len(pages) == 10 and all(page.features for page in pages)


def test_the_pane_one_likes_is_in_front_as_soon_as_it_is_there(early: Early, pdf: Path) -> None:
    # GIVEN a reader who had the thumbnails beside the pages
    early.app.state.put("viewer", {"pane": "thumbnails", "panel_shown": True})
    early.app.tabs.pages._looks = Looks(early.app.state)
    early.show(pdf)
    assert early.page.panel.isVisible() and not early.page.panel.shows("thumbnails")
    # WHEN the features are there
    early.go_on()
    # THEN so are the thumbnails, and that they are liked is still known
    assert early.page.panel.shows("thumbnails")
    assert early.page.feature(Thumbnails).list.isVisible()
    assert early.app.state.get("viewer", {})["pane"] == "thumbnails"


@pytest.mark.parametrize(
    "pane", ["annotations", "bookmarks", "things", "references", "unplaced", "no such pane"]
)
def test_whatever_pane_was_in_front_all_features_come(early: Early, pdf: Path, pane: str) -> None:
    # GIVEN a reader who had that pane beside the pages
    early.app.state.put("viewer", {"pane": pane, "panel_shown": True})
    early.app.tabs.pages._looks = Looks(early.app.state)
    early.show(pdf)
    # WHEN the features are there THEN all of them are, and the panel shows one of its panes
    early.go_on()
    assert len(early.page.features) == len(FEATURES)
    panel = early.page.panel
    assert panel.shows(pane if pane != "no such pane" else "outline")
    shown = panel.room.currentWidget()
    assert shown is not None
    assert shown.isVisible()
