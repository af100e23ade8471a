"""An editor of notes that is gone: whatever is set afterwards, it is not asked to show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from reader.settings import Settings, WindowState
from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.formulas import Formulas
from reader.ui.notes.kit import Kit
from reader.ui.notes.notebook import Notebook
from reader.ui.notes.rendered.images import Images
from reader.ui.notes.rendered.side import Side
from reader.ui.notices import Notices
from reader.ui.theme import Theme


def _unread(*_args: Any, **_options: Any) -> None:
    """No work is asked for."""


def test_a_setting_reaches_the_editors_that_are_there_and_no_other(
    qapp: QApplication, tmp_path: Path
) -> None:
    # GIVEN two editors, one of which is closed, as beside a document whose tab is closed
    settings = Settings(tmp_path / "settings.json")
    notices, theme, notebook = Notices(), Theme(qapp, "light"), Notebook(lambda *_: None)
    kit = Kit(_unread, notices)
    kit.use(settings, WindowState(tmp_path / "state.json", tmp_path / "library"))
    formulas, images = Formulas(kit, kit), Images(kit, kit)
    stays, goes = (NoteEditor(notebook, theme, kit) for _ in range(2))
    side, _ = (Side(editor, formulas, images) for editor in (stays, goes))
    goes.deleteLater()
    QCoreApplication.sendPostedEvents(goes, QEvent.Type.DeferredDelete)
    # WHEN notes are to be shown in another way
    settings.set("note_view", "read")
    # THEN the one that is there does so, and the other is let be
    assert side.way == "read"
    for thing in (stays, kit, theme, notices, notebook):
        thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
