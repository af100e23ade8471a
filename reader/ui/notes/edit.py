"""The text of a note as it is written: what Enter, Tab, brackets, clicks and drops do in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from reader.ui.notes import lines, links, writing
from reader.ui.notes.long_paste import LongPaste
from reader.ui.notes.patching import patch_block, qt_length
from reader.ui.widgets.mark_drag import dragged
from reader.ui.widgets.plain_text import PlainText, local_files

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"}
_LINES_ABOVE = 200  # lines that are looked at for the item one stands under
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEEP = QTextCursor.MoveMode.KeepAnchor


class NoteEdit(PlainText):
    """Plain text that knows Markdown's lists, quotes, boxes and tables."""

    left = Signal()  # the focus went elsewhere
    link_clicked = Signal(str)  # with Ctrl: an address, "[[name]]" or a path
    picture_pasted = Signal(object)  # the QMimeData's picture: bytes and suffix
    files_pasted = Signal(object)  # paths of picture files
    marks_dropped = Signal(object)  # uids of annotations

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setMouseTracking(True)
        # Each adds rows to the context menu at a place of the text, before the others.
        self.menus: list[Callable[[QMenu, QTextCursor], None]] = []
        self.pasting = LongPaste(self)
        self._pressed = QPoint()

    def toPlainText(self) -> str:  # noqa: N802 - Qt's name
        """The text with its no-break spaces, which Qt would make ordinary ones."""
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels; a tab is four spaces wide."""
        super().set_size(pixels)
        self.setTabStopDistance(4 * QFontMetricsF(self.document().defaultFont()).averageCharWidth())

    @contextmanager
    def step(self) -> Iterator[QTextCursor]:
        """Changes that are undone together."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    # -- keys ------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pasting.finish()  # what a key does, undo above all, is done to the whole text
        if _is_command(event):
            event.ignore()  # there is none here with these keys: Qt would type the letter
        elif not (self.isReadOnly() or self._taken(event)):
            super().keyPressEvent(event)

    def _taken(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and held in (Qt.KeyboardModifier.NoModifier, _SHIFT):
            self._enter(goes_on=not held)
            return True
        if key == Qt.Key.Key_Tab and not held:
            return self._tab(inwards=True)
        if key == Qt.Key.Key_Backtab:
            return self._tab(inwards=False)
        return self._wrapped(event.text())

    def _enter(self, *, goes_on: bool) -> None:
        """A new line; in a list or quote it begins like this one, and an empty one ends it."""
        with self.step() as cursor:
            block = cursor.block()
            line = block.text()
            inside = lines.index_of(line, cursor.positionInBlock()) >= len(writing.lead(line))
            if not goes_on or not inside or cursor.hasSelection() or self._in_code(block):
                cursor.insertBlock()
            elif writing.is_only_lead(line):
                above = [other.text() for other in _above(block)]
                nested = writing.is_item(line) and line[:1].isspace()
                patch_block(block, writing.moved_out(line, above) if nested else "")
            else:
                cursor.insertBlock()
                cursor.insertText(writing.next_lead(line))
        self.ensureCursorVisible()

    @staticmethod
    def _in_code(block: QTextBlock) -> bool:
        """Whether a line stands in a fence or in math, where nothing is Markdown."""
        return max(block.previous().userState(), 0) not in (lines.OPEN_NOTHING, lines.OPEN_TABLE)

    def _tab(self, *, inwards: bool) -> bool:
        """Move items in or out, or go to the next cell; False where Tab is a tab."""
        blocks = self.chosen_blocks()
        if len(blocks) == 1 and self._is_row(blocks[0]):
            self._next_cell(1 if inwards else -1)
            return True
        items = [block for block in blocks if writing.is_item(block.text())]
        if not items:
            return not inwards
        move = writing.moved_in if inwards else writing.moved_out
        with self.step():
            # What stands above is taken before the first moves: all move alike.
            above = [other.text() for other in _above(items[0])]
            for block in items:
                patch_block(block, move(block.text(), above))
        return True

    def _wrapped(self, text: str) -> bool:
        """Put a typed sign around what is chosen; False for other signs."""
        if text not in writing.PAIRS or not self.textCursor().hasSelection():
            return False
        self.surround(*writing.PAIRS[text])
        return True

    # -- what commands do ------------------------------------------------

    def surround(self, before: str, after: str) -> None:
        """Put signs around the selection, which stays chosen; take them away when they are there."""
        with self.step() as cursor:
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            text = self.between(start, end)
            first, last = qt_length(before), qt_length(after)
            if start >= first and (
                self.between(start - first, start) == before
                and self.between(end, end + last) == after
                and not self._doubled(before, start - first, end + last)
            ):
                self._put(end, end + last, "")
                self._put(start - first, start, "")
                start, end = start - first, end - first
            else:
                self._put(start, end, before + text + after)
                start, end = start + first, end + first
        self.choose(start, end)

    def _doubled(self, sign: str, start: int, end: int) -> bool:
        """Whether a single star around a selection is half of a double one."""
        return len(sign) == 1 and (
            self.between(start - 1, start) == sign == self.between(end, end + 1)
        )

    def between(self, start: int, end: int) -> str:
        """The text between two places; "" beyond the ends."""
        last = self.document().characterCount() - 1
        if start < 0 or end > last:
            return ""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
        return cursor.selectedText().replace("\u2029", "\n")

    def _put(self, start: int, end: int, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
        cursor.insertText(text)

    def choose(self, start: int, end: int) -> None:
        """Select what is between two places."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
        self.setTextCursor(cursor)

    def chosen_blocks(self) -> list[QTextBlock]:
        """The lines of the selection, or the one with the cursor."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        found = [block]
        while block != last and block.isValid():
            block = block.next()
            found.append(block)
        return found

    def change_lines(self, change: Callable[[str], str | None]) -> None:
        """Change the chosen lines one by one, as one step; None leaves a line."""
        with self.step():
            for block in self.chosen_blocks():
                new = change(block.text())
                if new is not None:
                    patch_block(block, new)

    # -- tables ----------------------------------------------------------

    @staticmethod
    def _is_row(block: QTextBlock) -> bool:
        text = block.text()
        return "|" in text and (block.userState() == lines.OPEN_TABLE or text.startswith("|"))

    def rows(self) -> list[QTextBlock]:
        """The rows of the table with the cursor; empty outside of one."""
        block = self.textCursor().block()
        if not self._is_row(block):
            return []
        while block.previous().isValid() and self._is_row(block.previous()):
            block = block.previous()
        found: list[QTextBlock] = []
        while block.isValid() and self._is_row(block):
            found.append(block)
            block = block.next()
        return found

    def line_up(self) -> None:
        """Make the columns of the table with the cursor equally wide."""
        rows = self.rows()
        if rows:
            with self.step():
                for block, new in zip(
                    rows, writing.lined_up([row.text() for row in rows]), strict=True
                ):
                    patch_block(block, new)

    def _next_cell(self, direction: int) -> None:
        """Line the table up and choose the next cell; beyond the last row is a new one."""
        cursor = self.textCursor()
        rows = self.rows()
        place = rows.index(cursor.block())
        before = cursor.block().text()[
            : lines.index_of(cursor.block().text(), cursor.positionInBlock())
        ]
        column = max(0, before.count("|") - before.count("\\|") - (before.lstrip()[:1] == "|"))
        with self.step():
            self.line_up()
            count = len(writing.cells(rows[place].text()))
            column += direction
            if not 0 <= column < count:
                place, column = place + direction, 0 if direction > 0 else count - 1
                if 0 <= place < len(rows) and lines.scan(rows[place].text(), 0)[0].count(
                    lines.TABLE | lines.MARK
                ) == len(rows[place].text()):
                    place += direction
            if place >= len(rows):
                end = QTextCursor(rows[-1])
                end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                end.insertText("\n" + "|   " * count + "|")
                self.line_up()
        rows = self.rows()
        if 0 <= place < len(rows):
            self._choose_cell(rows[place], column)

    def _choose_cell(self, block: QTextBlock, column: int) -> None:
        text = block.text()
        parts = text.split("|")[1:]
        start = 1 + sum(len(part) + 1 for part in parts[:column])
        cell = parts[column] if column < len(parts) else ""
        first = start + len(cell) - len(cell.lstrip()) if cell.strip() else start + 1
        last = first + len(cell.strip())
        self.choose(
            block.position() + qt_length(text[:first]), block.position() + qt_length(text[:last])
        )

    # -- the mouse -------------------------------------------------------

    def _box_under(self, place: QPoint) -> QTextBlock | None:
        """The line whose checkbox is at a place of the viewport."""
        cursor = self.cursorForPosition(place)
        block = cursor.block()
        box = writing.box_at(block.text())
        if box is None or self._in_code(block):
            return None
        ends = []
        for column in box:
            cursor.setPosition(block.position() + column)
            ends.append(self.cursorRect(cursor))
        inside = ends[0].left() <= place.x() <= ends[1].right()
        return block if inside and ends[0].top() <= place.y() <= ends[0].bottom() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        if (place - self._pressed).manhattanLength() > 4:
            return
        if event.modifiers() & _CONTROL:
            if target := self._link_under(place):
                self.link_clicked.emit(target)
            return
        block = None if self.isReadOnly() else self._box_under(place)
        if block is not None and (new := writing.ticked(block.text())) is not None:
            patch_block(block, new)

    def _link_under(self, place: QPoint) -> str:
        cursor = self.cursorForPosition(place)
        text = cursor.block().text()
        return links.target_at(text, lines.index_of(text, cursor.positionInBlock()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        control = bool(event.modifiers() & _CONTROL)
        hand = self._link_under(place) if control else self._box_under(place)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for fill in self.menus:
            fill(menu, self.cursorForPosition(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # -- what is pasted and dropped --------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are for the note; other files for the page around it."""
        if picture_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(picture_files(source) or dragged(source)) or (
            not local_files(source) and (source.hasImage() or super().canInsertFromMimeData(source))
        )

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := picture_files(source):
            self.files_pasted.emit(files)
        elif marks := dragged(source):
            self.marks_dropped.emit(marks)
        elif source.hasImage() and not source.text().strip():
            self.picture_pasted.emit(source)
        elif self.textCursor().hasSelection() and links.is_address(source.text()):
            self.surround("[", f"]({source.text().strip()})")
        else:
            self.pasting.insert(source.text())


def picture_files(data: QMimeData) -> list[str]:
    """The local files that are dragged or pasted, when all are pictures."""
    files = local_files(data)
    return files if all(Path(file).suffix.lower() in PICTURES for file in files) else []


def _above(block: QTextBlock) -> Iterator[QTextBlock]:
    """The lines before a block, nearest first."""
    for _ in range(_LINES_ABOVE):
        block = block.previous()
        if not block.isValid():
            return
        yield block


def _is_command(event: QKeyEvent) -> bool:
    """Whether keys are those of commands, with Alt and a letter, and no way to type a sign."""
    held, text = event.modifiers() & ~_SHIFT, event.text()
    return sys.platform != "darwin" and held == _ALT and text.isprintable() and bool(text)
