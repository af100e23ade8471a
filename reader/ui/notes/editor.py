"""The note of a paper, being written; it saves itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.domain.paper import Note
from reader.ui.notes.edit import NoteEdit
from reader.ui.notes.formatting import Formatting
from reader.ui.notes.kit import Kit
from reader.ui.notes.markdown_style import MarkdownStyle
from reader.ui.notes.notebook import Notebook
from reader.ui.notes.patching import patch
from reader.ui.notes.pictures import Pasting
from reader.ui.notes.word_count import WordCount
from reader.ui.notes.words import counted
from reader.ui.theme import Theme
from reader.ui.widgets.buttons import HairSplitter, tool
from reader.ui.widgets.elided import Elided

FOOT = 20  # pixels, of the line below a note; an abstract ends where a note ends
HEAD = 32  # pixels, the height of the row above a note and an abstract
NARROWEST = 160  # pixels, in which a line of some words has room
_COUNT_AFTER = 250  # ms without a key before words are counted


class NoteEditor(QWidget):
    """One editor on the notebook; several may show the same note."""

    view_wanted = Signal(str)  # "write", "beside" or "read", chosen here
    shown = Signal()  # another text is shown
    noted = Signal()  # another note, or other notes to choose from

    def __init__(
        self, notebook: Notebook, theme: Theme, kit: Kit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._notebook = notebook
        self.theme = theme
        self.kit = kit
        self.paper = ""  # "" also for a free note
        self.note = ""
        self.notes: tuple[Note, ...] = ()  # all of the paper, the shown one among them
        self.pixels = 14  # of the text
        self.asked = 0  # how often its notes were asked for
        self.filled = 0  # how often another text was put in: places of the one before are void
        self._filling = False
        self.edit = NoteEdit(self)
        self.edit.setObjectName("noteEdit")
        self.edit.setAccessibleName(self.tr("Note"))
        self.edit.set_placeholder(self.tr("Write here. Markdown is fine, and it saves itself."))
        self.style_ = MarkdownStyle(self.edit.document(), theme)
        self.style_.first_seen = self.first_seen
        self.edit.pasting.bulk = self.style_.filling
        kit.collecting.connect(self.edit.pasting.finish)
        self.format = Formatting(self.edit, kit)
        self._pasting = Pasting(self)
        self._lay_out()
        self.words = WordCount(self.edit.document(), self)
        self.words.changed.connect(self._count)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._counting.timeout.connect(self._count)
        self.edit.textChanged.connect(self._typed)
        self.edit.selectionChanged.connect(self._counting.start)
        self.edit.left.connect(self.left)
        notebook.changed.connect(self._changed_elsewhere)
        notebook.state.connect(self._show_state)
        self.edit.setEnabled(False)
        self.parts: QObject | None = None
        kit.loaded.connect(self._furnish)
        if kit.parts is not None:
            self._furnish()

    def _lay_out(self) -> None:
        self.heading = QLabel(self.tr("Note"), self)
        self.heading.setObjectName("sectionLabel")
        self.heading.setFixedHeight(HEAD)
        self.state = Elided(self)
        self.state.setObjectName("countLabel")
        self.state.setAccessibleName(self.tr("State of the note"))
        self.top = top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.state)
        top.addSpacing(6)
        self.views = QButtonGroup(self)
        for name, role, text in (
            ("write", "edit", self.tr("Write")),
            ("beside", "split-right", self.tr("Write and read")),
            ("read", "view", self.tr("Read")),
        ):
            button = tool(role, text, self)
            button.setCheckable(True)
            button.setObjectName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked, name=name: self.view_wanted.emit(name))
            self.views.addButton(button)
            top.addWidget(button)
        self.body = HairSplitter(Qt.Orientation.Horizontal, self)
        self.body.addWidget(self.edit)
        self.count = Elided(self)
        self.count.setFixedHeight(FOOT)
        self.count.setObjectName("countLabel")
        self.count.setAccessibleName(self.tr("Words and characters"))
        self.said = QLabel(self)
        self.said.setObjectName("countLabel")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(self.tr("What was found"))
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.said)
        self.setMinimumWidth(NARROWEST)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 8, 14, 6)
        self.box.setSpacing(6)
        self.box.addLayout(top)
        self.box.addWidget(self.body, 1)
        self.box.addLayout(foot)

    def _furnish(self) -> None:
        """Take what comes after the first paint: the rendered view, find, spelling."""
        if self.parts is None and self.kit.parts is not None:
            self.parts = self.kit.parts.furnish(self)

    def first_seen(self) -> QTextBlock:
        """The first line on screen."""
        return self.edit.cursorForPosition(self.edit.viewport().rect().topLeft()).block()

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels."""
        self.pixels = pixels
        self.edit.set_size(pixels)
        self.style_.renew()

    # -- which note ------------------------------------------------------

    def show_notes(self, paper: str, notes: Sequence[Note]) -> None:
        """Show the note of a paper that was shown last, else its first."""
        self.notes = tuple(notes)
        known = self.note in {it.uid for it in notes}
        if paper == self.paper and not known and self._notebook.state_of(self.note) != "saved":
            self.noted.emit()  # it is on its way to the library
            return
        here = (self.kit.chosen.get(paper, ""), self.note)
        kept = [it for uid in here for it in notes if it.uid == uid]
        note = next(iter((*kept, *notes)), None)
        self.show_note(paper, note.uid if note else "", note.text if note else "")

    def show_note(self, paper: str, note: str, text: str) -> None:
        """Show a note; what was typed into the last one is saved at once."""
        note = note or self._notebook.blank(paper)
        if note != self.note:
            self.left()
            if self.note:
                self._notebook.end_step(self.note)
        shown = self._notebook.load(paper, note, text)
        same = note == self.note and shown == self._written()
        self.paper, self.note = paper, note
        self.edit.setEnabled(True)
        if not same:
            self._fill(shown)
        self._show_state(note, self._notebook.state_of(note))
        self.noted.emit()

    def clear(self) -> None:
        """Show no note."""
        self.left()
        self.paper = self.note = ""
        self.notes = ()
        self._fill("")
        self.state.clear()
        self.edit.setEnabled(False)
        self.noted.emit()

    def left(self) -> None:
        """The reader turns elsewhere: save at once."""
        self.edit.pasting.finish()
        if self.note:
            self._notebook.flush()

    def replace(self, text: str) -> None:
        """Show another text of the same note; whoever does it tells the notebook."""
        self.edit.pasting.finish()
        self._fill(text)

    def put_at_end(self, note: str, text: str) -> None:
        """Write a paragraph at the end of a note that was shown here, whatever is shown now."""
        before = self._notebook.text(note).rstrip("\n")
        self._notebook.edit(note, f"{before}\n\n{text}\n" if before else f"{text}\n", None)

    def _fill(self, text: str) -> None:
        self._filling = True
        self.edit.pasting.drop()
        with self.style_.filling(len(text)):
            self.edit.show_text(text)
        self._filling = False
        self.filled += 1
        self.shown.emit()

    def _typed(self) -> None:
        # All of a long paste was handed over with its first piece: a crash cuts none of it off.
        if not self._filling and self.note and not self.edit.pasting.going_on:
            self._notebook.edit(self.note, self._written(), self)

    def _written(self) -> str:
        """The text with what is still to be put in."""
        return self.edit.pasting.whole(self.edit.toPlainText())

    def _changed_elsewhere(self, note: str, text: str, editor: object) -> None:
        if note != self.note or editor is self:
            return
        if text != self._written():
            self._filling = True
            self.edit.pasting.finish()
            present = self.edit.toPlainText()
            patch(self.edit.document(), present, text)
            self._filling = False

    # -- what is said ----------------------------------------------------

    def _count(self) -> None:
        cursor: QTextCursor = self.edit.textCursor()
        if not self.words.whole:
            return  # it says so when it is
        words, signs = self.words.counts
        text = "{}, {}"
        if cursor.hasSelection():
            text = self.tr("{}, {} selected")
            length = cursor.selectionEnd() - cursor.selectionStart()
            if length < self.edit.document().characterCount() - 1:
                words, signs = counted(cursor.selectedText())
        told = text.format(self.words.words(words), self.words.signs(signs))
        self.count.say(told if signs else "")

    @property
    def failing(self) -> bool:
        """Whether the disk refused what is shown."""
        return self._notebook.state_of(self.note) == "failed"

    def _show_state(self, note: str, state: str) -> None:
        if note != self.note:
            return
        words = {
            "saved": self.tr("saved") if not self.edit.document().isEmpty() else "",
            "unsaved": self.tr("typing…"),
            "saving": self.tr("saving…"),
            "failed": self.tr("NOT SAVED, trying again"),
        }
        self.state.say(words[state])
        if state == "failed":
            self.state.show()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.left()
        return super().event(event)
