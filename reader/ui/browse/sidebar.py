"""The sidebar: library, daily pages, collections, tags, trash, with counts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.domain.lists import Named, Overview, Scope
from reader.ui.icons import icon
from reader.ui.theme import Theme
from reader.ui.widgets.file_drag import PAPERS_MIME
from reader.ui.widgets.kept_lines import KeptLines
from reader.ui.widgets.tips import tip

_SCOPE = Qt.ItemDataRole.UserRole + 1
_COUNT = Qt.ItemDataRole.UserRole + 2
_ICON = Qt.ItemDataRole.UserRole + 3
_COLOR = Qt.ItemDataRole.UserRole + 4
_HEADING = Qt.ItemDataRole.UserRole + 5
PLACES = ("marks", "claims")  # kinds of scopes that are no lists of papers
_ROW = 28
_HEADING_ROW = 32

Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Rows with an icon or a colour, a name and a count; headings in small semibold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heading = KeptLines(self, 12, QFont.Weight.DemiBold)
        self._name, self._count = KeptLines(self, 13), KeptLines(self, 12)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(120, _HEADING_ROW if index.data(_HEADING) else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(_HEADING):
            painter.setPen(self._theme.color("faint" if self._theme.is_dark() else "muted"))
            self._heading.draw(painter, rect.adjusted(16, 8, -8, 0), index.data())
            painter.restore()
            return
        pill = QRect(8, rect.top() + 1, rect.right() - 16, rect.height() - 2)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection" if selected else "hover"))
            painter.drawRoundedRect(pill, 6, 6)
        left = max(rect.left(), 16)
        self._mark(painter, index, left, rect)
        inner = QRect(left + 24, rect.top(), pill.right() - left - 24 - 10, rect.height())
        count = index.data(_COUNT)
        if count is not None:
            painter.setPen(self._theme.color("muted"))
            text = f"{count:,}"
            width = self._count.width(text)
            place = QRect(inner.right() + 1 - width, inner.top(), width, inner.height())
            self._count.draw(painter, place, text)
            inner.setRight(place.left() - 9)
        painter.setPen(self._theme.color("text"))
        self._name.draw(painter, inner, index.data())
        painter.restore()

    def _mark(self, painter: QPainter, index: Index, left: int, rect: QRect) -> None:
        color = index.data(_COLOR)
        if color is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(f"tag{color}"))
            painter.drawRoundedRect(QRect(left + 3, rect.center().y() - 4, 9, 9), 3, 3)
        elif role := index.data(_ICON):
            place = QRect(QPoint(left, rect.center().y() - 8), QSize(17, 17))
            icon(role).paint(painter, place)


class Sidebar(QWidget):
    """Shows an Overview and says which scope was chosen."""

    chosen = Signal(object)  # Scope
    place_chosen = Signal(str)  # the kind of a scope that is no list of papers
    dropped = Signal(object, object)  # Scope of a tag or collection, ords
    menu_wanted = Signal(object, object, str)  # Scope, global place, name

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = QStandardItemModel(self)
        self._tree = _Tree(self)
        self._tree.setModel(self._model)
        self._delegate = _Delegate(theme)
        self._tree.setItemDelegate(self._delegate)
        self._tree.setAccessibleName(self.tr("Library, pages, collections and tags"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 8)
        box.addWidget(self._tree)
        self._shown = Scope()
        self._filling = False
        self._tree.selectionModel().currentChanged.connect(self._current_changed)
        self._tree.dropped.connect(self._on_drop)
        self._tree.menu_wanted.connect(self._on_menu)
        theme.changed.connect(self._tree.viewport().update)

    def show_overview(self, overview: Overview) -> None:
        """Fill the tree anew, keeping what is chosen and what is folded."""
        self._filling = True
        folded = {
            item.data(_SCOPE)
            for item in self._all()
            if item.hasChildren() and not self._tree.isExpanded(item.index())
        }
        place = self._tree.verticalScrollBar().value()
        self._model.clear()
        for kind, name, role in (
            ("all", self.tr("All papers"), "all"),
            ("unread", self.tr("Unread"), "unread"),
            ("reading", self.tr("Reading"), "reading"),
            ("read", self.tr("Read"), "read"),
            ("starred", self.tr("Starred"), "star"),
        ):
            self._put(Scope(kind), name, overview.states.get(kind, 0), role)
        self._put(Scope("marks"), self.tr("All annotations"), None, "annotate")
        self._put(Scope("claims"), self.tr("Claims"), None, "card")
        feeds = dict.fromkeys(page.feed for page in overview.pages)
        for feed in feeds:
            self._heading(feed)
            pages = [page for page in overview.pages if page.feed == feed]
            if len(pages) > 1:
                self._put(Scope("feed", feed), self.tr("All dates"), None, "page")
            for page in pages:
                self._put(Scope("page", page.uid), page.name, page.count, "page")
        if overview.collections:
            self._heading(self.tr("Collections"))
            self._collections(overview.collections)
        if overview.tags:
            self._heading(self.tr("Tags"))
            for tag in overview.tags:
                self._put(Scope("tag", tag.uid), tag.name, tag.count, "tag", color=tag.color)
        self._heading("")
        notes = overview.states.get("notes") or None
        self._put(Scope("notes"), self.tr("Notes"), notes, "note")
        self._put(Scope("trash"), self.tr("Trash"), overview.states.get("trash") or None, "trash")
        self._tree.expandAll()
        for item in self._all():
            if item.hasChildren() and item.data(_SCOPE) in folded:
                self._tree.collapse(item.index())
        found = self.select(self._shown)
        self._tree.verticalScrollBar().setValue(place)
        self._filling = False
        if not found:
            self.select(Scope())
            self.chosen.emit(Scope())

    def _collections(self, collections: tuple[Named, ...]) -> None:
        items: dict[str, QStandardItem] = {}
        for one in collections:
            parent, _, name = one.name.rpartition("/")
            items[one.name] = self._put(
                Scope("collection", one.uid), name, one.count, "collection", under=items.get(parent)
            )

    def _put(
        self,
        scope: Scope,
        name: str,
        count: int | None,
        role: str,
        *,
        color: int | None = None,
        under: QStandardItem | None = None,
    ) -> QStandardItem:
        item = QStandardItem(name)
        item.setEditable(False)
        item.setData(scope, _SCOPE)
        item.setData(count, _COUNT)
        item.setData(role, _ICON)
        item.setData(color, _COLOR)
        item.setToolTip(tip(name))
        spoken = f"{name}, {count}" if count is not None else name
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        (under or self._model).appendRow(item)
        return item

    def _heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(True, _HEADING)
        self._model.appendRow(item)

    def _all(self) -> list[QStandardItem]:
        found: list[QStandardItem] = []
        waiting = [self._model.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            children = [item.child(row) for row in range(item.rowCount())]
            found.extend(children)
            waiting.extend(children)
        return found

    def select(self, scope: Scope) -> bool:
        """Show a scope as chosen, or once it is there; False when the sidebar does not have it."""
        self._shown = scope
        for item in self._all():
            if item.data(_SCOPE) == scope:
                filling, self._filling = self._filling, True
                self._tree.setCurrentIndex(item.index())
                self._filling = filling
                return True
        return False

    def name_of(self, scope: Scope) -> str:
        """The name a scope has in the sidebar."""
        return next((item.text() for item in self._all() if item.data(_SCOPE) == scope), "")

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        scope = index.data(_SCOPE)
        if isinstance(scope, Scope) and not self._filling and scope != self._shown:
            self._shown = scope
            if scope.kind in PLACES:
                self.place_chosen.emit(scope.kind)
            else:
                self.chosen.emit(scope)

    @property
    def place(self) -> str:
        """The kind of what is shown, "" for a list of papers."""
        return self._shown.kind if self._shown.kind in PLACES else ""

    def leave_place(self) -> None:
        """Go back to papers, if something else is shown."""
        if self.place:
            self.select(Scope())
            self.chosen.emit(Scope())

    def _on_drop(self, index: QModelIndex, orders: list[int]) -> None:
        scope = index.data(_SCOPE)
        if isinstance(scope, Scope) and accepts_papers(scope):
            self.dropped.emit(scope, orders)

    def _on_menu(self, index: QModelIndex, place: QPoint) -> None:
        scope = index.data(_SCOPE)
        if isinstance(scope, Scope):
            self.menu_wanted.emit(scope, place, index.data())


def accepts_papers(scope: Scope) -> bool:
    """Whether papers can be dropped on a scope."""
    return scope.kind in ("collection", "tag", "trash", "starred", "unread", "reading", "read")


class _Tree(QTreeView):
    dropped = Signal(object, object)
    menu_wanted = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidebarTree")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(14)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def _menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.menu_wanted.emit(index, self.viewport().mapToGlobal(place))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:  # noqa: N802
        """No arrows: nesting shows by indentation, a double click folds."""

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(PAPERS_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        scope = self.indexAt(event.position().toPoint()).data(_SCOPE)
        if isinstance(scope, Scope) and accepts_papers(scope):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        text = bytes(event.mimeData().data(PAPERS_MIME).data()).decode("ascii", "ignore")
        orders = [int(word) for word in text.split() if word.lstrip("-").isdigit()]
        index = self.indexAt(event.position().toPoint())
        if orders and index.isValid():
            event.acceptProposedAction()
            self.dropped.emit(index, orders)
