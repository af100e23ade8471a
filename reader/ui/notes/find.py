"""Find and replace in an editor's text: places marked, stepped through, replaced in one step."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reader.domain.errors import InputError
from reader.ui.notes import matching
from reader.ui.notes.find_bar import NoteFindBar
from reader.ui.notes.patching import patch

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_AGAIN = 150  # ms after a change of the text
_MOST_MARKED = 300  # places on screen


class NoteFind(QObject):
    """The bar, the places and the way between them."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._edit = editor.edit
        self._text = ""
        self._hits: list[matching.Hit] = []
        self._places: list[tuple[int, int]] = []
        self._error: InputError | None = None
        self.bar = NoteFindBar(editor)
        self.bar.hide()
        editor.box.insertWidget(editor.box.indexOf(editor.body) + 1, self.bar)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN)
        self._again.timeout.connect(self._search)
        self.bar.wanted.connect(self._typed)
        self.bar.stepped.connect(self._step)
        self.bar.replace_one.connect(self.replace_one)
        self.bar.replace_all.connect(self.replace_all)
        self.bar.replacing.connect(self.open_replace)
        self.bar.closed.connect(self.close)
        self._edit.textChanged.connect(lambda: self.bar.isHidden() or self._again.start())
        self._edit.verticalScrollBar().valueChanged.connect(self._mark)
        self._edit.cursorPositionChanged.connect(self._mark)
        editor.shown.connect(lambda: self.bar.isHidden() or self._search())
        editor.theme.changed.connect(self._mark)

    def open(self) -> None:
        """Find; the selection is what is looked for."""
        self._open(replace=False)

    def open_replace(self) -> None:
        """Find and replace."""
        self._open(replace=True)

    def _open(self, *, replace: bool) -> None:
        if not self._edit.isVisible():
            self._editor.view_wanted.emit("write")
        chosen = self._edit.textCursor().selectedText()
        self.bar.open_with("" if "\u2029" in chosen else chosen, replace=replace)

    def close(self) -> None:
        """Put the bar away; the keys go back to the text, at the place that was found."""
        self.bar.hide()
        self._hits, self._places = [], []
        self._editor.said.clear()
        self._mark()
        self._edit.setFocus()

    def next(self) -> None:
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    # -- searching -------------------------------------------------------

    def _typed(self) -> None:
        """What is wanted changed: go to the first place from the cursor on."""
        self._search()
        if self._places:
            start = self._edit.textCursor().selectionStart()
            self._go(bisect_left(self._places, (start, 0)) % len(self._places))

    def _search(self) -> None:
        self._again.stop()
        self._text = self._edit.toPlainText()
        self._error = None
        try:
            self._hits = matching.find(self._text, self.bar.query())
        except InputError as error:
            self._hits, self._error = [], error
        self._places = matching.qt_places(self._text, self._hits)
        self._say()
        self._mark()

    def _current(self) -> int:
        """Which place is selected; -1 for none."""
        cursor = self._edit.textCursor()
        place = (cursor.selectionStart(), cursor.selectionEnd())
        found = bisect_left(self._places, place)
        return found if self._places[found : found + 1] == [place] else -1

    def _step(self, direction: int) -> None:
        if self.bar.isHidden() and self.bar.field.text():
            self.bar.open_with("", replace=False)
            self._edit.setFocus()
        if self._again.isActive():
            self._search()
        if not self._places:
            return
        now = self._current()
        if now >= 0:
            self._go((now + direction) % len(self._places))
            return
        after = bisect_left(self._places, (self._edit.textCursor().position(), 0))
        self._go((after if direction > 0 else after - 1) % len(self._places))

    def _go(self, number: int) -> None:
        self._edit.choose(*self._places[number])
        self._edit.ensureCursorVisible()
        self._say()

    def _say(self) -> None:
        wanted = bool(self.bar.field.text())
        if self._error is not None:
            text = self._error.message
        elif self._hits:
            text = self.tr("{} of {}").format(self._current() + 1, len(self._hits))
        else:
            text = self.tr("Nothing found") if wanted else ""
        self._editor.said.setText(text)
        self.bar.show_state(found=bool(self._hits), nothing=wanted and not self._hits)

    def _mark(self) -> None:
        """Mark the places on screen."""
        marks: list[QTextEdit.ExtraSelection] = []
        view = self._edit.viewport().rect()
        first = self._edit.cursorForPosition(view.topLeft()).position()
        last = self._edit.cursorForPosition(view.bottomRight()).position()
        begin = bisect_left(self._places, (first, 0))
        for start, end in self._places[max(0, begin - 1) : begin + _MOST_MARKED]:
            if start > last:
                break
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setBackground(self._editor.theme.color("find_hit"))
            mark.format = form
            mark.cursor = QTextCursor(self._edit.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            marks.append(mark)
        self._edit.setExtraSelections(marks)

    # -- replacing -------------------------------------------------------

    def replace_one(self) -> None:
        """Replace the place that is selected, and go to the next; first go to one."""
        self._search()
        now = self._current()
        if now < 0 or self._edit.isReadOnly():
            self._step(1)
            return
        try:
            new = matching.replacement(self._hits[now], self.bar.instead.text(), self.bar.query())
        except InputError as error:
            self._editor.said.setText(error.message)
            return
        cursor = self._edit.textCursor()
        cursor.insertText(new)
        self._edit.setTextCursor(cursor)
        self._search()
        self._step(1)

    def replace_all(self) -> None:
        """Replace every place, as one step of undo."""
        self._search()
        if not self._hits or self._edit.isReadOnly():
            return
        try:
            new = matching.all_replaced(
                self._text, self._hits, self.bar.instead.text(), self.bar.query()
            )
        except InputError as error:
            self._editor.said.setText(error.message)
            return
        count = len(self._hits)
        patch(self._edit.document(), self._text, new)
        self._search()
        text = self.tr("1 place replaced") if count == 1 else self.tr("{} places replaced")
        self._editor.said.setText(text.format(f"{count:,}"))
