"""What an empty library shows: what can be done now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.commands.actions import CommandSet
from reader.ui.widgets.buttons import push
from reader.ui.widgets.file_drag import new_files


class Welcome(QWidget):
    """Three ways to begin, and a place to drop files."""

    files_dropped = Signal(object)

    def __init__(self, commands: CommandSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        box = QVBoxLayout(self)
        box.addStretch(2)
        self._title = title = QLabel(self.tr("Your library is empty"), self)
        title.setObjectName("welcomeTitle")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = text = QLabel(
            self.tr(
                "Everything stays on this computer: papers, notes and PDFs.\n"
                "Drop a saved page, a JSON export or PDFs anywhere in this window."
            ),
            self,
        )
        text.setObjectName("welcomeText")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(title)
        box.addSpacing(8)
        box.addWidget(text)
        box.addSpacing(24)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        self.buttons = (
            self._button(commands, "window.starter", self.tr("Open the starter papers"), "primary"),
            self._button(commands, "window.import", self.tr("Import a file"), ""),
            self._button(commands, "window.import_folder", self.tr("Add a folder of PDFs"), ""),
        )
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        self.reason = QLabel(self)
        self.reason.setObjectName("welcomeText")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reason.setWordWrap(True)
        self.reason.setContentsMargins(48, 20, 48, 0)
        self.reason.hide()
        box.addWidget(self.reason)
        box.addStretch(3)

    def refuse(self, reason: str) -> None:
        """Nothing can be brought in or shown, and why: a folder that cannot be written."""
        self._title.setText(self.tr("The library is not open"))
        self._text.hide()
        for button in self.buttons:
            button.setEnabled(False)
            button.setToolTip(reason)
        self.reason.setText(reason)
        self.reason.show()
        self.setAcceptDrops(False)

    def _button(self, commands: CommandSet, name: str, text: str, kind: str) -> QWidget:
        role = {"window.starter": "starter", "window.import": "import"}.get(name, "show-folder")
        button = push(text, role, self, kind)
        button.setMinimumHeight(36)
        button.setToolTip(commands.tip(name))
        button.clicked.connect(commands.action(name).trigger)
        return button

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if new_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(new_files(event.mimeData()))
