"""One annotation of the list, whole: its paper, its words, its comment and tags to be written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.domain.errors import ReaderError
from reader.domain.lists import MarkRow
from reader.domain.marking import Annotation
from reader.domain.paper import Changes
from reader.services import annotating
from reader.services.lanes import Priority
from reader.ui.desk import Desk
from reader.ui.notes.markdown_style import MarkdownStyle
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.comment_card import tags_in
from reader.ui.viewer.annotate.rows import kind_name, pages_told
from reader.ui.viewer.annotate.swatches import SIDE, swatch
from reader.ui.viewer.annotate.writing import Writing
from reader.ui.widgets.buttons import push
from reader.ui.widgets.few_lines import FewLines
from reader.ui.widgets.flow import Flow
from reader.ui.widgets.plain_text import PlainText

_TITLE_LINES = 2
_LEAST = 28  # pixels of quote and comment where the window is low: one line
_LONGEST = 20_000  # characters of a quote that are shown


class _Edit(PlainText):
    """Says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class _Kept:
    """The one annotation that is shown, and the way to change it."""

    def __init__(self, desk: Desk) -> None:
        self.all: dict[str, Annotation] = {}
        self._desk = desk

    def change(
        self,
        changed: Sequence[Annotation],
        label: str,
        batch: str = "",
        then: Callable[[Changes | None], None] = lambda _: None,
    ) -> None:
        """Write it; `then` gets what was written, None if it was refused."""
        for one in changed:
            if one.uid in self.all:
                self.all[one.uid] = one
        self._desk.write(
            annotating.change, list(changed), label, batch,
            then=then, failed=partial(self._refused, then), priority=Priority.NOTE,
        )  # fmt: skip

    def owe(self, holder: QObject, *, owes: bool) -> None:
        """A holder has words that the library refused, or no more."""
        self._desk.owe(holder, owes=owes)

    def _refused(self, then: Callable[[Changes | None], None], error: ReaderError) -> None:
        self._desk.notices.error(error)
        then(None)


class Details(QWidget):
    """The right side of the page."""

    open_wanted = Signal()
    paper_wanted = Signal()  # the list of this paper's annotations

    def __init__(
        self, desk: Desk, theme: Theme, named: Callable[[str], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paperPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._named = named
        self._kept = _Kept(desk)
        self._kit = desk.kit
        self.row: MarkRow | None = None
        self._filling = False
        self.writing = Writing(self._kept, self)
        self._title = FewLines("paperTitle", _TITLE_LINES, self)
        self._color, self._where = QLabel(self), QLabel(self)
        self._where.setObjectName("paperMeta")
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._open = push(self.tr("Show in the PDF"), "pdf", self, "primary")
        self._open.clicked.connect(self.open_wanted)
        self._paper = push(self.tr("All of this paper"), "file", self)
        self._paper.clicked.connect(self.paper_wanted)
        self.to_note = push(self.tr("Quote in the note"), "quote", self)
        self.to_note.clicked.connect(self.quote_in_note)
        self.quote = PlainText(self)
        self.quote.setReadOnly(True)
        self.quote.setAccessibleName(self.tr("Quoted words"))
        self.quote.set_size(14)
        self.comment = _Edit(self)
        self.comment.setAccessibleName(self.tr("Comment"))
        self.comment.set_placeholder(
            self.tr("Comment here. Markdown is fine, and it saves itself.")
        )
        self.comment.set_size(14)
        self.comment.setTabChangesFocus(True)
        self._style = MarkdownStyle(self.comment.document(), theme)
        self.comment.textChanged.connect(self._typed)
        self.comment.left.connect(self.writing.flush)
        self.tags = QLineEdit(self)
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.setPlaceholderText(self.tr("Tags, parted by commas"))
        self.tags.editingFinished.connect(self._tagged)
        self._state = QLabel(self)
        self._state.setObjectName("countLabel")
        self.writing.state.connect(self._show_state)
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._color)
        head.addWidget(self._where, 1)
        buttons = Flow(gap=8)
        for button in (self._open, self._paper, self.to_note):
            buttons.addWidget(button)
        self.quote.setMinimumHeight(_LEAST)
        self.comment.setMinimumHeight(_LEAST)
        said = QHBoxLayout()
        said.addWidget(self._label(self.tr("Comment")))
        said.addStretch(1)
        said.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 14)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self._label(self.tr("Quote")))
        column.addWidget(self.quote, 2)
        column.addLayout(said)
        column.addWidget(self.comment, 3)
        column.addWidget(self.tags)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName("sectionLabel")
        return label

    # -- showing

    def show_row(self, row: MarkRow | None) -> None:
        """Show an annotation; what is being typed to the same one stays."""
        before, self.row = self.row, row
        for part in self.children():
            if isinstance(part, QWidget) and part is not self._state:
                part.setVisible(row is not None)
        if row is None:
            self.writing.end()
            self._kept.all = self._waiting()
            return
        one = row.annotation
        same = before is not None and before.annotation.uid == one.uid
        if not same:
            self.writing.end()
            self._state.setText("")
        self._kept.all = self._waiting() | {one.uid: one}
        text = self.writing.taken() if same else self.writing.begin(one.uid)
        self._filling = True
        if text is not None:
            self.comment.show_text(text)
        if not self.tags.hasFocus() or not same:
            self.tags.setText(", ".join(one.tags))
        self._filling = False
        self._title.say(row.title)
        self._color.setPixmap(swatch(one.color).pixmap(SIDE, SIDE))
        card = one.card[:1].upper() + one.card[1:]
        page = pages_told(one, row.pages)
        need = "" if one.placed else self.tr("needs a place")
        told = (kind_name(one.kind), self._named(one.color), page, card, need, one.created[:10])
        self._where.setText("  ·  ".join(filter(None, told)))
        if not same or before is None or before.annotation.quote != one.quote:
            self.quote.show_text(one.quote[:_LONGEST] or self.tr("It quotes no words."))

    def quote_in_note(self) -> None:
        """Quote the annotation in its paper's note, an area as its picture."""
        append = self._kit.append_marks
        if self.row is not None and append is not None:
            append(self.row.paper, [self.row.annotation.uid])

    def _waiting(self) -> dict[str, Annotation]:
        """Those that were shown before and whose words the library refused until now."""
        return {uid: it for uid, it in self._kept.all.items() if self.writing.waits(uid)}

    def _typed(self) -> None:
        if not self._filling and self.row is not None:
            self.writing.typed(self.comment.toPlainText())

    def _tagged(self) -> None:
        if self.row is None or self._filling:
            return
        one = self._kept.all[self.row.annotation.uid]
        names = tags_in(self.tags.text())
        if names != one.tags:
            self._kept.change([replace(one, tags=names)], "Tag annotation")

    def _show_state(self, state: str) -> None:
        self._state.setText(self.tr("Not saved yet; trying again") if state == "failed" else "")
