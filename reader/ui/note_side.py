"""All that notes are besides their text: put together once, after the first paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from reader.domain.paper import Changes
from reader.services import note_pictures
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
from reader.ui.window import Window
from reader.ui.window_actions import WindowActions


class NoteSide(QObject):
    """Free notes, several notes a paper, links between them."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        page: LibraryPage,
        tabs: Tabs,
        actions: WindowActions,
        settings: Settings,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self.whole = WholeNotes(desk, self)
        self._parts = NoteParts(desk.kit, self.whole)
        desk.kit.load(self._parts)
        self.free = FreeNotes(page, self.whole, theme, page.split)
        self.free.hide()
        page.split.addWidget(self.free)
        page.split.setStretchFactor(page.split.count() - 1, 5)
        page.turning.notes_shown.connect(self.free.shown)
        self.free.set_size(settings.number("reading_size"))
        settings.watch(self._setting_changed)
        self._settings = settings
        self.places = Places(self.whole, self.free, tabs, actions)
        reader = desk.reader
        desk.kit.picture = lambda paper, name: note_pictures.read(reader, paper, name)
        desk.kit.store_picture = self._keep_picture
        desk.kit.append = self.whole.append
        desk.kit.lead(self.places.open)
        window.add_commands(FREE)
        window.commands.bind("notes", self.free)

    def _keep_picture(
        self, paper: str, data: bytes, suffix: str, done: Callable[[str], None]
    ) -> None:
        def kept(found: tuple[str, Changes]) -> None:
            self._parts.images.forget()
            name = f"<{found[0]}>" if " " in found[0] else found[0]
            done(f"![]({name})")

        write = self.whole.desk.write
        write(note_pictures.keep, paper, data, suffix, then=kept, owner=self)

    def _setting_changed(self, key: str) -> None:
        if key == "reading_size":
            self.free.set_size(self._settings.number("reading_size"))
