"""An editor of notes with all its parts, on a lane of its own, without a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.services.lanes import ReadLane
from reader.settings import Settings, WindowState
from reader.ui.notes.edit import NoteEdit
from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.kit import Kit
from reader.ui.notes.notebook import Notebook
from reader.ui.notes.parts import EditorParts, NoteParts
from reader.ui.notes.whole import WholeNotes
from reader.ui.notices import Notices
from reader.ui.tasks import Tasks
from reader.ui.theme import Theme

Key = Qt.Key


class _Around(QObject):
    """The window's desk as far as an editor without a library meets it: nothing is ever read."""

    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.notebook, self.kit, self.notices = desk.notebook, desk.kit, desk.notices
        self.reader = Mock()

    def read(self, *_work: Any, **_options: Any) -> None:
        """No answer ever comes."""


class Desk:
    """An editor, driven by keys; the note is saved nowhere."""

    def __init__(self, qtbot: QtBot, app: QApplication, settings: Settings, folder: Path) -> None:
        self.qtbot = qtbot
        self.settings = settings
        self.theme = Theme(app, "light")
        self.tasks, self.lane = Tasks(), ReadLane()
        self.notices = Notices()
        self.kit = Kit(_unread, self.notices)
        self.kit.use(settings, WindowState(folder / "window.json", folder))
        self.kit.work_on(self.tasks, self.lane)
        self.notebook = Notebook(lambda *_: None)
        self.editor = NoteEditor(self.notebook, self.theme, self.kit)
        self.notices.set_host(self.editor)
        self.around = _Around(self)
        self.whole = WholeNotes(cast("Any", self.around), self.around)
        self.parts = NoteParts(self.kit, self.whole)
        self.kit.load(self.parts)
        self.editor.resize(900, 700)
        self.editor.set_size(14)
        self.editor.show()
        self.editor.show_note("paper", "note", "")
        self.edit.setFocus()
        qtbot.waitUntil(self.edit.hasFocus)

    @property
    def edit(self) -> NoteEdit:
        return self.editor.edit

    @property
    def own(self) -> EditorParts:
        """The editor's own parts."""
        assert isinstance(self.editor.parts, EditorParts)
        return self.editor.parts

    def show(self, text: str) -> None:
        """Show a note; the cursor stands where "‸" is, or from the first to the second."""
        places = [n for n, sign in enumerate(text) if sign == "‸"]
        self.editor.show_note("paper", "note", "")
        self.editor._fill(text.replace("‸", ""))
        if places:
            self.edit.choose(places[0], places[-1] - (len(places) > 1))

    @property
    def text(self) -> str:
        """The note with "‸" at the cursor, or around the selection."""
        cursor: QTextCursor = self.edit.textCursor()
        text = self.edit.toPlainText()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start == end:
            return f"{text[:start]}‸{text[start:]}"
        return f"{text[:start]}‸{text[start:end]}‸{text[end:]}"

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.edit, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.edit, text)

    def until(self, holds: Callable[[], Any], patience: int = 15000) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=patience)

    def close(self) -> None:
        self.tasks.close()
        self.lane.close()
        for thing in (
            self.editor, self.around, self.kit, self.theme, self.notices, self.notebook, self.tasks,
        ):  # fmt: skip
            thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _unread(*_args: Any, **_options: Any) -> None:
    raise AssertionError("the lane of notes is used")


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(tmp_path / "settings.json")
    settings.override("spelling=off")
    made = Desk(qtbot, qapp, settings, tmp_path)
    yield made
    made.close()
