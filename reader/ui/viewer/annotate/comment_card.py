"""What is said of an annotation, written beside it: a comment in Markdown, tags, a link."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QStringListModel, Qt, Signal
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
from reader.ui.viewer.annotate.bar import place_by
from reader.ui.viewer.annotate.rows import kind_name
from reader.ui.viewer.annotate.swatches import SIDE, swatch
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.plain_text import PlainText

_SIZE = QSize(330, 214)


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

    def stand_by(self, area: QRectF) -> None:
        """Stand next to an area of the view."""
        room = self.parentWidget()
        assert room is not None
        self.resize(_SIZE.boundedTo(room.size() - QSize(16, 16)))
        place_by(self, area)

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
