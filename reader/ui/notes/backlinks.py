"""Which notes lead to the shown one or to its paper: a line under the note that folds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton

from reader.domain.lists import NoteRow
from reader.domain.note_links import Place, address
from reader.domain.paper import Changes
from reader.ui.notes.whole import WholeNotes

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_TARGET = Qt.ItemDataRole.UserRole
_ROW = 26
_MOST_ROWS = 5
_AFTER = 300  # ms after the last change


class Backlinks(QObject):
    """Counts them, lists them, opens one."""

    def __init__(self, editor: NoteEditor, whole: WholeNotes) -> None:
        super().__init__(editor)
        self._editor = editor
        self._desk = whole.desk
        self._shown = ""
        self.line = QToolButton(editor)
        self.line.setObjectName("noteSwitcher")
        self.line.setAccessibleName(self.tr("Notes that mention this"))
        self.line.setProperty("kind", "flat")
        self.line.setCheckable(True)
        self.line.toggled.connect(lambda _: self._fold())
        self.list = QListWidget(editor)
        self.list.setObjectName("quietList")
        self.list.setAccessibleName(self.tr("Notes that lead here"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        editor.box.addWidget(self.line)
        editor.box.addWidget(self.list)
        self.line.hide()
        self.list.hide()
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self._read)
        editor.noted.connect(self._turned)
        whole.desk.changed.connect(self._changed)
        self._turned()

    def _turned(self) -> None:
        if self._editor.note != self._shown:
            self._shown = self._editor.note
            self.line.setChecked(False)
            self.line.hide()
            self._later.start()

    def _changed(self, changes: Changes) -> None:
        if changes.notes or changes.structure:
            self._later.start()

    def _read(self) -> None:
        paper, note, reader = self._editor.paper, self._editor.note, self._desk.reader
        if not note or not self._editor.isVisible():
            return
        made = note in {it.uid for it in self._editor.notes}

        def read() -> list[NoteRow]:
            found = reader.speaking_of("paper", paper) if paper else []
            more = reader.speaking_of("note", note) if made else []
            known = {it.uid for it in found}
            return found + [it for it in more if it.uid not in known]

        def done(found: list[NoteRow]) -> None:
            if note == self._editor.note:
                self._tell(found)

        self._desk.read(read, then=done, failed=lambda _: None, owner=self, newest="links")

    def _tell(self, found: list[NoteRow]) -> None:
        text = self.tr("Mentioned in {} notes").format(len(found))
        self._said = self.tr("Mentioned in 1 note") if len(found) == 1 else text
        self.list.clear()
        for note in found:
            told = note.title or self.tr("Empty note")
            title = " ".join(note.paper_title.split())
            item = QListWidgetItem(f"{told}  ·  {title}" if title else told, self.list)
            item.setData(_TARGET, address(Place("note", note.uid)))
        self.list.setFixedHeight(min(len(found), _MOST_ROWS) * _ROW + 6)
        self.line.setVisible(bool(found))
        if not found:
            self.line.setChecked(False)
        self._fold()

    _said = ""

    def _fold(self) -> None:
        unfolded = self.line.isChecked()
        self.line.setText(f"{self._said}  {'▴' if unfolded else '▾'}")
        self.line.setAccessibleName(self._said)
        self.list.setVisible(unfolded)

    def _open(self, item: QListWidgetItem) -> None:
        self._desk.kit.go(item.data(_TARGET))
