"""The command palette: every command and every paper, a few letters away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.domain.value import dataclass
from reader.ui.commands.actions import CommandSet, translated
from reader.ui.icons import icon
from reader.ui.theme import Theme
from reader.ui.widgets.outwards import focus_in, give_back, outwards

_WIDTH = 620
_ROW = 36
_MOST_ROWS = 10
_FOOT = 34  # pixels of the palette's own edges, and left free below it
_ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the palette offers; `letters` are the places that matched."""

    text: str
    run: Callable[[], None]
    icon: str = ""
    detail: str = ""
    key: str = ""
    letters: tuple[int, ...] = ()


# papers(text, found): looks papers up and calls found(text, entries)
Papers = Callable[[str, Callable[[str, list[Entry]], None]], None]


def match(needle: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """(penalty, places) when the needle's letters stand in the text in order, else None.

    Words' beginnings and letters side by side cost least.
    """
    folded, wanted = text.casefold(), "".join(needle.casefold().split())
    if not wanted:
        return 0, ()
    if len(folded) != len(text):  # "ß" folds to two letters, and places would be off
        folded, needle = text.lower(), needle.lower()
        wanted = "".join(needle.split())
        if len(folded) != len(text):
            return None
    else:
        needle = needle.casefold()
    start = folded.find(needle.strip())
    if start >= 0:
        places = tuple(range(start, start + len(needle.strip())))
        at_word = start == 0 or not folded[start - 1].isalnum()
        return (start if at_word else 40 + start), places
    found: list[int] = []
    at = -1
    penalty = 100
    for letter in wanted:
        word = next(
            (
                i
                for i in range(at + 1, len(folded))
                if folded[i] == letter and (i == 0 or not folded[i - 1].isalnum())
            ),
            -1,
        )
        following = at + 1 if at + 1 < len(folded) and folded[at + 1] == letter else -1
        place = following if following >= 0 else word if word >= 0 else folded.find(letter, at + 1)
        if place < 0:
            return None
        penalty += 0 if place in (following, word) else 8
        penalty += place - at - 1
        found.append(place)
        at = place
    return penalty, tuple(found)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008
    ) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        entry = self.entries[index.row()]
        if role == _ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.text} {entry.key}".strip()
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(200, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: Entry = index.data(_ENTRY_ROLE)
        rect = QRect(option.rect).adjusted(6, 1, -6, -1)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection"))
            painter.drawRoundedRect(rect, 6, 6)
        if entry.icon:
            place = QRect(rect.left() + 10, rect.center().y() - 8, 17, 17)
            icon(entry.icon).paint(painter, place)
        inner = rect.adjusted(38, 0, -12, 0)
        side = entry.key or entry.detail
        font = QFont(painter.font())
        font.setPixelSize(12)
        width = min(QFontMetrics(font).horizontalAdvance(side) + 4, inner.width() // 2)
        painter.setFont(font)
        painter.setPen(self._theme.color("muted"))
        side = QFontMetrics(font).elidedText(side, Qt.TextElideMode.ElideRight, width)
        painter.drawText(
            inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), side
        )
        self._text(painter, inner.adjusted(0, 0, -width - 12, 0), entry)
        painter.restore()

    def _text(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        """The text with its matched letters in semibold accent."""
        plain = QFont(painter.font())
        plain.setPixelSize(13)
        strong = QFont(plain)
        strong.setWeight(QFont.Weight.DemiBold)
        shown = QFontMetrics(plain).elidedText(
            entry.text, Qt.TextElideMode.ElideRight, rect.width()
        )
        x = float(rect.left())
        letters = set(entry.letters)
        for place, letter in enumerate(shown):
            hit = place in letters
            painter.setFont(strong if hit else plain)
            painter.setPen(self._theme.color("accent" if hit else "text"))
            advance = QFontMetrics(painter.font()).horizontalAdvance(letter)
            cell = QRect(int(x), rect.top(), advance + 4, rect.height())
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignVCenter), letter)
            x += advance


class Palette(QFrame):
    """An overlay in the window; Up, Down, Enter and Esc are all it takes."""

    def __init__(
        self, host: QWidget, commands: CommandSet, theme: Theme, papers: Papers | None = None
    ) -> None:
        super().__init__(host)
        self.setObjectName("palette")
        self._host = host
        self._commands = commands
        self._papers = papers
        self._recent: list[str] = []
        self._found: list[Entry] = []
        self._before: list[QWidget] = []  # what had the keys, and what is around it
        self._edit = QLineEdit(self)
        self._edit.setPlaceholderText(self.tr("Find a command or a paper"))
        self._edit.setAccessibleName(self.tr("Find a command or a paper"))
        self._edit.textChanged.connect(self._search)
        self._edit.installEventFilter(self)
        line = QFrame(self)
        line.setObjectName("hairline")
        self._model = _Model()
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Delegate(theme))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(self.tr("Commands and papers"))
        self._list.clicked.connect(lambda _: self._run())
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._nothing = QLabel(self.tr("Nothing found"), self)
        self._nothing.setProperty("class", "muted")
        self._nothing.setFixedHeight(_ROW)
        self._nothing.setContentsMargins(15, 0, 0, 0)
        self._nothing.hide()
        self._asked = False
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 7)
        box.setSpacing(0)
        box.addWidget(self._edit)
        box.addWidget(line)
        box.addSpacing(6)
        box.addWidget(self._list)
        box.addWidget(self._nothing)
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self._ask_papers)
        host.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the palette, empty, over the window."""
        if not self.isVisible():
            self._before = list(outwards(focus_in(self._host)))
        self._edit.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self._edit.setFocus()

    def entries(self) -> list[Entry]:
        """What is offered now, best first."""
        return list(self._model.entries)

    def _search(self, text: str) -> None:
        self._found = []
        self._asked = bool(text.strip() and self._papers)
        self._show_entries(self._matching(text))
        if self._asked:
            self._later.start()

    def _matching(self, text: str) -> list[Entry]:
        scored: list[tuple[int, int, int, Entry]] = []
        for number, row in enumerate(self._commands.rows()):
            action = self._commands.action(row.id)
            name = translated(row.text).rstrip("…")
            hit = match(text, name)
            if hit is None or not action.isEnabled() or row.id == "window.palette":
                continue
            recent = self._recent.index(row.id) if row.id in self._recent else 99
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entry = Entry(name, lambda row=row: self._do(row.id), row.icon, "", key, hit[1])
            if text.strip():
                # Of two that match alike the shorter one is nearer to what was typed.
                scored.append((hit[0], len(name), number, entry))
            else:
                scored.append((recent, 0, number, entry))
        return [entry for *_, entry in sorted(scored, key=lambda item: item[:3])]

    def _do(self, name: str) -> None:
        self._recent = [name, *(old for old in self._recent if old != name)][:20]
        self._commands.action(name).trigger()

    def _ask_papers(self) -> None:
        if self._papers and self.isVisible():
            self._papers(self._edit.text(), self._papers_found)

    def _papers_found(self, text: str, entries: list[Entry]) -> None:
        if text == self._edit.text() and self.isVisible():
            self._found = entries
            self._asked = False
            self._show_entries([*self._matching(text), *entries])

    def _show_entries(self, entries: list[Entry]) -> None:
        self._model.show(entries)
        if entries:
            self._list.setCurrentIndex(self._model.index(0, 0))
        # While papers are looked up an empty row stands in, so that nothing flickers.
        nothing = not entries and not self._asked
        self._nothing.setVisible(nothing)
        self._list.setVisible(not nothing)
        self._place()

    def _place(self) -> None:
        """Near the window's top, with as many rows as there are and as the window holds."""
        width, top = min(_WIDTH, self._host.width() - 40), max(40, self._host.height() // 8)
        room = (self._host.height() - top - self._edit.sizeHint().height() - _FOOT) // _ROW
        rows = min(len(self._model.entries), _MOST_ROWS, room)
        self._list.setFixedHeight(max(1, rows) * _ROW)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._host.width() - width) // 2, top)

    def _run(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            entry: Entry = index.data(_ENTRY_ROLE)
            self.shut()
            entry.run()

    def shut(self) -> None:
        """Hide the palette and give the focus back."""
        self.hide()
        # An editor on a page, say, ends when it loses the keys; the page has them then.
        give_back(self._before, self._host)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self._edit and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        elif watched is self._edit and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        row, last = self._list.currentIndex().row(), self._model.rowCount() - 1
        match event.key():
            case Qt.Key.Key_Down:
                row = 0 if row >= last else row + 1
            case Qt.Key.Key_Up:
                row = last if row <= 0 else row - 1
            case Qt.Key.Key_PageDown:
                row = min(last, row + _MOST_ROWS)
            case Qt.Key.Key_PageUp:
                row = max(0, row - _MOST_ROWS)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run()
                return True
            case Qt.Key.Key_Escape:
                self.shut()
                return True
            case _:
                return False
        self._list.setCurrentIndex(self._model.index(row, 0))
        return True
