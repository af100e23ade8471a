"""What [[ may go on as: papers and notes by their titles, chosen by keys or a click."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from reader.ui import icons
from reader.ui.notes.whole import WholeNotes
from reader.ui.widgets.tips import tip

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_OPEN = re.compile(r"\[\[([^\[\]|\n]{0,120})$")
_ROW = 27
_MOST_ROWS = 8
_WIDTH = 420
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SIGNS = str.maketrans(
    {"[": "(", "]": ")", "|": "/", "\n": " "}
)  # none of them may stand in a link


class Completing(QObject):
    """A list under the cursor that takes no focus: one goes on typing, or chooses."""

    def __init__(self, editor: NoteEditor, whole: WholeNotes) -> None:
        super().__init__(editor)
        self._editor = editor
        self._edit = editor.edit
        self._desk = whole.desk
        self._words = ""
        self._put_off = False  # by Esc, until another [[ is begun
        self.frame = QFrame(editor)
        self.frame.setObjectName("notice")
        self.frame.hide()
        self.list = QListWidget(self.frame)
        self.list.setAccessibleName(self.tr("Papers and notes of this title"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.viewport().setAutoFillBackground(False)
        self.list.itemClicked.connect(lambda _: self.take())
        box = QVBoxLayout(self.frame)
        box.setContentsMargins(5, 5, 5, 5)
        box.addWidget(self.list)
        self._edit.textChanged.connect(self._look)
        self._edit.cursorPositionChanged.connect(self._look_where)
        self._edit.left.connect(self.close)
        self._edit.installEventFilter(self)

    def _begun(self) -> str | None:
        """What stands between [[ and the cursor; None outside of a link."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection() or not self._edit.hasFocus():
            return None
        start = cursor.block().position()
        found = _OPEN.search(self._edit.between(start, cursor.position()))
        return found[1] if found else None

    def _look_where(self) -> None:
        if self.frame.isVisible() and self._begun() is None:
            self.close()

    def _look(self) -> None:
        words = self._begun()
        if words is None:
            self._put_off = False
            self.close()
            return
        if self._put_off:
            return
        self._words = words
        self._desk.read(
            self._desk.reader.titles_beginning, words, then=self._show, owner=self, newest="titles"
        )

    def _show(self, found: list[tuple[str, str, str]]) -> None:
        if self._begun() is None or self._put_off:
            return
        self.list.clear()
        for kind, uid, title in found:
            if uid == self._editor.note:
                continue
            item = QListWidgetItem(icons.icon("file" if kind == "paper" else "note"), title)
            item.setToolTip(tip(title))
            item.setData(Qt.ItemDataRole.UserRole, title)
            self.list.addItem(item)
        if not self.list.count():
            self.close()
            return
        self.list.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        """Under the cursor where there is room, else above it, inside the window."""
        window = self._edit.window()
        if self.frame.parentWidget() is not window:
            self.frame.setParent(window)
        height = min(self.list.count(), _MOST_ROWS) * _ROW + 12
        width = min(_WIDTH, window.width() - 16)
        line = self._edit.cursorRect()
        corner = self._edit.viewport().mapTo(window, line.bottomLeft())
        top = corner.y() + 4
        if top + height > window.height():
            top = corner.y() - line.height() - height - 4
        left = max(8, min(corner.x(), window.width() - width - 8))
        self.frame.setGeometry(QRect(QPoint(left, max(4, top)), QPoint(left + width, top + height)))
        self.frame.show()
        self.frame.raise_()

    def close(self) -> None:
        self.frame.hide()

    def take(self) -> None:
        """Write the chosen title."""
        item = self.list.currentItem()
        words = self._begun()
        if item is None or words is None:  # pyright: ignore[reportUnnecessaryComparison]
            self.close()
            return
        title = " ".join(item.data(Qt.ItemDataRole.UserRole).translate(_SIGNS).split())
        cursor = self._edit.textCursor()
        end = cursor.position()
        closed = self._edit.between(end, end + 2) == "]]"
        with self._edit.step() as step:
            step.setPosition(end - len(words.encode("utf-16-le")) // 2)
            step.setPosition(end + (2 if closed else 0), QTextCursor.MoveMode.KeepAnchor)
            step.insertText(f"{title}]]")
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.frame.isVisible() or watched is not self._edit:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        elif key in _CHOOSE:
            self.take()
        elif key == Qt.Key.Key_Escape:
            self._put_off = True
            self.close()
        else:
            return False
        return True
