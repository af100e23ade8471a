"""All commands with their keys, to be found and changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.settings import Settings
from reader.ui.commands.actions import CommandSet, translated


class Shortcuts(QDialog):
    """A table to search; the chosen command's key is changed below it."""

    def __init__(self, commands: CommandSet, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(620, 620)
        self._commands = commands
        self._settings = settings
        self._ids = [row.id for row in commands.rows()]
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 18)
        box.setSpacing(12)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a command"))
        self.search.setAccessibleName(self.tr("Find a command"))
        self.search.textChanged.connect(self._filter)
        box.addWidget(self.search)
        self.table = QTableWidget(len(self._ids), 2, self)
        self.table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.table.setAccessibleName(self.tr("Commands and their keys"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(1, 190)
        self._fill()
        self.table.itemSelectionChanged.connect(self._chosen)
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("New key"), self))
        self.keys = QKeySequenceEdit(self)
        self.keys.setAccessibleName(self.tr("New key"))
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        self.keys.editingFinished.connect(self._change)
        row.addWidget(self.keys, 1)
        box.addLayout(row)
        self.told = QLabel(self)
        self.told.setProperty("class", "muted")
        box.addWidget(self.told)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        reset = buttons.addButton(
            self.tr("Back to the original keys"), QDialogButtonBox.ButtonRole.ResetRole
        )
        reset.clicked.connect(self._reset)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _fill(self) -> None:
        for number, row in enumerate(self._commands.rows()):
            keys = self._commands.action(row.id).shortcuts()
            text = "   ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
            self.table.setItem(number, 0, QTableWidgetItem(translated(row.text).rstrip("…")))
            self.table.setItem(number, 1, QTableWidgetItem(text))

    def _filter(self, text: str) -> None:
        for number, row in enumerate(self._commands.rows()):
            hit = text.casefold() in translated(row.text).casefold()
            self.table.setRowHidden(number, not hit)

    def _chosen(self) -> None:
        action = self._commands.action(self._ids[self.table.currentRow()])
        self.keys.setKeySequence(action.shortcut())

    def _change(self) -> None:
        number = self.table.currentRow()
        if number < 0:
            return
        wanted = self.keys.keySequence()
        text = wanted.toString(QKeySequence.SequenceFormat.PortableText)
        name = self._ids[number]
        if [wanted] == self._commands.action(name).shortcuts()[:1]:
            return
        for other in self._ids:
            taken = self._commands.action(other).shortcuts()
            if other != name and text and wanted in taken and self._same_place(name, other):
                self.told.setText(
                    self.tr("{} already belongs to “{}”.").format(
                        wanted.toString(QKeySequence.SequenceFormat.NativeText),
                        self._commands.action(other).text().rstrip("…"),
                    )
                )
                return
        self._settings.set_keys(name, text)
        self._commands.set_keys(name)
        self.told.clear()
        self._fill()

    def _same_place(self, one: str, other: str) -> bool:
        """Whether two commands could be meant by one key: viewer and notes have keys of their own."""
        rows = {row.id: row for row in self._commands.rows()}
        pair = {rows[one].target, rows[other].target}
        return pair == {"note"} or ("note" not in pair and pair != {"viewer", "library"})

    def _reset(self) -> None:
        for name in self._ids:
            if self._settings.keys_of(name) is not None:
                self._settings.set_keys(name, None)
                self._commands.set_keys(name)
        self._fill()
        self.told.setText(self.tr("All keys are as they came."))
