"""Find and replace in an editor's text: places marked, stepped through, replaced in one step."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
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
_AT_ONCE = 50_000  # characters that plain words are looked for in at once: 1 ms


class NoteFind(QObject):
    """The bar, the places and the way between them."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._edit = editor.edit
        self._found = matching.Places()
        self._number = 0  # of the question that was asked last
        self._under_way = False
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
        self._number += 1
        self._under_way = False
        self._found = matching.Places()
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
        self._search(self._go_first)

    def _go_first(self) -> None:
        if self._found.places:
            start = self._edit.textCursor().selectionStart()
            self._go(bisect_left(self._found.places, (start, 0)) % len(self._found.places))

    def _search(self, then: Callable[[], None] = lambda: None) -> None:
        """Find all places; a pattern, or a long text, is looked through on a worker.

        `then` is called once they are known, and not for a question that was overtaken.
        """
        self._again.stop()
        self._number += 1
        number, text, wanted = self._number, self._edit.toPlainText(), self.bar.query()
        if not wanted.regex and len(text) <= _AT_ONCE:
            self._take(number, matching.places(text, wanted), then)
            return
        self._under_way = True
        self._editor.kit.read(
            matching.places, text, wanted,
            then=lambda found: self._take(number, found, then), owner=self,
        )  # fmt: skip

    def _take(self, number: int, found: matching.Places, then: Callable[[], None]) -> None:
        if number != self._number:
            return
        self._under_way = False
        if found.text != self._edit.toPlainText():
            self._search(then)  # one typed on meanwhile
            return
        self._found = found
        self._say()
        self._mark()
        then()

    def _current(self) -> int:
        """Which place is selected; -1 for none."""
        cursor = self._edit.textCursor()
        place = (cursor.selectionStart(), cursor.selectionEnd())
        found = bisect_left(self._found.places, place)
        return found if [*self._found.places[found : found + 1]] == [place] else -1

    def _step(self, direction: int) -> None:
        if self.bar.isHidden() and self.bar.field.text():
            self.bar.open_with("", replace=False)
            self._edit.setFocus()
        if self._again.isActive() or self._under_way:
            self._search(lambda: self._go_on(direction))
        else:
            self._go_on(direction)

    def _go_on(self, direction: int) -> None:
        places = self._found.places
        if not places:
            return
        now = self._current()
        if now >= 0:
            self._go((now + direction) % len(places))
            return
        after = bisect_left(places, (self._edit.textCursor().position(), 0))
        self._go((after if direction > 0 else after - 1) % len(places))

    def _go(self, number: int) -> None:
        self._edit.choose(*self._found.places[number])
        self._edit.ensureCursorVisible()
        self._say()

    def _say(self) -> None:
        wanted = bool(self.bar.field.text())
        hits = self._found.hits
        if self._found.error is not None:
            text = self._found.error.message
        elif hits:
            text = self.tr("{} of {}").format(self._current() + 1, len(hits))
        else:
            text = self.tr("Nothing found") if wanted else ""
        self._editor.said.setText(text)
        self.bar.show_state(found=bool(hits), nothing=wanted and not hits)

    def _mark(self) -> None:
        """Mark the places on screen."""
        marks: list[QTextEdit.ExtraSelection] = []
        view = self._edit.viewport().rect()
        first = self._edit.cursorForPosition(view.topLeft()).position()
        last = self._edit.cursorForPosition(view.bottomRight()).position()
        begin = bisect_left(self._found.places, (first, 0))
        for start, end in self._found.places[max(0, begin - 1) : begin + _MOST_MARKED]:
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
        self._search(self._replace_current)

    def _replace_current(self) -> None:
        now = self._current()
        if now < 0 or self._edit.isReadOnly():
            self._go_on(1)
            return
        try:
            hit, template = self._found.hits[now], self.bar.instead.text()
            new = matching.replacement(hit, template, self.bar.query())
        except InputError as error:
            self._editor.said.setText(error.message)
            return
        cursor = self._edit.textCursor()
        cursor.insertText(new)
        self._edit.setTextCursor(cursor)
        self._search(lambda: self._go_on(1))

    def replace_all(self) -> None:
        """Replace every place, as one step of undo."""
        self._search(self._replace_every)

    def _replace_every(self) -> None:
        found = self._found
        if not found.hits or self._edit.isReadOnly():
            return
        try:
            new = matching.all_replaced(
                found.text, found.hits, self.bar.instead.text(), self.bar.query()
            )
        except InputError as error:
            self._editor.said.setText(error.message)
            return
        count = len(found.hits)
        patch(self._edit.document(), found.text, new)
        text = self.tr("1 place replaced") if count == 1 else self.tr("{} places replaced")
        told = text.format(f"{count:,}")
        self._search(lambda: self._editor.said.setText(told))
