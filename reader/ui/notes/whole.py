"""What is done with whole notes, whichever editor shows them: make, delete, order, write to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal

from reader.domain.errors import ReaderError
from reader.domain.paper import Changes, Note, Paper
from reader.services import noting
from reader.ui.desk import Desk

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor


class WholeNotes(QObject):
    """One a window's library; brings the editors up to date with what was done."""

    made = Signal(str, str)  # paper ("" for a free note), note: to be shown and written in

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._editors: list[NoteEditor] = []
        desk.changed.connect(self._changed)

    # -- editors ---------------------------------------------------------

    def attend(self, editor: NoteEditor) -> None:
        """Keep an editor's notes as the library has them."""
        self._editors = [it for it in self._editors if shiboken6.isValid(it)] + [editor]

    def _changed(self, changes: Changes) -> None:
        unknown = changes.structure and not changes.papers
        if not (changes.notes or unknown):
            return
        for editor in self._editors:
            if shiboken6.isValid(editor) and (unknown or editor.paper in changes.papers):
                self.renew(editor)

    def refresh(self, paper: str) -> None:
        """Show a paper's note as it is chosen now, wherever one is shown."""
        for editor in self._editors:
            if shiboken6.isValid(editor) and editor.paper == paper:
                self.renew(editor)

    def renew(self, editor: NoteEditor, then: Callable[[], None] = lambda: None) -> None:
        """Read the notes of an editor's paper again."""
        paper, notebook = editor.paper, self.desk.notebook
        if not paper:
            return
        asked = notebook.now()
        editor.asked += 1
        number = editor.asked

        def done(found: Paper) -> None:
            if editor.paper != paper:
                return
            if number != editor.asked:
                then()  # a later answer is shown: reads may overtake each other
            elif notebook.outran(paper, asked):
                self.renew(editor, then)
            else:
                editor.show_notes(paper, found.notes)
                then()

        reader = self.desk.reader
        self.desk.read(reader.paper, paper, then=done, failed=lambda _: None, owner=editor)

    # -- what is done ----------------------------------------------------

    def add(self, paper: str, text: str = "") -> None:
        """Make a note, which is shown then."""

        def done(made: tuple[str, Changes]) -> None:
            self.desk.kit.choose(paper, made[0])
            self.made.emit(paper, made[0])

        self.desk.write(noting.add, paper, text, then=done, owner=self)

    def remove(self, note: str) -> None:
        """Delete a note; it can be brought back by undo, and from the paper's deleted notes."""

        def done(_changes: Changes) -> None:
            self.desk.notices.info(self.tr("Note deleted."), (self.tr("Undo"), self.desk.undo))

        given = self.desk.notebook.give(note)

        def failed(error: ReaderError) -> None:
            if given is not None:
                given[1]()
            self.desk.notices.error(error)

        typed = given[0] if given is not None else None
        self.desk.write(noting.remove, note, typed, then=done, failed=failed, owner=self)

    def order(self, paper: str, notes: list[str]) -> None:
        """Put a paper's notes in another order."""
        self.desk.write(noting.order, paper, notes, owner=self)

    def append(self, paper: str, text: str) -> None:
        """Write a paragraph at the end of a paper's note: the one shown last, else its first."""
        notebook = self.desk.notebook
        asked = notebook.now()

        def done(found: Paper) -> None:
            if notebook.outran(paper, asked):
                self.append(paper, text)
                return
            note = self.shown(paper, found.notes)
            uid = note.uid or notebook.blank(paper)
            before = notebook.load(paper, uid, note.text).rstrip("\n")
            notebook.edit(uid, (before + "\n\n" if before else "") + text + "\n", None)
            notebook.flush()
            self.desk.notices.ok(self.tr("Quoted in the note."))

        self.desk.read(self.desk.reader.paper, paper, then=done, owner=self)

    def shown(self, paper: str, notes: tuple[Note, ...]) -> Note:
        """The note of a paper that was shown last, else its first; an empty one for none."""
        chosen = self.desk.kit.chosen.get(paper, "")
        return next((it for it in notes if it.uid == chosen), notes[0] if notes else Note())

    def of_paper(self, paper: str, then: Callable[[Paper | None], None]) -> None:
        """Have a paper read, None for the one of free notes."""
        if paper:
            self.desk.read(self.desk.reader.paper, paper, then=then, owner=self)
        else:
            then(None)
