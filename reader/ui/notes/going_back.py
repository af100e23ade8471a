"""Undo beyond what was typed since the note was opened: back through its saved states, and forth.

Ctrl+Z with nothing typed left to take back shows the note as it was before the
last stretch of writing, whichever day that was; Ctrl+Shift+Z comes back.  The
text shown is saved like any other, and is a state of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

from reader.domain.paper import now
from reader.domain.text_diff import stretches
from reader.services.access import Reader
from reader.ui.notes.whole import WholeNotes

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor


class GoingBack(QObject):
    """Watches an editor's keys of undo and redo."""

    def __init__(self, editor: NoteEditor, whole: WholeNotes) -> None:
        super().__init__(editor)
        self._editor = editor
        self._desk = whole.desk
        self._note = ""
        self._opened = ""  # when the text was opened: states from then on are the text's own undo
        self._texts: list[str] | None = None  # the newest first, the opened one at 0
        self._place = 0
        self._showing = False
        editor.shown.connect(self._begin)
        editor.edit.textChanged.connect(self._typed)
        editor.edit.installEventFilter(self)
        self._begin()

    def _begin(self) -> None:
        if not self._showing:
            self._note, self._opened = self._editor.note, now()
            self._texts, self._place = None, 0

    def _typed(self) -> None:
        """What is typed after going back begins a way of its own."""
        if not self._showing and self._place:
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            document = self._editor.edit.document()
            if event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable():
                self.back()
                return True
            if event.matches(QKeySequence.StandardKey.Redo) and self._place:
                self.forth()
                return True
        return False

    def back(self) -> None:
        """Show the note as it was before the last stretch of writing."""
        editor, note = self._editor, self._editor.note
        if not note or editor.edit.isReadOnly():
            return
        if self._texts is not None:
            self._show(self._place + 1)
            return
        present, opened, reader = editor.edit.toPlainText(), self._opened, self._desk.reader

        def known(texts: list[str]) -> None:
            same = note == editor.note and editor.edit.toPlainText() == present
            if same and opened == self._opened and not editor.edit.document().isUndoAvailable():
                self._texts, self._place = texts, 0
                self._show(1)

        self._desk.read(
            before, reader, note, present, opened, then=known, owner=self, newest="states"
        )

    def forth(self) -> None:
        """Come back towards the note as it was opened."""
        self._show(self._place - 1)

    def _show(self, place: int) -> None:
        texts, editor = self._texts or [], self._editor
        if not 0 <= place < len(texts):
            return
        self._place = place
        self._showing = True
        editor.replace(texts[place])
        self._showing = False
        self._desk.notebook.edit(editor.note, texts[place], editor)
        editor.said.setText(
            self.tr("As it was opened")
            if not place
            else self.tr("{} of {} steps back").format(place, len(texts) - 1)
        )


def before(reader: Reader, note: str, present: str, opened: str) -> list[str]:
    """The present text, then those a note had at the end of each stretch before `opened`."""
    states = [state for state in reader.note_timeline(note) if state.at < opened]
    texts = [present]
    for stretch in stretches(states):
        text = reader.note_state(note, states[stretch.last].key)
        if text != texts[-1]:
            texts.append(text)
    if states and texts[-1]:
        texts.append("")  # before its first word
    return texts
