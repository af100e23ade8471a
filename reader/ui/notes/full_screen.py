"""Writing on the full screen: the text alone, in a calm column; it is the same editor's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_COLUMN = 70  # characters
_LARGER = 1.2


class _Sheet(QWidget):
    """The window with the column."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("paperPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(self.tr("Note"))
        self.words = QLabel(self)
        self.words.setObjectName("countLabel")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.box = QVBoxLayout(self)
        self.box.setSpacing(12)
        self.box.addWidget(self.words)
        self.column = 700

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(24, (self.width() - self.column) // 2)
        self.box.setContentsMargins(side, max(24, self.height() // 12), side, 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


class FullScreen(QObject):
    """Lends an editor's text and its find bar to a window of their own and takes them back."""

    def __init__(self, editor: NoteEditor, bar: QWidget) -> None:
        super().__init__(editor)
        self._editor = editor
        self._bar = bar
        self._sheet: _Sheet | None = None
        self._size = editor.pixels
        editor.destroyed.connect(self._drop)

    def toggle(self) -> None:
        """Write on the full screen, or go back."""
        if self._sheet is not None:
            self._sheet.close()
        elif self._editor.note:
            self._open()

    def _open(self) -> None:
        editor, edit = self._editor, self._editor.edit
        sheet = self._sheet = _Sheet()
        sheet.setScreen(editor.screen())
        place = edit.textCursor()
        self._size = editor.pixels
        editor.set_size(round(self._size * _LARGER))
        # An average letter of a text is narrower than a digit.
        letter = QFontMetricsF(edit.document().defaultFont()).averageCharWidth()
        sheet.column = round(_COLUMN * letter) + edit.verticalScrollBar().sizeHint().width()
        sheet.box.insertWidget(0, edit, 1)
        self._put_bar(sheet.box)
        edit.setProperty("noteEditor", editor)
        edit.show()
        editor.words.changed.connect(self._count)
        sheet.closed.connect(self._back)
        self._count()
        sheet.setGeometry(editor.screen().geometry())
        sheet.showFullScreen()
        edit.setFocus()
        edit.setTextCursor(place)
        edit.ensureCursorVisible()

    def _put_bar(self, box: QVBoxLayout) -> None:
        """Put the find bar below the text, as open as it was."""
        is_open = not self._bar.isHidden()
        text = self._editor.body if box is self._editor.box else self._editor.edit
        box.insertWidget(box.indexOf(text) + 1, self._bar)
        self._bar.setVisible(is_open)

    def _count(self) -> None:
        if self._sheet is not None:
            self._sheet.words.setText(self._editor.words.told())

    def _back(self) -> None:
        """Put the text where it was: nothing is saved or loaded for it."""
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        editor, edit = self._editor, self._editor.edit
        editor.words.changed.disconnect(self._count)
        edit.setProperty("noteEditor", None)
        editor.body.insertWidget(0, edit)
        self._put_bar(editor.box)
        editor.set_size(self._size)
        editor.view_wanted.emit(editor.kit.text("note_view", "write"))
        edit.setFocus()
        edit.ensureCursorVisible()
        sheet.deleteLater()

    def _drop(self) -> None:
        """The editor is gone, and its text with it."""
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.deleteLater()
