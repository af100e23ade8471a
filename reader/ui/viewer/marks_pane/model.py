"""The annotations of a document in rows: filtered, sorted, those without a place first.

Ten thousand are filtered while one types, so what is compared is worked out
once an annotation and kept until it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.domain.marking import COLORS, PALETTE, Annotation, Kind, pages_of
from reader.domain.value import dataclass
from reader.ui.marks.chips import OTHER
from reader.ui.marks.painter import LINE, Line
from reader.ui.viewer.annotate.rows import pages_told

Index = QModelIndex | QPersistentModelIndex

SORTS = ("page", "color", "kind", "date", "text")
_COLORS = {color.name: number for number, color in enumerate(PALETTE)}
_KINDS = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list is to show, and in which order; empty fields ask for nothing."""

    text: str = ""
    colors: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    sort: str = "page"

    @property
    def asks(self) -> bool:
        """Whether it leaves any out."""
        return bool(self.text.strip() or self.colors or self.kinds)


class _Known:
    """An annotation with what it is compared by."""

    __slots__ = ("_words", "at", "one", "page", "place")

    def __init__(self, one: Annotation) -> None:
        self.one = one
        part = one.parts[0]
        x, y = part.quads[0][:2] if part.quads else part.strokes[0][0][:2]
        self.page, self.at = part.page, part.at
        self.place = (self.page, -1, -y, x, one.uid)
        self._words: str | None = None

    @property
    def words(self) -> str:
        """What is searched, made with the first search: most lists are only looked at."""
        if self._words is None:
            one = self.one
            self._words = " ".join((one.quote, one.comment, *one.tags, one.card)).casefold()
        return self._words

    def read_place(self, unread: Container[int]) -> tuple[Any, ...]:
        """Its order in the document; by height on pages whose order of reading is not known."""
        if self.page in unread:
            return self.place
        return (self.page, self.at, *self.place[2:])

    def key(self, sort: str, unread: Container[int]) -> tuple[Any, ...]:
        """What it is sorted by."""
        place = self.read_place(unread)
        match sort:
            case "color":
                return (_COLORS.get(self.one.color, len(_COLORS)), self.one.color, *place)
            case "kind":
                return (_KINDS[self.one.kind], *place)
            case "text":
                return (not self.words.strip(), self.words[:200], *place)
            case _:
                return place


class MarksModel(QAbstractTableModel):
    """Annotations, and headings (texts) while some have no place.  `label` names a page."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Annotation | str] = []
        self.label: Callable[[int], str] = lambda page: str(page + 1)
        self.meanings: Mapping[str, str] = {}
        self.shown = 0  # annotations that are listed
        self._known: dict[str, _Known] = {}
        self._rows: dict[str, int] = {}

    # -- filling

    def show(self, found: Mapping[str, Annotation], wish: Wish, keep: str = "") -> bool:
        """Show what a wish leaves of them, and `keep` in any case; whether rows moved."""
        known = self._known
        for gone in known.keys() - found.keys():
            del known[gone]
        for uid, one in found.items():
            old = known.get(uid)
            if old is None or old.one is not one:
                known[uid] = _Known(one)
        words = wish.text.casefold().split()
        left = list(known.values())
        if wish.asks:
            left = [it for it in left if it.one.uid == keep or _left(it, wish, words)]
        if wish.sort == "date":
            left.sort(key=lambda it: (it.one.created or "~", it.one.uid), reverse=True)
        else:
            unread = {it.page for it in known.values() if it.at < 0}
            left.sort(key=lambda it: it.key(wish.sort, unread))
        self.shown = len(left)
        return self._take(self._grouped([it.one for it in left]))

    def _grouped(self, left: Sequence[Annotation]) -> list[Annotation | str]:
        lost = [one for one in left if not one.placed]
        if not lost:
            return [*left]
        text = self.tr("{} need you").format(f"{len(lost):,}")
        if len(lost) == 1:
            text = self.tr("1 needs you")
        placed = [one for one in left if one.placed]
        rest = (self.tr("In their places"), *placed) if placed else ()
        return [text, *lost, *rest]

    def _take(self, rows: list[Annotation | str]) -> bool:
        if len(rows) == len(self.rows) and all(map(_same, rows, self.rows)):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return False
        self.beginResetModel()
        self.rows = rows
        self._rows = {row.uid: at for at, row in enumerate(rows) if isinstance(row, Annotation)}
        self.endResetModel()
        return True

    # -- asking

    def row_of(self, uid: str) -> int:
        """The row of an annotation, -1 when it is not shown."""
        return self._rows.get(uid, -1)

    def at(self, row: int) -> Annotation | None:
        """The annotation in a row; None for a heading."""
        one = self.rows[row] if 0 <= row < len(self.rows) else None
        return one if isinstance(one, Annotation) else None

    def headings(self) -> list[int]:
        """The rows that are headings: at most two."""
        return [row for row in {0, len(self.rows) - self._placed() - 1} if self._is_heading(row)]

    def _placed(self) -> int:
        return sum(1 for row in self.rows if isinstance(row, Annotation) and row.placed)

    def _is_heading(self, row: int) -> bool:
        return 0 <= row < len(self.rows) and isinstance(self.rows[row], str)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if isinstance(row, str):
            if role == Qt.ItemDataRole.ToolTipRole and not index.row():
                return self.tr("The words of these were not found in the present file.")
            return row if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case _ if role == LINE:
                return self._line(row)
            case Qt.ItemDataRole.DisplayRole:
                return self._line(row).words
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._line(row).spoken(self.meanings.get(row.color, ""))
            case _:
                return None

    def _line(self, one: Annotation) -> Line:
        return Line(one, pages_told(one, pages_of(one, self.label)))


def _same(one: Annotation | str, other: Annotation | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return (one.uid, one.placed) == (other.uid, other.placed)


def _left(known: _Known, wish: Wish, words: Sequence[str]) -> bool:
    one = known.one
    if wish.colors and (one.color if one.color in COLORS else OTHER) not in wish.colors:
        return False
    if wish.kinds and one.kind not in wish.kinds:
        return False
    return all(word in known.words for word in words)
