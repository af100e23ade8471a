"""The note of a paper, being written; it saves itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.notes.markdown_style import MarkdownStyle
from reader.ui.notes.notebook import Notebook
from reader.ui.theme import Theme
from reader.ui.widgets.plain_text import PlainText


class _Edit(PlainText):
    """Tells its owner when the focus goes."""

    def __init__(self, owner: NoteEditor) -> None:
        super().__init__(owner)
        self._owner = owner

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.left()


class NoteEditor(QWidget):
    """One editor on the notebook; several may show the same paper's note."""

    def __init__(self, notebook: Notebook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notebook = notebook
        self._paper = ""
        self._filling = False
        self._heading = QLabel(self.tr("Note"), self)
        self._heading.setObjectName("sectionLabel")
        self._state = QLabel(self)
        self._state.setObjectName("countLabel")
        self._state.setAccessibleName(self.tr("State of the note"))
        self.edit = _Edit(self)
        self.edit.setObjectName("noteEdit")
        self.edit.setAccessibleName(self.tr("Note"))
        self.edit.set_placeholder(self.tr("Write here. Markdown is fine, and it saves itself."))
        self._style = MarkdownStyle(self.edit.document(), theme)
        top = QHBoxLayout()
        top.addWidget(self._heading)
        top.addStretch(1)
        top.addWidget(self._state)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 14, 0)
        box.setSpacing(10)
        box.addLayout(top)
        box.addWidget(self.edit, 1)
        self.edit.textChanged.connect(self._typed)
        notebook.changed.connect(self._changed_elsewhere)
        notebook.state.connect(self._show_state)
        self.edit.setEnabled(False)

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels."""
        self.edit.set_size(pixels)
        self._style.rehighlight()

    def show_note(self, paper: str, note: str, text: str) -> None:
        """Show a paper's note; what was typed into the last one is saved at once."""
        if paper != self._paper:
            self.left()
            if self._paper:
                self._notebook.end_step(self._paper)
        shown = self._notebook.load(paper, note, text)
        same = paper == self._paper and shown == self.edit.toPlainText()
        self._paper = paper
        self.edit.setEnabled(True)
        if not same:
            self._fill(shown)
        self._show_state(paper, self._notebook.state_of(paper))

    def clear(self) -> None:
        """Show no note."""
        self.left()
        self._paper = ""
        self._fill("")
        self._state.clear()
        self.edit.setEnabled(False)

    def left(self) -> None:
        """The reader turns elsewhere: save at once."""
        if self._paper:
            self._notebook.flush()

    def _fill(self, text: str) -> None:
        self._filling = True
        self.edit.show_text(text)
        self._filling = False

    def _typed(self) -> None:
        if not self._filling and self._paper:
            self._notebook.edit(self._paper, self.edit.toPlainText(), self)

    def _changed_elsewhere(self, paper: str, text: str, editor: object) -> None:
        if paper != self._paper or editor is self or text == self.edit.toPlainText():
            return
        place = self.edit.textCursor().position()
        self._fill(text)
        cursor = self.edit.textCursor()
        cursor.setPosition(min(place, len(text)), QTextCursor.MoveMode.MoveAnchor)
        self.edit.setTextCursor(cursor)

    def _show_state(self, paper: str, state: str) -> None:
        if paper != self._paper:
            return
        words = {
            "saved": self.tr("saved") if self.edit.toPlainText() else "",
            "unsaved": self.tr("typing…"),
            "saving": self.tr("saving…"),
            "failed": self.tr("NOT SAVED, trying again"),
        }
        self._state.setText(words[state])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.left()
        return super().event(event)
