"""A control tells the key that does the same."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from reader.ui.dialogs.shortcuts import Shortcuts
from tests.ui.driving import Driven


def test_what_a_key_was_changed_to_is_told_at_the_buttons(win: Driven) -> None:
    # GIVEN controls whose tooltips name their keys
    assert win.pane._read.toolTip() == "Read the PDF  (Ctrl+Return)"
    assert win.pane._state.toolTip() == "Reading state  (U, I, R)"
    assert win.search.toolTip().endswith("a OR b  (/)")
    assert win.pane.remark.toolTip() == "One line, shown in the list  (F2)"
    # WHEN two of the keys are changed in the table of shortcuts
    win.window.commands.action("window.shortcuts").trigger()
    win.until(lambda: isinstance(QApplication.activeModalWidget(), Shortcuts))
    box = QApplication.activeModalWidget()
    assert isinstance(box, Shortcuts)
    for name, key in (("paper.read", "F7"), ("window.search", "Ctrl+Alt+9")):
        box.table.selectRow(box._ids.index(name))
        box.keys.setKeySequence(QKeySequence(key))
        box.keys.editingFinished.emit()
    box.reject()
    win.until(lambda: QApplication.activeModalWidget() is None)
    # THEN the tooltips name the new ones
    assert win.pane._state.toolTip() == "Reading state  (U, I, F7)"
    assert win.search.toolTip().endswith("a OR b  (Ctrl+Alt+9)")
    assert win.pane._star.toolTip() == "Star  (S)"
