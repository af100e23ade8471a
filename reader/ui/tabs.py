"""The window's pages: the library first, then one tab an open PDF.

A tab that comes back from the last time is made when it is first looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from reader.domain.annotation import ReadingPosition
from reader.domain.paper import Attachment, Paper
from reader.services.attaching import holder_of
from reader.services.lanes import Priority
from reader.settings import Settings
from reader.ui.desk import Desk
from reader.ui.note_editor import NoteEditor
from reader.ui.theme import Theme
from reader.ui.top_bar import TopBar
from reader.ui.viewer.home import Home
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.passwords import Passwords
from reader.ui.widgets.buttons import push


@dataclass(slots=True)
class Tab:
    """An open PDF: of a paper (its uid and the attachment's), or a file of its own."""

    title: str
    path: Path
    paper: str = ""
    attachment: str = ""
    position: ReadingPosition | None = None
    page: ViewerPage | None = field(default=None, compare=False)


class Tabs(QObject):
    """Opens, shows, closes and remembers tabs."""

    shown = Signal(object)  # the ViewerPage in front, None for the library
    add_wanted = Signal(object)  # the Tab of a file to be added to the library
    status = Signal(str)
    url_wanted = Signal(str)
    folder_wanted = Signal(object)  # the path of a file to be shown in its folder
    conditions = Signal(object)  # what holds in the viewer in front

    def __init__(
        self,
        desk: Desk,
        engine: Any,
        theme: Theme,
        settings: Settings,
        bar: TopBar,
        stack: QStackedWidget,
        library: QWidget,
    ) -> None:
        super().__init__(stack)
        self._desk = desk
        self._engine = engine
        self._theme = theme
        self._settings = settings
        self._bar = bar
        self._stack = stack
        self._library = library
        self._tabs: list[Tab] = []
        self._passwords = Passwords()
        stack.addWidget(library)
        bar.add_tab(self.tr("Library"), "library")
        bar.tab_chosen.connect(self._show)
        bar.tab_closed.connect(self.close)
        bar.tab_moved.connect(self._moved)

    # -- opening ---------------------------------------------------------

    def open_paper(
        self,
        paper: Paper,
        attachment: Attachment | None = None,
        position: ReadingPosition | None = None,
    ) -> None:
        """Open a paper's PDF at a place, else where the reader stopped."""
        chosen = attachment or next(iter(paper.attachments), None)
        if chosen is None:
            return
        path = self._desk.reader.file_of(chosen.path)
        title = " ".join(paper.title.split())
        if self._bring_forward(lambda tab: tab.attachment == chosen.uid):
            return

        def known(last: ReadingPosition | None) -> None:
            self._add(Tab(title, path, paper.uid, chosen.uid, position or last))

        self._desk.read(self._desk.reader.position, chosen.uid, then=known, owner=self)

    def open_file(self, path: Path) -> None:
        """Open a file that is not in the library."""
        if not self._bring_forward(lambda tab: tab.path == path):
            self._add(Tab(path.name, path))

    def _bring_forward(self, wanted: Callable[[Tab], bool]) -> bool:
        for index, tab in enumerate(self._tabs):
            if wanted(tab):
                self._bar.tabs.setCurrentIndex(index + 1)
                return True
        return False

    def _add(self, tab: Tab, *, show: bool = True) -> None:
        self._tabs.append(tab)
        index = self._bar.add_tab(tab.title, "pdf")
        if show:
            self._bar.tabs.setCurrentIndex(index)

    def _make(self, tab: Tab) -> ViewerPage:
        page = ViewerPage(
            self._engine,
            tab.path,
            title=tab.title,
            position=tab.position,
            theme=self._theme,
        )
        page.openUrlRequested.connect(self.url_wanted)
        page.statusChanged.connect(lambda text: self._tell(page, self.status, text))
        page.troubled.connect(self._desk.notices.error)
        page.conditionsChanged.connect(lambda found: self._tell(page, self.conditions, found))
        page.titleChanged.connect(lambda title: self._retitle(tab, title))
        page.showInFolderRequested.connect(self.folder_wanted)
        page.positionChanged.connect(lambda position: self._save(tab, position))
        page.live_in(self._home(tab))
        self._stack.addWidget(page)
        tab.page = page
        # A turn of the loop later: a page and an editor at once are too long a wait.
        QTimer.singleShot(0, page, lambda: self._furnish(tab, page))
        return page

    def _home(self, tab: Tab) -> Home:
        return Home(self._desk, tab.paper, tab.attachment, self._passwords)

    def _furnish(self, tab: Tab, page: ViewerPage) -> None:
        """Put what belongs beside a page there."""
        if tab.page is page:
            page.set_side(self._side(tab, page))
            if not tab.paper:
                self.adopt(tab)

    def _tell(self, page: ViewerPage, signal: Any, value: object) -> None:
        """Pass on what the viewer in front says; the others are not listened to."""
        if page is self.current():
            signal.emit(value)

    def _retitle(self, tab: Tab, title: str) -> None:
        if not tab.paper and title.strip() and tab in self._tabs:
            tab.title = title
            self._bar.set_title(self._tabs.index(tab) + 1, title)

    def _side(self, tab: Tab, page: QWidget) -> QWidget:
        if not tab.paper:
            return self._offer(tab, page)
        editor = NoteEditor(self._desk.notebook, self._theme, page)
        editor.set_size(self._settings.number("reading_size"))

        self._fill_note(tab.paper, editor)
        return editor

    def _fill_note(self, uid: str, editor: NoteEditor) -> None:
        notebook = self._desk.notebook
        asked = notebook.now()

        def loaded(paper: Paper) -> None:
            if notebook.outran(uid, asked):
                self._fill_note(uid, editor)
                return
            note = paper.notes[0] if paper.notes else None
            editor.show_note(uid, note.uid if note else "", note.text if note else "")

        self._desk.read(self._desk.reader.paper, uid, then=loaded, owner=editor)

    def adopt(self, tab: Tab) -> None:
        """Give a file's tab the note of its paper, when the library has the file by now."""
        reader = self._desk.reader

        def look() -> tuple[Paper, str] | None:
            found = holder_of(reader, tab.path)
            return (reader.paper(found[0]), found[1]) if found else None

        def done(found: tuple[Paper, str] | None) -> None:
            page = tab.page
            if found is None or page is None or tab.paper or tab not in self._tabs:
                return
            paper, attachment = found
            other = next((known for known in self._tabs if known.attachment == attachment), None)
            if other is not None:
                self._fold(tab, other)
                return
            tab.attachment = attachment
            tab.paper, tab.title = paper.uid, " ".join(paper.title.split())
            self._bar.set_title(self._tabs.index(tab) + 1, tab.title)
            page.live_in(self._home(tab))
            page.set_side(self._side(tab, page))

        self._desk.read(look, then=done, owner=self)

    def _fold(self, tab: Tab, other: Tab) -> None:
        """Close a tab that shows what another one shows, and show that one instead."""
        in_front = tab.page is self.current()
        self.close(self._tabs.index(tab) + 1)
        if in_front:
            self._bar.tabs.setCurrentIndex(self._tabs.index(other) + 1)

    def _offer(self, tab: Tab, page: QWidget) -> QWidget:
        """What stands beside a file that is not in the library."""
        side = QWidget(page)
        side.setObjectName("viewerSide")
        box = QVBoxLayout(side)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(14)
        text = QLabel(
            self.tr(
                "This file is not in your library. Add it to keep notes on it and to find it again."
            ),
            side,
        )
        text.setWordWrap(True)
        text.setProperty("class", "muted")
        button = push(self.tr("Add to the library"), "add", side, "primary")
        button.setObjectName("addToLibrary")
        button.clicked.connect(lambda: self.add_wanted.emit(tab))
        box.addStretch(1)
        box.addWidget(text)
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(2)
        return side

    def _save(self, tab: Tab, position: ReadingPosition) -> None:
        tab.position = position
        if tab.attachment:
            self._desk.write(
                lambda writer: writer.save_position(tab.attachment, position),
                priority=Priority.NORMAL,
            )

    # -- showing and closing ---------------------------------------------

    def _show(self, index: int) -> None:
        if index <= 0 or index > len(self._tabs):
            self._stack.setCurrentWidget(self._library)
            self.shown.emit(None)
            return
        tab = self._tabs[index - 1]
        page = tab.page or self._make(tab)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        self.shown.emit(page)

    def current(self) -> ViewerPage | None:
        """The viewer in front, None when the library is."""
        index = self._bar.tabs.currentIndex()
        return self._tabs[index - 1].page if 0 < index <= len(self._tabs) else None

    def step(self, by: int) -> None:
        """Show the next or previous tab, around the end."""
        count = self._bar.tabs.count()
        self._bar.tabs.setCurrentIndex((self._bar.tabs.currentIndex() + by) % count)

    def show_library(self) -> None:
        """Show the library page."""
        self._bar.tabs.setCurrentIndex(0)

    def close(self, index: int) -> None:
        """Close a tab by its index in the bar; the library stays."""
        if not 0 < index <= len(self._tabs):
            return
        tab = self._tabs.pop(index - 1)
        self._bar.tabs.removeTab(index)
        self._end(tab)

    def close_current(self) -> None:
        """Close the tab in front."""
        self.close(self._bar.tabs.currentIndex())

    def _end(self, tab: Tab) -> None:
        if tab.page is not None:
            page, tab.page = tab.page, None
            focused = self._stack.window().focusWidget()
            page.close_document()
            if focused and not page.isAncestorOf(focused):
                # A closing page puts the focus on itself, although it is hidden.
                focused.setFocus()
            self._stack.removeWidget(page)
            page.deleteLater()

    def _moved(self, source: int, target: int) -> None:
        if source == 0 or target == 0:
            # The library keeps its place; Qt has moved it, so it is moved back.
            self._bar.tabs.blockSignals(True)
            self._bar.tabs.moveTab(target, source)
            self._bar.tabs.blockSignals(False)
            return
        self._tabs.insert(target - 1, self._tabs.pop(source - 1))

    def close_all(self) -> None:
        """Give everything back at the end of the program."""
        for tab in self._tabs:
            self._end(tab)

    # -- remembering -----------------------------------------------------

    def state(self) -> list[dict[str, str]]:
        """The open tabs, to be remembered."""
        return [
            {
                "title": tab.title,
                "path": str(tab.path),
                "paper": tab.paper,
                "attachment": tab.attachment,
            }
            for tab in self._tabs
        ]

    def restore(self, state: list[Any], current: int) -> None:
        """Bring remembered tabs back; those whose file is gone are left out."""
        reader = self._desk.reader
        for item in state:
            if not isinstance(item, dict):
                continue
            known = {
                key: str(item.get(key, "")) for key in ("title", "path", "paper", "attachment")
            }
            path = Path(known["path"])
            if path.is_file():
                position = reader.position(known["attachment"]) if known["attachment"] else None
                tab = Tab(known["title"], path, known["paper"], known["attachment"], position)
                self._add(tab, show=False)
        if 0 < current <= len(self._tabs):
            self._bar.tabs.setCurrentIndex(current)
