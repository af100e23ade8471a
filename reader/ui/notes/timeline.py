"""The history of a note: its states as stretches of writing, what changed, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from reader.domain.errors import ReaderError
from reader.domain.lists import NoteRow
from reader.domain.text_diff import Piece, State, Stretch, differences, stretches
from reader.services import noting
from reader.ui.notes.whole import WholeNotes
from reader.ui.widgets.buttons import HairSplitter, push
from reader.ui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_ROW = Qt.ItemDataRole.UserRole
_FOLD = 400  # characters of an unchanged stretch that are shown whole
_AROUND = 150  # characters kept at its ends


class Timeline(QDialog):
    """States of a note on the left, differences on the right."""

    def __init__(self, whole: WholeNotes, editor: NoteEditor) -> None:
        super().__init__(editor.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History of the note"))
        self.resize(min(980, editor.window().width() - 60), min(640, editor.window().height() - 60))
        self._whole, self._desk, self._editor = whole, whole.desk, editor
        self._note, self._paper = editor.note, editor.paper
        self._keys: list[int] = []  # of the states, which stand beside
        self._states: list[State] = []
        self._shown = ""
        self.which = QComboBox(self)
        self.which.setAccessibleName(self.tr("Note"))
        self.which.addItem(self.tr("This note"), self._note)
        self.against = QComboBox(self)
        self.against.setAccessibleName(self.tr("Compared with"))
        self.against.addItem(self.tr("What changed then"), "before")
        self.against.addItem(self.tr("Compared with the note now"), "now")
        self.grain = QComboBox(self)
        self.grain.setAccessibleName(self.tr("What is listed"))
        self.grain.addItem(self.tr("Stretches of writing"))
        self.grain.addItem(self.tr("Every saved state"))
        self.states = QListWidget(self)
        self.states.setUniformItemSizes(True)  # of a long note there are thousands
        self.states.setObjectName("quietList")
        self.states.setAccessibleName(self.tr("States of the note"))
        self.text = PlainText(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Differences"))
        self.back = push(self.tr("Bring back"), "restore", self, "primary")
        self._lay_out()
        self.which.currentIndexChanged.connect(self._choose_note)
        self.grain.currentIndexChanged.connect(lambda _: self._list(self._place()))
        self.against.currentIndexChanged.connect(lambda _: self._show())
        self.states.currentRowChanged.connect(lambda _: self._show())
        self.back.clicked.connect(self.bring_back)
        editor.theme.changed.connect(self._show)
        self._desk.notebook.flush()
        self._desk.read(
            self._desk.reader.removed_notes, self._paper, then=self._offer_removed, owner=self
        )
        self._read()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.which, 1)
        top.addWidget(self.grain, 1)
        top.addWidget(self.against, 1)
        split = HairSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.states)
        split.addWidget(self.text)
        split.setSizes([270, 640])
        split.setStretchFactor(1, 1)
        self._said = QLabel(self)
        self._said.setProperty("class", "muted")
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        close = push(self.tr("Close"), "", self)
        close.clicked.connect(self.close)
        foot.addWidget(close)
        foot.addWidget(self.back)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 14)
        box.setSpacing(12)
        box.addLayout(top)
        box.addWidget(split, 1)
        box.addLayout(foot)
        self.text.set_size(self._editor.pixels)
        self.text.document().setDocumentMargin(12)

    # -- reading ---------------------------------------------------------

    def _offer_removed(self, found: Sequence[NoteRow]) -> None:
        for note in found:
            if note.uid != self._note:
                name = note.title[:60] or self.tr("Empty note")
                self.which.addItem(self.tr("Deleted: {}").format(name), note.uid)
        self.which.setVisible(self.which.count() > 1)

    def _choose_note(self) -> None:
        self._note = self.which.currentData()
        self._read()

    def _read(self) -> None:
        reader, note = self._desk.reader, self._note

        def read() -> tuple[list[int], list[State]]:
            states = reader.note_timeline(note)
            return [state.key for state in states], list[State](states)

        self._desk.read(read, then=self._fill, owner=self, newest="states")

    def _fill(self, found: tuple[list[int], list[State]]) -> None:
        self._keys, self._states = found
        self._list(0)

    def _place(self) -> int:
        """The place of the chosen state among all."""
        row = self.states.currentRow()
        return self.states.item(row).data(_ROW) if row >= 0 else 0

    def _list(self, place: int) -> None:
        """List the states, or the stretches that end in one, and choose that at a place."""
        every = self.grain.currentIndex() == 1
        shown = stretches(self._states)
        if every:
            shown = [
                Stretch(at, it.at, it.at, it.added, it.removed)
                for at, it in enumerate(self._states)
            ]
        self.states.clear()
        for stretch in shown:
            told = _told(stretch.at, seconds=every)
            item = QListWidgetItem(f"{told}\n+{stretch.added}  −{stretch.removed}")
            item.setData(_ROW, stretch.last)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                self.tr("{}, {} characters added, {} removed").format(
                    told, stretch.added, stretch.removed
                ),
            )
            self.states.addItem(item)
        self.back.setEnabled(bool(shown))
        if shown:
            rows = [row for row, it in enumerate(shown) if it.last <= place]
            self.states.setCurrentRow(rows[-1])
            self.states.setFocus()
        else:
            self.text.show_text(self.tr("Nothing of this note has been saved yet."))

    def _show(self) -> None:
        row = self.states.currentRow()
        if row < 0:
            return
        place = self.states.item(row).data(_ROW)
        last = row + 1 == self.states.count()
        before = None if last else self.states.item(row + 1).data(_ROW)
        reader, note, keys = self._desk.reader, self._note, self._keys
        now = self._desk.notebook.text(note) if self.against.currentData() == "now" else None

        def read() -> tuple[str, list[Piece]]:
            text = reader.note_state(note, keys[place])
            if now is not None:
                return text, differences(text, now)
            old = reader.note_state(note, keys[before]) if before is not None else ""
            return text, differences(old, text)

        self._desk.read(read, then=self._tell, failed=self._failed, owner=self, newest="text")

    def _failed(self, error: ReaderError) -> None:
        self.text.show_text(error.message)

    # -- showing ---------------------------------------------------------

    def _tell(self, found: tuple[str, list[Piece]]) -> None:
        self._shown, pieces = found
        self.text.show_text("")
        cursor = QTextCursor(self.text.document())
        for number, piece in enumerate(pieces):
            text = piece.text
            if piece.kind == "same" and len(text) > _FOLD:
                first = text[:_AROUND] if number else ""
                last = text[-_AROUND:] if number < len(pieces) - 1 else ""
                text = f"{first}\n⋯\n{last}" if first or last else text
            cursor.insertText(text, self._form(piece.kind))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        changed = sum(len(piece.text) for piece in pieces if piece.kind != "same")
        self._said.setText("" if changed else self.tr("No difference."))

    def _form(self, kind: str) -> QTextCharFormat:
        """Added stands on green and underlined, removed on red and struck out: not by colour alone."""
        theme = self._editor.theme
        form = QTextCharFormat()
        form.setForeground(theme.color("text" if kind != "same" else "muted"))
        if kind != "same":
            ground = QColor(theme.color("ok" if kind == "added" else "error"))
            ground.setAlpha(70 if theme.is_dark() else 45)
            form.setBackground(ground)
            form.setFontUnderline(kind == "added")
            form.setFontStrikeOut(kind == "removed")
        return form

    def bring_back(self) -> None:
        """Give the note the text of the chosen state; what it is now stays in the timeline."""
        if self.states.currentRow() < 0:
            return
        paper, note = self._paper, self._note
        self._desk.kit.choose(paper, note)
        done = self.tr("Brought back."), (self.tr("Undo"), self._desk.undo)
        self._desk.write(
            noting.bring_back, note, self._shown, then=lambda _: self._desk.notices.ok(*done)
        )
        self.close()


def _told(iso: str, *, seconds: bool) -> str:
    """A moment in the reader's own time, as short as it tells states apart."""
    moment = QDateTime.fromString(iso, Qt.DateFormat.ISODateWithMs).toLocalTime()
    short = QLocale.FormatType.ShortFormat
    if not seconds:
        return QLocale().toString(moment, short)
    return f"{QLocale().toString(moment.date(), short)} {moment.time().toString('HH:mm:ss')}"
