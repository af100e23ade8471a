"""Bookmarks and marks of a loose file: made, renamed, removed, gone to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.paper import Changes
from reader.library import files
from reader.library.reading import Reader
from reader.settings import WindowState
from reader.ui.viewer import loose_bookmarks
from reader.ui.viewer.bookmarks import Bookmarks
from reader.ui.viewer.home import Home
from reader.ui.viewer.kept import Kept
from tests.library.shelf import add, open_writer, undo
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_bookmark_is_made_renamed_and_removed(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    kept = page.feature(Bookmarks)
    page.go_to_page(4)
    settle(qtbot, page)
    QTest.keyClick(page.canvas, Key.Key_D, CTRL)
    assert [(one.page, one.name) for one in kept.all] == [(4, "Page 5")]
    assert page.panel.shows("bookmarks")
    item = kept.pane.tree.topLevelItem(0)
    assert item is not None
    item.setText(0, "The  proof")
    assert kept.all[0].name == "The proof"
    item = kept.pane.tree.topLevelItem(0)
    assert item is not None
    kept.pane.tree.setCurrentItem(item)
    QTest.keyClick(kept.pane.tree, Key.Key_Delete)
    assert not kept.all


def test_a_mark_leads_back_and_two_quotes_return(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    page.go_to_page(6)
    settle(qtbot, page)
    QTest.keyClicks(page.canvas, "ma")
    page.go_to_page(12)
    settle(qtbot, page)
    QTest.keyClicks(page.canvas, "'a")
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 6)
    settle(qtbot, page)
    QTest.keyClicks(page.canvas, "''")
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 12)
    settle(qtbot, page)
    QTest.keyClick(page.canvas, Key.Key_E, CTRL | SHIFT)
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 6)


def test_escape_ends_the_waiting_for_a_letter(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    QTest.keyClick(page.canvas, Key.Key_M)
    QTest.keyClick(page.canvas, Key.Key_Escape)
    QTest.keyClick(page.canvas, Key.Key_A)
    assert not page.feature(Bookmarks).all


def test_bookmarks_of_a_paper_are_kept_in_the_library(
    viewer: Viewer, fake: FakeEngine, tmp_path: Path
) -> None:
    with closing(open_writer(tmp_path)) as writer, closing(Reader(tmp_path)) as reader:
        [paper] = add(writer, "A paper")
        with writer.edit("Attach") as edit:
            attachment = files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 12)
        desk = FakeDesk()
        desk.reader, desk.writer = reader, writer
        page = viewer(fake)
        kept = page.feature(Bookmarks)
        kept.homed(home(desk, paper, attachment))
        kept.add()
        assert [one.name for one in reader.bookmarks(attachment)] == ["Page 1"]
        kept.remove(kept.all[0].uid)
        assert kept.all == ()
        undo(writer)
        desk.changed.emit(Changes(frozenset({paper}), structure=True))
        assert [one.name for one in kept.all] == ["Page 1"]


def test_those_of_a_loose_file_outlive_a_restart_and_go_into_the_library(
    viewer: Viewer, tmp_path: Path
) -> None:
    # GIVEN a file outside the library with a bookmark and a mark, shown by two tabs
    state = WindowState(tmp_path / "window.json", tmp_path)
    desk, shared = FakeDesk(), Kept(state)
    first, second = viewer(FakeEngine()), viewer(FakeEngine())
    for page in (first, second):
        page.live_in(Home(home(desk).desk, kept=shared))
    first.feature(Bookmarks).add()
    QTest.keyClicks(second.canvas, "ma")
    assert len(second.feature(Bookmarks).all) == 2  # one does not write over the other
    # WHEN the program starts again THEN they are there
    state.save()
    kept = Kept(WindowState(tmp_path / "window.json", tmp_path))
    later = viewer(FakeEngine())
    later.live_in(Home(home(desk).desk, kept=kept))
    feature = later.feature(Bookmarks)
    assert [one.mark for one in feature.all] == ["", "a"]
    # WHEN the library takes the file in THEN they are its, and kept nowhere else
    with closing(open_writer(tmp_path / "l")) as writer, closing(Reader(tmp_path / "l")) as reader:
        [paper] = add(writer, "A paper")
        with writer.edit("Attach") as edit:
            uid = files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 12)
        desk.reader, desk.writer = reader, writer
        later.live_in(Home(home(desk).desk, paper, uid, kept=kept))
        assert [one.mark for one in reader.bookmarks(uid)] == ["", "a"]
        assert [one.mark for one in feature.all] == ["", "a"]
        assert kept.of("bookmarks", str(later.path.absolute())) == {}
        later.close_document()


@pytest.mark.parametrize(
    "broken",
    [
        3,
        {"page": -1, "x": 0, "y": 0, "uid": "u", "mark": ""},
        {"page": 1, "x": "a", "y": 0, "uid": "u", "mark": ""},
        {"page": 1, "x": 0, "y": 0, "mark": ""},
        {"page": 1, "x": 0, "y": 0, "uid": "u", "mark": "ab"},
    ],
)
def test_what_is_no_bookmark_in_the_state_is_left_out(broken: object) -> None:
    kept = Kept()
    kept.keep("bookmarks", "a.pdf", {"all": [broken]})
    assert loose_bookmarks.kept_of(kept, "a.pdf") == ()
