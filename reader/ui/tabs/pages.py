"""Makes the viewer pages of halves, hears what they say, and ends them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import DocumentInfo
from reader.services.lanes import Priority
from reader.settings import WindowState
from reader.ui.desk import Desk
from reader.ui.live_settings import LiveSettings
from reader.ui.tabs.beside import Beside
from reader.ui.tabs.looks import Looks
from reader.ui.tabs.loose import LoosePlaces
from reader.ui.tabs.tab import Half
from reader.ui.theme import Theme
from reader.ui.viewer.history import History, SharedHistory, Visit
from reader.ui.viewer.home import Home
from reader.ui.viewer.kept import Kept
from reader.ui.viewer.passwords import Passwords
from reader.ui.widgets.outwards import focus_in

if TYPE_CHECKING:
    from reader.ui.tabs.viewers import Viewers
    from reader.ui.viewer.page import ViewerPage

_READ = 8000  # milliseconds that a sentence in the status bar stays
_BUSY = 1.0  # seconds that a window has to do with a document it was asked for


class Pages(QObject):
    """One for all tabs, in whatever window they are."""

    said = Signal(object, str)  # Half, a text for the status bar
    conditions = Signal(object, object)  # Half, what holds in it
    titled = Signal(object)  # the Half whose title changed
    furnished = Signal(object)  # the Half whose side is there
    returned = Signal(object)  # the Visit in another document to go back to
    url_wanted = Signal(str)
    folder_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        engine: Any,
        theme: Theme,
        state: WindowState,
        beside: Beside,
        alone: Callable[[Half], bool],
        viewers: Callable[[], Viewers],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._engine = engine
        self.theme = theme
        self._beside = beside
        self._alone = alone  # whether a half has its tab for itself
        self._viewers = viewers
        self._passwords = Passwords()
        self._kept = Kept(state)
        self._settings = LiveSettings(beside.settings, self)
        self._looks = Looks(state)
        self._made = 0.0  # when the last page was, seconds of the monotonic clock
        self._bare: list[Half] = []  # what stands beside their pages is still to come
        self._told_last: dict[str, Half] = {}  # by attachment: whose place is kept of it
        self._passing: tuple[Half | None, str] = None, ""  # who said something last, and what
        self._passed = QTimer(self, singleShot=True, interval=_READ)
        self._passed.timeout.connect(self._say_place)
        self.loose = LoosePlaces(state)
        self.history: History[Visit] = History()

    @property
    def busy(self) -> bool:
        """Whether the window has to do with a document it was asked for a moment ago."""
        return time.monotonic() - self._made <= _BUSY

    def expect(self, path: Path, ask: Callable[[Any], object] | None = None) -> None:
        """Have a file opened, whose page is made in a moment, and `ask` for its first pictures."""
        self._engine.prepare(path, ask)

    def make_ahead(self, parent: QWidget) -> ViewerPage:
        """Make a page for a document that nobody has asked for yet."""
        page = self._viewers().make(self._engine, None, theme=self.theme, parent=parent)
        self._looks.arrange(page)
        return page

    def furnish_ahead(self, page: ViewerPage) -> None:
        """Put there what is going to stand beside a page, most likely."""
        self._beside.furnish_ahead(page)
        if not self._looks.side_shown():
            page.show_notes(False)

    def announce(self, half: Half, parent: QWidget) -> None:
        """Say at once what is known of a document: its page takes longer than that."""
        self._viewers().announce(half, self._looks.place(parent), self.theme, parent)

    def make(self, half: Half, parent: QWidget, ready: ViewerPage | None = None) -> ViewerPage:
        """Make a half's page, or take one made ahead.

        In a split, what stands beside it comes a turn of the loop later.
        """
        if half.position is None and not half.attachment:
            half.position = self.loose.of_path(half.path)
        busy, self._made = self.busy, time.monotonic()
        if ready is not None:
            page = ready
            page.read(half.path, half.title, half.position, soon=not busy)
        else:
            page = self._viewers().make(
                self._engine,
                half.path,
                title=half.title,
                position=half.position,
                theme=self.theme,
                parent=parent,
            )
        page.cover.say(*half.words)
        page.troubled.connect(self._desk.notices.error)
        page.openUrlRequested.connect(self.url_wanted)
        page.showInFolderRequested.connect(self.folder_wanted)
        page.statusChanged.connect(lambda text: self._say(half, text))
        page.conditionsChanged.connect(lambda found: self.conditions.emit(half, found))
        page.titleChanged.connect(lambda title: self._retitle(half, title))
        page.positionChanged.connect(lambda position: self._save(half, position))
        page.opened.connect(lambda info: self._opened(half, info))
        page.moved.connect(lambda: self._follow(half))
        page.live_in(self._home(half))
        page.share_history(SharedHistory(self.history, half, self.returned.emit))
        self._looks.dress(page, lambda: self._alone(half))
        half.page = page
        half.resting = False
        self._bare.append(half)
        if self._alone(half):
            self._furnish_first(half)  # before it is shown: laid out twice it takes twice as long
            self._looks.begin(page)
        else:
            page.showing.connect(lambda: self._furnish_first(half))
            QTimer.singleShot(0, page, lambda: self._furnish_first(half))
        return page

    def _say(self, half: Half, text: str) -> None:
        self.said.emit(half, text)
        self._passing = half, text
        self._passed.start()

    def _say_place(self) -> None:
        """What was said has been read: the place in the document is to be seen again."""
        half, text = self._passing
        if half is not None and half.page is not None and half.page.pdf is not None:
            place = half.page.status()
            if place != text:
                self.said.emit(half, place)

    def _furnish_first(self, half: Half) -> None:
        if half not in self._bare:
            return
        self._bare.remove(half)
        # The other half of a split may have handed its note over meanwhile.
        if half.page is not None and not self._beside.furnished(half.page):
            self.furnish(half)
        else:
            self.furnished.emit(half)

    def furnish(self, half: Half) -> None:
        """Put what belongs beside a half's page there, shown or hidden as the reader likes it."""
        if half.page is None:
            return
        self._beside.furnish(half)
        if not self._looks.side_shown():
            half.page.show_notes(False)
        self.furnished.emit(half)

    def note_wanted(self) -> bool:
        """Whether the reader likes to see the note."""
        return self._looks.side_shown()

    def _home(self, half: Half) -> Home:
        add = partial(self._beside.add_wanted.emit, half)
        parts = self._passwords, self._kept, self._settings, add
        return Home(self._desk, half.paper, half.attachment, *parts, partial(self._reads_on, half))

    def _reads_on(self, half: Half) -> bool:
        last = self._told_last.get(half.attachment)
        return last is half if last is not None else self._alone(half)

    def adopted(self, half: Half) -> None:
        """A file turned out to be a paper's: its note and all that belongs to the paper comes."""
        if half.page is not None:
            half.page.live_in(self._home(half))
        self.furnish(half)

    def settle(self, half: Half) -> None:
        """A half has its tab for itself again: its side is there, as the reader likes it."""
        if half.page is None:
            return
        if half.page.side is None:
            self.furnish(half)
        else:
            half.page.show_notes(self._looks.side_shown())

    def end(self, half: Half) -> None:
        """Close a half's document and page; its place stays known."""
        page, half.page = half.page, None
        self._bare = [bare for bare in self._bare if bare is not half]
        if page is None:
            return
        half.position = page.position() or half.position
        if self._told_last.get(half.attachment) is half:
            del self._told_last[half.attachment]
        focused = focus_in(page.window())
        page.close_document()
        if focused and not page.isAncestorOf(focused):
            # A closing page puts the focus on itself, although it is hidden.
            focused.setFocus()
        # Dying under the pointer, a visible page would have Qt send events to its dying parts.
        page.hide()
        page.deleteLater()

    def _opened(self, half: Half, info: DocumentInfo) -> None:
        half.sha256 = info.sha256
        self._follow(half)
        if half.attachment or half.position is not None or half.page is None:
            return
        place = self.loose.of_content(info.sha256)
        if place is not None:
            half.page.show_position(place)

    @staticmethod
    def _follow(half: Half) -> None:
        """Another file may have taken its slot, or the library has it now."""
        if half.page is not None:
            half.path = half.page.path

    def _retitle(self, half: Half, title: str) -> None:
        if not half.paper and title.strip():
            half.title = title
            self.titled.emit(half)

    def _save(self, half: Half, position: ReadingPosition) -> None:
        half.position = position
        if half.attachment:
            self._told_last[half.attachment] = half
            self._desk.write(
                lambda writer: writer.save_position(half.attachment, position),
                priority=Priority.NORMAL,
            )
        else:
            self.loose.put(half.path, half.sha256, position)
