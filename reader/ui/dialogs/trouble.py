"""The few questions that cannot wait: a library that does not open, a note not saved."""

from __future__ import annotations

import traceback

from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from reader.domain.errors import ReaderError


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trouble", text)


def cannot_open(error: ReaderError) -> None:
    """Say why the library cannot be opened."""
    box = QtWidgets.QMessageBox(
        QtWidgets.QMessageBox.Icon.Critical,
        _tr("Paper Reader"),
        error.message,
        QtWidgets.QMessageBox.StandardButton.Ok,
    )
    box.setInformativeText(error.hint)
    box.setDetailedText(error.details)
    box.exec()


def ask_about_damage(error: ReaderError, backup: str) -> bool:
    """Whether to bring the newest good backup back; the damaged file is kept aside."""
    box = QtWidgets.QMessageBox(
        QtWidgets.QMessageBox.Icon.Warning, _tr("Paper Reader"), error.message
    )
    box.setInformativeText(
        _tr("The newest good backup is {}.\nThe damaged file is kept beside the backups.").format(
            backup
        )
    )
    box.setDetailedText(error.details)
    restore = box.addButton(_tr("Restore the backup"), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_tr("Quit"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is restore


def part_missing(error: Exception) -> ReaderError:
    """The sentence for a part of the program that could not be loaded."""
    return ReaderError(
        _tr("A part of the window could not be loaded ({}); your library is unharmed.").format(
            error or type(error).__name__
        ),
        _tr("What needs it does not work. Install Paper Reader again, or report the details."),
        "".join(traceback.format_exception(error)).strip(),
    )


def close_unsaved(parent: QWidget) -> bool:
    """Whether to close although something the reader wrote could not be saved."""
    box = QtWidgets.QMessageBox(
        QtWidgets.QMessageBox.Icon.Warning,
        _tr("Paper Reader"),
        _tr("Something you wrote could not be saved."),
        QtWidgets.QMessageBox.StandardButton.NoButton,
        parent,
    )
    box.setInformativeText(
        _tr(
            "It is still here: a note in its editor, or annotations of a file that is not in the "
            "library yet. Make room on the disk and it saves itself."
        )
    )
    stay = box.addButton(_tr("Stay"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(
        _tr("Close and lose it"), QtWidgets.QMessageBox.ButtonRole.DestructiveRole
    )
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is leave
