"""Printing into a file as a reader does: the dialog's button, then a name for the file."""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.printing import Printing
from reader.ui.viewer.printing.dialog import PrintDialog


def asked(page: ViewerPage, qtbot: QtBot) -> PrintDialog:
    """The dialog, once it is there."""
    dialog = page.feature(Printing).ask()
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def print_into(qtbot: QtBot, dialog: PrintDialog, target: Path) -> None:
    """Print what the dialog says into a file; it is under way when this returns."""
    page = dialog.parentWidget()
    assert page is not None and dialog.into_file
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    # A file is chosen long after the dialog has gone.
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    chooser = page.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(target))
    chooser.close()
