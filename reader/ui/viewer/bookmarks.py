"""Bookmarks and marks of the document: a list beside the pages, and letters that lead back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from reader.domain.bookmark import Bookmark, clean_name
from reader.domain.paper import Changes, new_uid
from reader.services import bookmarking
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.desk import Desk
from reader.ui.viewer import loose_bookmarks
from reader.ui.viewer.bookmark_list import BookmarkPane
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

PANE = "bookmarks"


class Bookmarks(Feature):
    """Keeps places of a document: in the library, of a loose file in the window's state."""

    name = PANE
    rows = (
        Command(
            "viewer.bookmark", QT_TRANSLATE_NOOP("Commands", "Add a bookmark"), "viewer",
            "bookmarks.add", ("Ctrl+D",), "bookmark", "Document", 7, enabled="document",
        ),
        Command(
            "viewer.bookmarks", QT_TRANSLATE_NOOP("Commands", "List the bookmarks"), "viewer",
            "bookmarks.show", (), "bookmark", "Document", 7, enabled="document",
        ),
        Command(
            "viewer.mark", QT_TRANSLATE_NOOP("Commands", "Set a mark"), "viewer",
            "bookmarks.set_mark", ("M",), "", "Document", 7, enabled="document",
        ),
        Command(
            "viewer.go_to_mark", QT_TRANSLATE_NOOP("Commands", "Go to a mark"), "viewer",
            "bookmarks.go_to_mark", ("'",), "", "Document", 7, enabled="document",
        ),
        Command(
            "viewer.last_edit", QT_TRANSLATE_NOOP("Commands", "Go to the last edit"), "viewer",
            "bookmarks.go_to_edit", ("Ctrl+Shift+E",), "", "Document", 7, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.all: tuple[Bookmark, ...] = ()
        self._attachment = ""
        self._desk: Desk | None = None
        self._take: Callable[[str], None] | None = None  # the letter that is waited for
        self._edit: Spot | None = None
        self._before: Spot | None = None  # where the last jump to a mark began
        self._pane: BookmarkPane | None = None
        page.panel.add(PANE, "bookmark", self.tr("Bookmarks (Ctrl+D adds one)"), lambda: self.pane)

    @property
    def pane(self) -> BookmarkPane:
        """The list, made when it is first needed."""
        if self._pane is None:
            self._pane = pane = BookmarkPane(self.page.panel.room)
            pane.picked.connect(self.go)
            pane.renamed.connect(self.rename)
            pane.removed.connect(self.remove)
            self._show()
        return self._pane

    # -- the document

    def homed(self, home: Home) -> None:
        if self._desk is not None:
            self._desk.changed.disconnect(self._changed)
        loose = () if self._attachment else self._loose() or self.all
        self._attachment, self._desk = home.attachment, None
        if not home.attachment:
            self._put(loose)
            return
        self._desk = home.desk
        home.desk.changed.connect(self._changed)
        if loose:
            self._take_in(home, loose)
        else:
            self._load()

    def _take_in(self, home: Home, loose: tuple[Bookmark, ...]) -> None:
        """The library has the file by now: what was kept of it goes there too."""

        def taken(_: Any) -> None:
            loose_bookmarks.keep(home.kept, self._path(), ())
            self._load()

        home.desk.write(bookmarking.take_in, home.attachment, loose, then=taken, owner=self)

    def _path(self) -> str:
        return str(self.page.path.absolute())

    def _loose(self) -> tuple[Bookmark, ...]:
        """What is kept of a loose file, by this page or another one that shows it."""
        home = self.page.home
        return loose_bookmarks.kept_of(home.kept, self._path()) if home is not None else self.all

    def _keep_loose(self, all_: Iterable[Bookmark]) -> None:
        kept = tuple(sorted(all_, key=lambda one: one.place))
        if self.page.home is not None:
            loose_bookmarks.keep(self.page.home.kept, self._path(), kept)
        self._put(kept)

    def opened(self, pdf: PdfView) -> None:
        pdf.labelled.connect(self._show)
        self._show()

    def left(self) -> None:
        self.escape()
        self._edit = self._before = None

    def _changed(self, changes: Changes) -> None:
        home = self.page.home
        if changes.structure or (home is not None and home.paper in changes.papers):
            self._load()

    def _load(self) -> None:
        if self._desk is not None:
            reader = self._desk.reader
            self._desk.read(
                reader.bookmarks, self._attachment, then=self._put, owner=self, newest=PANE
            )

    def _put(self, found: tuple[Bookmark, ...]) -> None:
        self.all = found
        self._show()

    def _show(self) -> None:
        pdf = self.page.pdf
        if self._pane is not None:
            self._pane.fill(self.all, pdf.label if pdf is not None else lambda page: str(page + 1))

    # -- changing

    def add(self) -> None:
        """Keep the place in view, by the name of its section."""
        spot = self._here()
        self._keep(Bookmark(spot.page, spot.x, spot.y, self._name(spot)))
        self.page.show_pane(PANE)

    def rename(self, uid: str, name: str) -> None:
        """Give a bookmark another name."""
        if self._attachment:
            self._write(bookmarking.rename, uid, name)
        else:
            self._keep_loose(
                replace(one, name=clean_name(name)) if one.uid == uid else one
                for one in self._loose()
            )

    def remove(self, uid: str) -> None:
        """Take a bookmark or a mark away."""
        if self._attachment:
            self._write(bookmarking.remove, uid)
        else:
            self._keep_loose(one for one in self._loose() if one.uid != uid)

    def _keep(self, one: Bookmark) -> None:
        self._edit = Spot(one.page, one.x, one.y)
        if self._attachment:
            self._write(bookmarking.keep, replace(one, attachment=self._attachment))
            return
        rest = [old for old in self._loose() if not one.mark or old.mark != one.mark]
        self._keep_loose([*rest, replace(one, uid=new_uid())])

    def _write(self, work: Callable[..., Any], *args: Any) -> None:
        if self._desk is not None:
            self._desk.write(work, *args, then=lambda _: self._load(), owner=self)

    def _here(self) -> Spot:
        return self.page.canvas.camera.spot(0.0, 0.0)

    def _name(self, spot: Spot) -> str:
        pdf = self.page.pdf
        if pdf is None:
            return ""
        outline = pdf.outline or self.page.feature(Study).findings.outline
        passed = [
            item
            for item in outline
            if item.page is not None and (item.page, item.y) <= (spot.page, spot.y + 60)
        ]
        if passed:
            return clean_name(max(passed, key=lambda item: (item.page or 0, item.y)).title)
        return self.tr("Page {}").format(pdf.label(spot.page))

    # -- going

    def show(self) -> None:
        """Bring the list to the front, and have the keys there."""
        self.page.show_pane(PANE, keys=True)

    def go(self, uid: str) -> None:
        """Show a bookmark's place at the top of the view."""
        one = next((one for one in self.all if one.uid == uid), None)
        if one is not None:
            self._jump(Spot(one.page, one.x, one.y))

    def go_to_edit(self) -> None:
        """Show where the last bookmark or mark was made in this document."""
        newest = max(self.all, key=lambda one: one.modified, default=None)
        if self._edit is not None:
            self._jump(self._edit)
        elif newest is not None:
            self._jump(Spot(newest.page, newest.x, newest.y))
        else:
            self.page.statusChanged.emit(self.tr("Nothing was marked in this document yet."))

    def _jump(self, spot: Spot) -> None:
        pdf = self.page.pdf
        if pdf is not None and spot.page < pdf.pages:
            self._before = self._here()
            self.page.jump(spot)

    # -- marks

    def set_mark(self) -> None:
        """Wait for the letter that is to lead here."""
        self._wait(self._set, self.tr("Set mark: press a letter, Esc cancels"))

    def go_to_mark(self) -> None:
        """Wait for the letter of the mark to go to."""
        self._wait(self._go, self.tr("Go to mark: press its letter, ' goes back"))

    def _wait(self, take: Callable[[str], None], text: str) -> None:
        self._take = take
        self.page.statusChanged.emit(text)

    def grabs(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        text = event.text()
        return self._take is not None and plain and (text.isalpha() or text == "'")

    def key(self, event: QKeyEvent) -> None:
        take, self._take = self._take, None
        self.page.statusChanged.emit(self.page.status())
        if take is not None:
            take(event.text())

    def escape(self) -> bool:
        was, self._take = self._take is not None, None
        if was:
            self.page.statusChanged.emit(self.page.status())
        return was

    def _set(self, letter: str) -> None:
        if letter.isalpha():
            spot = self._here()
            self._keep(Bookmark(spot.page, spot.x, spot.y, self._name(spot), letter))
            self.page.statusChanged.emit(self.tr("Mark {} is set").format(letter))

    def _go(self, letter: str) -> None:
        one = next((one for one in self.all if one.mark == letter), None)
        if letter == "'" and self._before is not None:
            self._jump(self._before)
        elif one is not None:
            self.go(one.uid)
        else:
            self.page.statusChanged.emit(self.tr("There is no mark {}").format(letter))
