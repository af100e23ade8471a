"""The notes of no paper: a list to narrow by words, and the editor beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.domain.fold import index_words
from reader.domain.lists import NoteRow, Scope
from reader.domain.paper import Changes, Note
from reader.ui.browse.library_page import LibraryPage
from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.whole import WholeNotes
from reader.ui.theme import Theme
from reader.ui.widgets.buttons import HairSplitter, push, tool
from reader.ui.widgets.clearing import clearable

_NOTE = Qt.ItemDataRole.UserRole
# What Markdown writes before lines and around words, and where links lead: nothing for a list.
_BEFORE = re.compile(r"^\s*(?:#{1,6}|>|[-*+](?: \[[ xX]\])?)\s+", re.MULTILINE)
_AROUND = re.compile(
    r"\[\[|\]\]|\]\([^)\s]*\)|!?\[(?=[^\]]*\]\()|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~|`+"
)
_ROW = 54
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)

Index = QModelIndex | QPersistentModelIndex


class _Rows(QStyledItemDelegate):
    """A note's title, and below the day of its last change and how it goes on."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note = index.data(_NOTE)
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        font = QFont(painter.font())
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.DemiBold)
        place = rect.adjusted(20, 8, -14, 0)
        title = QRect(place.left(), place.top(), place.width(), 20)
        self._line(painter, title, index.data(), font, self._theme.color("text"))
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.Normal)
        second = QRect(place.left(), title.bottom() + 2, place.width(), 18)
        self._line(painter, second, second_line(note), font, self._theme.color("muted"))
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, rect: QRect, text: str, font: QFont, color: QColor) -> None:
        painter.setFont(font)
        painter.setPen(color)
        told = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), told)


def second_line(note: NoteRow) -> str:
    """What a list shows below a note's title: the day it was changed, its words without Markdown."""
    at = note.text.find(note.title) if note.title else -1
    rest = note.text[at + len(note.title) :] if at >= 0 else note.text
    rest = " ".join(_AROUND.sub("", _BEFORE.sub("", rest[:600])).split())
    return "  ·  ".join(part for part in (note.modified[:10], rest.strip(" #*_-")[:200]) if part)


class FreeNotes(QWidget):
    """Stands where list and paper stand otherwise."""

    def __init__(
        self, page: LibraryPage, whole: WholeNotes, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paperPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page = page
        self._whole = whole
        self._desk = whole.desk
        self._found: Sequence[NoteRow] = ()
        self._wanted = ""  # the note to be shown once it is read
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("Find in the free notes"))
        self.words.setAccessibleName(self.tr("Find in the free notes"))
        clearable(self.words)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Free notes"))
        self.list.setItemDelegate(_Rows(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.editor = NoteEditor(self._desk.notebook, theme, self._desk.kit, self)
        self._lay_out()
        self.words.textChanged.connect(lambda _: self._fill())
        self.words.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda now, _: self._choose(now))
        self.list.itemActivated.connect(lambda _: self.editor.edit.setFocus())
        self._desk.changed.connect(self._changed)
        whole.made.connect(self._made)

    def _lay_out(self) -> None:
        side = QWidget(self)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 8)
        new = tool("add", self.tr("New free note"), side)
        new.clicked.connect(self.new)
        row.addWidget(self.words, 1)
        row.addWidget(new)
        box.addLayout(row)
        holder = QWidget(side)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        empty = QWidget(holder)
        column = QVBoxLayout(empty)
        column.setContentsMargins(24, 24, 24, 24)
        self._why = QLabel(empty)
        self._why.setProperty("class", "muted")
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._why.setWordWrap(True)
        self._first = push(self.tr("New free note"), "add", empty)
        self._first.clicked.connect(self.new)
        column.addStretch(1)
        column.addWidget(self._why)
        column.addWidget(self._first, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        self._stack.addWidget(empty)
        box.addWidget(holder, 1)
        split = HairSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(side)
        split.addWidget(self.editor)
        side.setMinimumWidth(220)
        self.editor.setMinimumWidth(340)
        split.setSizes([340, 700])
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    # -- what is listed --------------------------------------------------

    def read(self) -> None:
        """Read the free notes."""
        notebook = self._desk.notebook
        asked = notebook.now()

        def done(found: list[NoteRow]) -> None:
            if notebook.outran("", asked):
                self.read()
                return
            self._found = found
            self._fill()

        self._desk.read(self._desk.reader.notes_of, "", then=done, owner=self, newest="notes")

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.notes or (changes.structure and not changes.papers)):
            self.read()

    def _fill(self) -> None:
        wanted = set(index_words(self.words.text()))
        found = [it for it in self._found if wanted <= set(index_words(it.text))]
        chosen = self._wanted or self.editor.note or self._desk.kit.chosen.get("", "")
        self.list.blockSignals(True)
        self.list.clear()
        for note in found:
            item = QListWidgetItem(note.title or self.tr("Empty note"), self.list)
            item.setData(_NOTE, note)
        uids = [note.uid for note in found]
        self.list.setCurrentRow(uids.index(chosen) if chosen in uids else 0)
        self.list.blockSignals(False)
        words = self.words.text().strip()
        self._why.setText(
            self.tr("No free note has these words.")
            if words
            else self.tr("Notes that belong to no paper stand here:\nplans, questions, overviews.")
        )
        self._first.setVisible(not words)
        self._say(len(found))
        self._stack.setCurrentIndex(0 if found else 1)
        self._choose(self.list.currentItem())
        if self._wanted in uids:
            self._wanted = ""
            self.editor.edit.setFocus()

    def _say(self, found: int) -> None:
        every = len(self._found)
        told = (
            self.tr("1 free note") if every == 1 else self.tr("{} free notes").format(f"{every:,}")
        )
        if found < every:
            told = self.tr("{} of {}").format(f"{found:,}", told)
        self._page.saying.say("notes", told)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            self.editor.clear()
            return
        note: NoteRow = item.data(_NOTE)
        self._desk.kit.choose("", note.uid)
        self.editor.notes = (Note(note.uid, note.text),)
        self.editor.show_note("", note.uid, note.text)

    # -- what is done ----------------------------------------------------

    def show_notes(self, note: str = "") -> None:
        """Show the free notes in the library page, with one of them chosen."""
        self._wanted = note
        self._page.sidebar.select(Scope("notes"))
        self._page.choose(Scope("notes"))

    def go(self) -> None:
        """Go to the free notes."""
        self.show_notes()
        self.list.setFocus()

    def shown(self, yes: bool) -> None:
        """The page turned to the free notes, or away from them."""
        self.setVisible(yes)
        if yes:
            self._page.saying.turn("notes")
            self.words.clear()
            self.read()
        else:
            self._page.saying.leave("notes")

    def new(self) -> None:
        """Begin a free note."""
        self._whole.add("")

    def _made(self, paper: str, note: str) -> None:
        if not paper:
            self.show_notes(note)

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels."""
        self.editor.set_size(pixels)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the words down into the list, by keys."""
        if event.type() == QEvent.Type.KeyPress and watched is self.words:
            assert isinstance(event, QKeyEvent)
            if event.key() in _DOWN:
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.words.text():
                self.words.clear()
                return True
        return False
