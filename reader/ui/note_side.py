"""All that notes are besides their text: put together once, after the first paint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject

from reader.domain.marking import Kind
from reader.domain.paper import Changes
from reader.services import note_marks, note_pictures
from reader.settings import Settings
from reader.ui.browse.library_page import LibraryPage
from reader.ui.desk import Desk
from reader.ui.notes.free import FreeNotes
from reader.ui.notes.parts import NoteParts
from reader.ui.notes.places import Places
from reader.ui.notes.rows import FREE
from reader.ui.notes.whole import WholeNotes
from reader.ui.tabs import Tabs
from reader.ui.theme import Theme
from reader.ui.viewer.engine_type import PdfEngine
from reader.ui.window import Window
from reader.ui.window_actions import WindowActions


class NoteSide(QObject):
    """Free notes, several notes a paper, links between them; `parts` makes them."""

    whole: WholeNotes
    free: FreeNotes
    places: Places

    def __init__(
        self,
        window: Window,
        desk: Desk,
        page: LibraryPage,
        tabs: Tabs,
        actions: WindowActions,
        settings: Settings,
        theme: Theme,
        engine: PdfEngine,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._page, self._tabs = window, desk, page, tabs
        self._actions, self._settings, self._theme = actions, settings, theme
        self._engine = engine

    def parts(self) -> Iterator[None]:
        """Make one after the other; the window has its turn between them."""
        desk, page = self._desk, self._page
        self.whole = WholeNotes(desk, self)
        self._parts = NoteParts(desk.kit, self.whole)
        desk.kit.load(self._parts)
        yield
        self.free = FreeNotes(page, self.whole, self._theme, page.split)
        self.free.hide()
        page.split.addWidget(self.free)
        page.split.setStretchFactor(page.split.count() - 1, 5)
        page.turning.notes_shown.connect(self.free.shown)
        self.free.set_size(self._settings.number("reading_size"))
        self._settings.watch(self._setting_changed)
        yield
        self.places = Places(self.whole, self.free, self._tabs, self._actions)
        reader = desk.reader
        desk.kit.picture = lambda paper, name: note_pictures.read(reader, paper, name)
        desk.kit.store_picture = self._keep_picture
        desk.kit.append = self.whole.append
        desk.kit.quote_marks = self._quote_marks
        desk.kit.append_marks = self._append_marks
        desk.kit.lead(self.places.open)
        self._window.add_commands(FREE)
        self._window.commands.bind("notes", self.free)

    def _keep_picture(
        self, paper: str, note: str, data: bytes, suffix: str, done: Callable[[str], None]
    ) -> None:
        def kept(found: tuple[str, Changes]) -> None:
            self._parts.images.forget()
            done(note_pictures.named(found[0]))

        write = self.whole.desk.write
        write(note_pictures.keep, paper, note, data, suffix, then=kept, owner=self)

    def _quote_marks(
        self, uids: Sequence[str], paper: str, note: str, done: Callable[[str], None]
    ) -> None:
        """Have annotations made a note's text; the pictures of areas are kept with the note."""
        desk = self.whole.desk

        def gathered(found: list[note_marks.Quoted]) -> None:
            if any(it.annotation.kind is Kind.AREA and not it.picture for it in found):
                desk.notices.warn(
                    self.tr("A picture could not be made; its words and its link are in the note."),
                    self.tr("Look whether the paper's file is there and opens without a password."),
                )
            desk.write(note_marks.written, paper, note, found, then=written, owner=self)

        def written(made: tuple[str, Changes]) -> None:
            self._parts.images.forget()
            done(made[0])

        reader, engine = desk.reader, self._engine
        desk.kit.read(note_marks.gather, reader, engine, uids, then=gathered, owner=self)

    def _append_marks(self, paper: str, uids: Sequence[str]) -> None:
        """Quote annotations at the end of a paper's note."""
        # The pictures are the paper's, whichever of its notes they stand in.
        self._quote_marks(uids, paper, "", lambda text: self.whole.append(paper, text))

    def _setting_changed(self, key: str) -> None:
        if key == "reading_size":
            self.free.set_size(self._settings.number("reading_size"))
