"""A part of the window that cannot be loaded, or a library that turns out to be damaged: what is said,
and what goes on all the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reader.app import late, later, writer_side
from reader.app.build import App
from reader.domain.errors import ReaderError
from reader.library.place import newest_backup
from reader.services import editing
from reader.ui.notices import Notice
from tests.ui.conftest import Start, end
from tests.ui.driving import STARTER, Driven, LazyEngine, build


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, library: Path, tmp_path: Path) -> Iterator[App]:
    """A window that was built and not yet shown."""
    built = build(qapp, library, tmp_path / "config" / "window.json", LazyEngine(), theme="light")
    yield built
    end(Driven(qtbot, built))


def test_a_part_that_is_missing_is_named_and_what_is_written_is_kept(
    start: Start, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an installation that lost a part of the program
    def broken(name: str) -> object:
        if name == "reader.ui.icon_font":
            raise ImportError("No module named 'qtawesome'")
        return import_module(name)

    monkeypatch.setattr(later, "import_module", broken)
    # WHEN the window opens
    win = start(library)
    # THEN the reader is told what happened, once
    assert win.notices() == [
        "A part of the window could not be loaded (No module named 'qtawesome'); "
        "your library is unharmed."
    ]
    # AND everything else was loaded, and a change reaches the disk
    win.until(lambda: win.app.late is not None)
    uid = win.paper().uid
    win.key(Qt.Key.Key_S)
    win.until(lambda: win.on_disk(uid).starred)


def test_the_second_half_of_the_window_fails_and_notes_are_saved(
    start: Start, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late, "Importer", lambda *_: 1 / 0)
    win = start(library)
    win.until(win.notices)
    assert "could not be loaded (division by zero)" in win.notices()[0]
    uid = win.paper().uid
    win.focus(win.note)
    win.type("kept")
    win.until(lambda: win.note_on_disk(uid) == "kept")


def test_without_a_writer_every_change_is_answered_with_the_reason(
    app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a window whose load ends before the library is opened for writing
    monkeypatch.setattr(writer_side.WriterSide, "__init__", lambda *_: 1 / 0)
    app.show()
    qtbot.waitUntil(lambda: bool(app.notices.cards()), timeout=10000)
    # WHEN something is to be written
    refused: list[ReaderError] = []
    app.desk.write(editing.make_collection, "Mine", failed=refused.append)
    qtbot.waitUntil(lambda: bool(refused), timeout=5000)
    # THEN the answer is what happened
    assert refused[0].message == app.notices.cards()[0].text
    assert "could not be loaded (division by zero)" in refused[0].message


def test_what_is_written_before_the_library_is_open_for_it_waits(app: App, qtbot: QtBot) -> None:
    # WHEN something is changed before the first paint, and something after it
    made: list[object] = []
    app.desk.write(editing.make_collection, "First", then=made.append)
    app.show()
    app.desk.write(editing.make_collection, "First/Second", then=made.append)
    qtbot.waitUntil(lambda: len(made) == 2, timeout=10000)
    # THEN both are on the disk, and nothing was complained about
    names = [one.name for one in app.reader.overview().collections]
    assert names == ["First", "First/Second"]
    assert not app.notices.cards()


def harm(database: Path) -> None:
    """Overwrite all pages but the first: it opens, and cannot be read."""
    data = bytearray(database.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    database.write_bytes(data)


def test_a_library_that_is_damaged_within_offers_its_backup_in_the_window(
    app: App, qtbot: QtBot, library: Path
) -> None:
    # GIVEN a library that opens, and is damaged where its papers are
    good = library / "backups" / "library-2026-01-02.db"
    shutil.copy(library / "library.db", good)
    harm(library / "library.db")
    assert newest_backup(app.reader.place) == good
    # WHEN its window is shown
    app.show()
    qtbot.waitUntil(lambda: bool(app.notices.cards()), timeout=5000)
    # THEN it says so in the place of the list, and offers the backup
    assert app.page.welcome.isVisible()
    assert "damaged" in app.page.welcome.reason.text()
    qtbot.waitUntil(lambda: app._writing is not None, timeout=10000)
    QTest.mouseClick(restore_button(app), Qt.MouseButton.LeftButton)
    # AND pressing it ends the window for the backup
    assert app.backup == good and not app.window.isVisible()


def restore_button(app: App) -> QPushButton:
    buttons = [
        button
        for card in app.notices.cards()
        for button in card.findChildren(QPushButton)
        if button.text() == "Restore the backup"
    ]
    assert len(buttons) == 1 and isinstance(buttons[0].parent(), Notice)
    return buttons[0]


def test_the_whole_starter_library_needs_no_word(app: App, qtbot: QtBot) -> None:
    app.show()
    qtbot.waitUntil(lambda: app.late is not None, timeout=10000)
    assert len(app.page.model.papers()) == STARTER
    assert app.trouble is None and not app.notices.cards()
