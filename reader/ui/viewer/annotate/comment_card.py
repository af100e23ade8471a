"""What is said of an annotation, written beside it: a comment in Markdown, tags, a link."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QSizeF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.domain.marking import Annotation
from reader.ui.notes.markdown_style import MarkdownStyle
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.rows import kind_name
from reader.ui.viewer.annotate.swatches import SIDE, swatch
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.plain_text import PlainText

_SIZE = QSize(330, 214)
_EDGE = 8  # logical pixels free at the edge of the view
_GAP = 8  # between the annotation and the card
_LEAST = 150  # the height down to which it shrinks to stay off the annotation


class CommentCard(QFrame):
    """Shows one annotation's words; emits what is typed and wanted."""

    typed = Signal(str)
    left = Signal()  # the focus went out of the text
    tagged = Signal(object)  # tuple of names
    linked = Signal(bool)  # whether it is to be linked to the note
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commentCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # What is pressed between the buttons is not the page's under it.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Comment"))
        self._filling = False
        self._tags: tuple[str, ...] = ()
        self._color = QLabel(self)
        self._title = QLabel(self)
        self._title.setObjectName("sectionLabel")
        self._state = QLabel(self)
        self._state.setObjectName("countLabel")
        self.close_button = tool("close", self.tr("Close (Esc)"), self)
        self.close_button.clicked.connect(self.closed)
        self.edit = PlainText(self)
        self.edit.setAccessibleName(self.tr("Comment"))
        self.edit.set_placeholder(self.tr("Comment here. Markdown is fine, and it saves itself."))
        self.edit.setTabChangesFocus(True)
        self.edit.set_size(13)
        self.edit.textChanged.connect(self._typed)
        self._style = MarkdownStyle(self.edit.document(), theme)
        self.tags = QLineEdit(self)
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.setPlaceholderText(self.tr("Tags, parted by commas"))
        self.tags.editingFinished.connect(self._tag)
        self._names = QStringListModel(self)
        self.tags.setCompleter(_LastName(self._names, self.tags))
        self.link = tool("link", self.tr("Link to the note"), self)
        self.link.setCheckable(True)
        self.link.toggled.connect(self._link)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._color)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.tags, 1)
        foot.addWidget(self.link)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 7, 8, 9)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.edit, 1)
        box.addLayout(foot)
        for part in (self.edit, self.tags):
            part.installEventFilter(self)

    def show_one(self, one: Annotation, text: str, where: str, meaning: str) -> None:
        """Show an annotation: its words, where it is and what its colour means."""
        self._color.setPixmap(swatch(one.color).pixmap(QSize(SIDE, SIDE)))
        told = (kind_name(one.kind), meaning, where)
        self._title.setText(" · ".join(part for part in told if part))
        self.show_state("saved")
        self._filling = True
        if self.edit.toPlainText() != text:
            self.edit.show_text(text)
        self._tags = one.tags
        if not self.tags.hasFocus():
            self.tags.setText(", ".join(one.tags))
        self.link.setChecked(bool(one.note))
        self._filling = False

    def offer_tags(self, names: Iterable[str]) -> None:
        """The tags the library has, to complete what is typed."""
        self._names.setStringList(sorted(names, key=str.casefold))

    def offer_link(self, *, possible: bool) -> None:
        """Whether there is a note to link to."""
        self.link.setEnabled(possible)
        self.link.setToolTip(
            self.tr("Link to the note") if possible else self.tr("This paper has no note yet")
        )

    def show_state(self, state: str) -> None:
        """How far what was typed is saved."""
        self._state.setText(self.tr("Not saved yet; trying again") if state == "failed" else "")

    def stand_by(self, area: QRectF, page: QRectF) -> None:
        """Stand beside what is annotated or below it (logical pixels of the view), not over it."""
        room = self.parentWidget()
        assert room is not None
        place = card_place(QSizeF(room.size()), QSizeF(_SIZE), area, page)
        self.setGeometry(place.toRect())
        self.raise_()

    def lacks(self, area: QRectF, page: QRectF) -> float:
        """How far the page is to go up for the card to stand below; see `lacking`."""
        room = self.parentWidget()
        return lacking(QSizeF(room.size()), QSizeF(_SIZE), area, page) if room is not None else 0.0

    def finish(self) -> None:
        """Take over what stands in the fields."""
        self._tag()
        self.left.emit()

    def _typed(self) -> None:
        if not self._filling:
            self.typed.emit(self.edit.toPlainText())

    def _tag(self) -> None:
        names = tags_in(self.tags.text())
        if names != self._tags and not self._filling:
            self._tags = names
            self.tagged.emit(names)

    def _link(self, on: bool) -> None:
        if not self._filling:
            self.linked.emit(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if watched is self.edit:
                self.left.emit()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.closed.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys the fields have no use for are not the page's."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        event.accept()


def card_place(room: QSizeF, wanted: QSizeF, area: QRectF, page: QRectF) -> QRectF:
    """Where a card stands in a view by an area of a page; all in logical pixels of the view.

    Beside the page, where there is no text; else below the area, else beside
    it, else above it.  The card gives up height before it covers the area, and
    covers it only where nothing else is left.
    """
    width = min(wanted.width(), room.width() - 2 * _EDGE)
    height = min(wanted.height(), room.height() - 2 * _EDGE)
    top = min(max(area.top(), _EDGE), room.height() - _EDGE - height)
    below = room.height() - _EDGE - (area.bottom() + _GAP)
    above = area.top() - _GAP - _EDGE
    left = min(max(area.center().x() - width / 2, _EDGE), room.width() - _EDGE - width)
    beside = _beside(room.width(), width, page)
    if beside is not None:
        return QRectF(beside, top, width, height)
    if below >= min(height, _LEAST):
        return QRectF(left, area.bottom() + _GAP, width, min(height, below))
    beside = _beside(room.width(), width, area)
    if beside is not None:
        return QRectF(beside, top, width, height)
    if above >= min(height, _LEAST):
        height = min(height, above)
        return QRectF(left, area.top() - _GAP - height, width, height)
    return QRectF(left, room.height() - _EDGE - height, width, height)


def lacking(room: QSizeF, wanted: QSizeF, area: QRectF, page: QRectF) -> float:
    """How far the page is to go up, in logical pixels, for the card to stand below the area.

    0 where it stands beside the page, has the room, or would not get it while
    the area stays in view.
    """
    width = min(wanted.width(), room.width() - 2 * _EDGE)
    if _beside(room.width(), width, page) is not None:
        return 0.0
    below = room.height() - _EDGE - (area.bottom() + _GAP)
    missing = min(wanted.height(), room.height() - 2 * _EDGE) - below
    spare = area.top() - _EDGE
    if missing <= 0 or below + spare < _LEAST:
        return 0.0
    return min(missing, spare)


def _beside(room: float, width: float, taken: QRectF) -> float | None:
    """The left edge of a card right of a rectangle, else left of it; None without the room."""
    if taken.right() + _GAP + width <= room - _EDGE:
        return taken.right() + _GAP
    return taken.left() - _GAP - width if taken.left() - _GAP - width >= _EDGE else None


class _LastName(QCompleter):
    """Completes the name behind the last comma."""

    def __init__(self, names: QStringListModel, field: QLineEdit) -> None:
        super().__init__(names, field)
        self._field = field
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        return [path.rsplit(",", 1)[-1].strip()]

    def pathFromIndex(self, index: object) -> str:  # noqa: N802
        name = super().pathFromIndex(index)  # pyright: ignore[reportArgumentType]
        before, comma, _ = self._field.text().rpartition(",")
        return f"{before}{comma} {name}" if comma else name


def tags_in(text: str) -> tuple[str, ...]:
    """The names in a line parted by commas, each once."""
    names = (" ".join(part.split()) for part in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))
