"""The library page: what is chosen in the sidebar is listed, what is current is shown."""

from __future__ import annotations

from array import array

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.lists import Overview, Row, Scope
from reader.domain.paper import Changes
from reader.settings import Settings, WindowState
from reader.ui.browse import loading
from reader.ui.browse.loading import Listed, Shown, Wanted
from reader.ui.browse.pane_sizes import PaneSizes
from reader.ui.browse.paper_list import PaperList
from reader.ui.browse.paper_pane import PaperPane
from reader.ui.browse.saying import Saying
from reader.ui.browse.sidebar import Sidebar
from reader.ui.browse.spoken import spoken
from reader.ui.browse.turning import Turning
from reader.ui.browse.welcome import Welcome
from reader.ui.commands.actions import CommandSet
from reader.ui.desk import Desk
from reader.ui.models.papers import PaperListModel
from reader.ui.theme import Theme
from reader.ui.turns import paint_apart
from reader.ui.widgets.buttons import HairSplitter

_FIRST_LIMIT = 500


class LibraryPage(QWidget):
    """Sidebar, list and paper; commands act on `selection()`."""

    conditions = Signal(object)  # what holds now, for the commands
    searched = Signal(str)  # the search text was set from here

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        commands: CommandSet,
        settings: Settings,
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._settings = settings
        self._state = state
        self._text = ""
        self._sorts: dict[str, str] = {}
        self._scope = Scope()
        self._overview: Overview | None = None
        self.current: int | None = None
        self.saying = Saying(self)
        self.model = PaperListModel(spoken, desk.reader.file_of)
        self.sidebar = Sidebar(theme, self)
        self.list = PaperList(self.model, theme, self)
        self.paper = PaperPane(theme, desk, commands, self)
        self.welcome = Welcome(commands, self)
        self._lay_out()
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        pane = QWidget(self)
        pane.setObjectName("listPane")
        box = QVBoxLayout(pane)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        header = QWidget(pane)
        header.setObjectName("listHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 3, 6, 3)
        self._count = QLabel(header)
        self._count.setObjectName("countLabel")
        self._sort_button = QToolButton(header)
        self._sort_button.setProperty("kind", "flat")
        self._sort_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort_button.setAccessibleName(self.tr("Order of the list"))
        self._sort_button.setToolTip(self.tr("Order of the list"))
        self._sort_menu = QMenu(self._sort_button)
        self._sort_group = QActionGroup(self)
        self._sort_button.setMenu(self._sort_menu)
        row.addWidget(self._count, 1)
        row.addWidget(self._sort_button)
        box.addWidget(header)
        self._empty = QLabel(pane)
        self._empty.setProperty("class", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 24, 24, 24)
        holder = QWidget(pane)
        self._list_stack = QStackedLayout(holder)
        self._list_stack.addWidget(self.list)
        self._list_stack.addWidget(self._empty)
        box.addWidget(holder, 1)
        self.split = HairSplitter(Qt.Orientation.Horizontal, self)
        self.sizes = PaneSizes(self.split, self._state)
        for widget in (self.sidebar, pane, self.paper):
            self.split.addWidget(widget)
        self.sidebar.setMinimumWidth(140)
        pane.setMinimumWidth(240)
        self.paper.setMinimumWidth(340)
        for index, stretch in enumerate((0, 2, 3)):
            self.split.setStretchFactor(index, stretch)
        self.turning = Turning((pane, self.paper), self)
        self.turning.notes_shown.connect(lambda _: self._tell_conditions())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.welcome)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.choose)
        self.list.current.connect(self._show_current)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._selection_changed())
        self.model.wanted.connect(self._fetch)
        self.desk.changed.connect(self._changed)
        self.desk.progressed.connect(self.list.renew)
        self.desk.indexed.connect(lambda: self.reload() if self._text.strip() else None)
        self.paper.sizes_changed.connect(lambda sizes: self._state.put("paper_sizes", sizes))
        self.split.splitterMoved.connect(lambda *_: self.turning.to_notes or self.sizes.keep())
        self._settings.watch(self._setting_changed)
        self._typing = QTimer(self, singleShot=True, interval=60)
        self._typing.timeout.connect(self.reload)

    def _restore(self) -> None:
        self.split.setSizes(self.sizes.now())
        self.paper.set_sizes(self._state.get("paper_sizes", []))
        self.paper.set_size(self._settings.number("reading_size"))
        self._scope = Scope(self._state.get("scope_kind", "all"), self._state.get("scope_uid", ""))
        self._sorts = {str(name): str(by) for name, by in self._state.get("sorts", {}).items()}
        self.sidebar.select(self._scope)

    def _setting_changed(self, key: str) -> None:
        if key == "reading_size":
            self.paper.set_size(self._settings.number("reading_size"))

    # -- what is listed --------------------------------------------------

    @property
    def scope(self) -> Scope:
        """What is listed before searching."""
        return self._scope

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._text

    def full_name(self, scope: Scope) -> str:
        """A tag's name or a collection's whole path."""
        found = self._overview
        named = (*found.tags, *found.collections) if found else ()
        return next((one.name for one in named if one.uid == scope.uid), "")

    def sort(self) -> str:
        """The list's order; a page's own order is its positions."""
        paged = self._scope.kind in ("page", "feed")
        return self._sorts.get(self._scope.kind, "position" if paged else "newest")

    def choose(self, scope: Scope) -> None:
        """List another scope."""
        if self.turning.turn(notes=scope.kind == "notes"):
            return
        self._scope = scope
        self._state.put("scope_kind", scope.kind)
        self._state.put("scope_uid", scope.uid)
        self.reload()

    def leave_notes(self) -> None:
        """Show list and paper again."""
        if self.turning.to_notes:
            self.sidebar.select(self._scope)
            self.turning.turn(notes=False)

    def choose_sort(self, sort: str) -> None:
        """List in another order, and remember it for this kind of scope."""
        self._sorts[self._scope.kind] = sort
        self._state.put("sorts", self._sorts)
        self.reload()

    def search(self, text: str, *, at_once: bool = False) -> None:
        """List what matches a text, a moment after the last key."""
        self.leave_notes()
        if text == self._text and not at_once:
            return
        self._text = text
        if at_once:
            self.reload()
        else:
            self._typing.start()

    def _wanted(self) -> Wanted:
        feed = ""
        if self._overview and self._scope.kind == "page":
            feed = next((p.feed for p in self._overview.pages if p.uid == self._scope.uid), "")
        name = self.sidebar.name_of(self._scope)
        return Wanted(self._scope, self._text, self.sort(), name, feed)

    def load_now(self, last_paper: str) -> None:
        """Fill the page before the first paint: a short read, without waiting for a lane."""
        reader = self.desk.reader
        self._show_overview(reader.overview())
        found = loading.listed(reader, self._wanted(), _FIRST_LIMIT)
        self._show_listed(found)
        order = reader.order_of(last_paper) if last_paper else None
        if not self.list.select_order(order) and found.orders:
            self.list.select_row(0)
        if len(found.orders) == _FIRST_LIMIT:
            self.reload()

    def reload(self) -> None:
        """Read the list again; an answer that another overtook is dropped."""
        self.desk.read(
            loading.listed, self.desk.reader, self._wanted(),
            then=self._show_listed, owner=self, newest="list",
        )  # fmt: skip

    def reload_overview(self) -> None:
        """Read the sidebar's counts again."""
        read = loading.overview, self.desk.reader
        self.desk.read(*read, then=self._show_overview, owner=self, newest="overview")

    def _show_overview(self, overview: Overview) -> None:
        self._overview = overview
        self.sidebar.show_overview(overview)
        nothing = not overview.states["all"] and not overview.states["trash"]
        empty = nothing and not overview.pages and not overview.collections
        if not empty and self._stack.currentWidget() is self.welcome:
            paint_apart(self.sidebar, self.list, self.paper)
        self._stack.setCurrentWidget(self.welcome if empty else self.split)
        self._tell_conditions()

    def _show_listed(self, found: Listed) -> None:
        place = self.list.currentIndex().row()
        selected = self.list.selected_orders()
        self.list.delegate.show_position = found.wanted.scope.kind in ("page", "feed")
        self.model.show(found.orders, found.wanted.scope, found.sections, found.rows)
        self._show_count(found)
        self._show_sorts()
        if not found.orders:
            self._empty.setText(self._why_empty())
            self._list_stack.setCurrentWidget(self._empty)
            self._show_current(None)
            return
        # Taken first: a list that is shown and gets the focus chooses its first row by itself.
        chosen = self.list.selectionModel().hasSelection()
        wanted = self.current if self.current is not None else next(iter(selected), None)
        self._list_stack.setCurrentWidget(self.list)
        if chosen:
            return
        if not self.list.select_order(wanted):
            self.list.select_row(min(max(place, 0), self.model.rowCount() - 1))

    def refuse(self, reason: str) -> None:
        """Say why nothing can be brought in, where there is nothing to show."""
        self.welcome.refuse(reason)
        if self._overview is None:
            self._stack.setCurrentWidget(self.welcome)

    def _why_empty(self) -> str:
        if self._text.strip():
            return self.tr("No paper matches “{}”.\nEsc clears the search.").format(self._text)
        match self._scope.kind:
            case "trash":
                return self.tr("The trash is empty.")
            case "starred":
                return self.tr("No paper is starred yet.\nS stars the selected papers.")
            case "reading":
                return self.tr("You are reading nothing at the moment.\nI marks a paper.")
            case "read":
                return self.tr("No paper is marked as read yet.\nR marks the selected papers.")
            case "unread":
                return self.tr("Everything is read.")
            case "collection":
                return self.tr("This collection is empty.\nDrag papers here, or press C in a list.")
            case _:
                return self.tr("There is nothing here.")

    def _show_count(self, found: Listed) -> None:
        count = len(found.orders)
        text = self.tr("1 paper") if count == 1 else self.tr("{} papers").format(f"{count:,}")
        if found.wanted.text.strip():
            text = self.tr("{} found").format(text)
        self._count.setText(text)
        self._selection_changed()

    def _show_sorts(self) -> None:
        names = {
            "newest": self.tr("Newest first"),
            "oldest": self.tr("Oldest first"),
            "added": self.tr("Last added"),
            "title": self.tr("Title"),
            "author": self.tr("First author"),
            "venue": self.tr("Venue"),
            "state": self.tr("Reading state"),
        }
        if self._scope.kind in ("page", "feed"):
            names = {"position": self.tr("Position on page"), **names}
        present = self.sort()
        if [action.data() for action in self._sort_menu.actions()] != list(names):
            self._sort_menu.clear()
            for key, name in names.items():
                action = self._sort_menu.addAction(name)
                action.setCheckable(True)
                action.setData(key)
                self._sort_group.addAction(action)
                action.triggered.connect(lambda _, key=key: self.choose_sort(key))
        for action in self._sort_menu.actions():
            action.setChecked(action.data() == present)
        self._sort_button.setText(f"{names.get(present, names['newest'])}  ▾")

    # -- rows and the paper ----------------------------------------------

    def _fetch(self, orders: array[int], chunk: int, generation: int) -> None:
        def done(rows: list[Row]) -> None:
            if generation == self.model.generation:
                self.model.put(chunk, rows)

        self.desk.read(self.desk.reader.rows, orders, self.model.scope, then=done, owner=self)

    def _show_current(self, order: int | None) -> None:
        self.current = order
        if order is None:
            self.paper.show_nothing()
            self._tell_conditions()
            return
        notebook = self.desk.notebook
        asked = notebook.now()

        def done(found: Shown | None) -> None:
            if order != self.current or found is None:
                return
            if notebook.outran(found.paper.uid, asked):
                self._show_current(order)
            else:
                self._show_paper(found)

        self.desk.read(
            loading.shown, self.desk.reader, order, then=done, owner=self, newest="paper"
        )

    def _show_paper(self, found: Shown) -> None:
        if len(self.list.selected_orders()) > 1:
            return
        self.paper.show_paper(found.paper, found.tags, found.marks, found.lost)
        self._state.put("last_paper", found.paper.uid)
        self._tell_conditions()

    def _selection_changed(self) -> None:
        count = len(self.list.selectionModel().selectedRows())
        if count > 1:
            self.paper.show_nothing(count)
        elif self.paper.paper is None and self.current is not None:
            self._show_current(self.current)
        total = len(self.model.papers())
        papers = self.tr("1 paper") if total == 1 else self.tr("{} papers").format(f"{total:,}")
        self.saying.say("", self.tr("{}, {} selected").format(papers, f"{count:,}"))
        self._tell_conditions()

    def _tell_conditions(self) -> None:
        count = 0 if self.turning.to_notes else len(self.list.selectionModel().selectedRows())
        paper = None if self.turning.to_notes else self.paper.paper
        self.conditions.emit(
            {
                "selection": count > 0,
                "one": paper is not None and count <= 1,
                "pdf": paper is not None and bool(paper.documents),
                "trashed": self._scope.kind == "trash" and count > 0,
                "list": bool(self.model.papers()),
            }
        )

    def _changed(self, changes: Changes) -> None:
        if changes.added or changes.removed or changes.structure:
            self.reload()
            self.reload_overview()
        self.model.refresh()
        paper = self.paper.paper
        outside = changes.structure and not changes.papers  # what changed is not known
        touched = paper is not None and (outside or paper.uid in changes.papers)
        if touched and self.current is not None:
            self._show_current(self.current)
