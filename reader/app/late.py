"""What a window's first paint does without: imports, dialogs, icons.

Loaded by App.after_first_paint alone; with it come the formats, the standard
library's HTML and mail modules, and qtawesome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject

from reader import paths
from reader.library.text_cache import TextCache
from reader.pdf.engine import Engine
from reader.services import starting
from reader.services.lanes import ReadLane
from reader.services.pdf_facts import ReadPdf
from reader.services.texts import Texts
from reader.services.web import Web
from reader.settings import Settings
from reader.ui import emoji_font, icon_font, icons
from reader.ui.browse.library_page import LibraryPage
from reader.ui.browse.places import ROWS, Places
from reader.ui.desk import Desk
from reader.ui.importer import Importer
from reader.ui.note_side import NoteSide
from reader.ui.notes.commands import NoteCommands
from reader.ui.paper_to_note import PaperToNote
from reader.ui.replacing import FileReplacer
from reader.ui.tabs import Tabs
from reader.ui.theme import Theme
from reader.ui.viewer import printing
from reader.ui.viewer.printing.dialog import PrintDialog
from reader.ui.viewer.printing.job import PrintJob
from reader.ui.window import Window
from reader.ui.window_actions import WindowActions


class Late(QObject):
    """The second half of the window; `parts` makes it."""

    importer: Importer
    actions: WindowActions
    texts: Texts
    places: Places
    note_side: NoteSide

    def __init__(
        self,
        window: Window,
        desk: Desk,
        page: LibraryPage,
        tabs: Tabs,
        settings: Settings,
        theme: Theme,
        read_pdf: ReadPdf,
        engine: Engine,
        folder: Path,
        papers: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._page, self._tabs = window, desk, page, tabs
        self._settings, self._theme = settings, theme
        self._read_pdf, self._engine, self._folder = read_pdf, engine, folder
        self._papers = papers
        self._ends: list[Callable[[], None]] = []  # of what is made by now

    def parts(self) -> Iterator[None]:
        """Make one after the other; the window has its turn between them."""
        icons.load(icon_font.draw)
        emoji_font.load()
        self._window.top.search.setClearButtonEnabled(True)
        printing.load(PrintDialog, PrintJob)
        yield
        self._page.list.delegate.rehearse()
        yield
        self._make_actions()
        yield
        self._make_texts()
        yield
        commands = self._window.commands
        commands.bind("window", self.actions)
        yield
        NoteCommands(commands, self._window)
        self._tabs.windows.attend(lambda torn: NoteCommands(torn.commands, torn))
        yield
        self._make_places()
        yield
        yield from self._make_notes()

    def _make_actions(self) -> None:
        tabs = self._tabs
        self.importer = importer = Importer(self._desk, self._read_pdf, self._window)
        self.actions = WindowActions(
            self._window, self._desk, self._page, tabs, importer, self._settings, self._theme,
            self._engine,
        )  # fmt: skip
        self.actions.starter_wanted.connect(self.load_starter)
        self.actions.guide_wanted.connect(lambda: tabs.open_file(paths.resource("guide.pdf")))
        tabs.add_wanted.connect(lambda half: importer.add(half.path, lambda: tabs.adopt(half)))
        tabs.use(self.actions)

    def _make_texts(self) -> None:
        desk, tabs = self._desk, self._tabs
        self.texts = Texts(self._engine, TextCache(self._folder))
        self._ends.append(self.texts.close)
        tabs.viewers.equipment.everywhere.use(self.texts)
        desk.replacer = FileReplacer(desk, self._engine, self.texts, self._window)
        desk.to_note = PaperToNote(desk, self._engine, self._window).ask
        desk.replacer.rest_wanted.connect(tabs.viewers.paper_wanted)

    def _make_places(self) -> None:
        window = self._window
        self.places = Places(
            self._desk, self._theme, self._page, self._tabs, window.top, window.commands,
            self._papers,
        )  # fmt: skip
        self._ends.append(self.places.close)
        window.add_commands(ROWS)
        window.commands.bind("places", self.places)

    def _make_notes(self) -> Iterator[None]:
        kit = self._desk.kit
        lane, web = ReadLane(), Web(paths.cache_folder())
        self._ends += [kit.ending.emit, web.close, lane.close]
        kit.web = web
        kit.work_on(self._desk.tasks, lane)
        yield
        self.note_side = NoteSide(
            self._window, self._desk, self._page, self._tabs, self.actions, self._settings,
            self._theme, self._engine,
        )  # fmt: skip
        yield from self.note_side.parts()
        kit.link_clicked.connect(self._tabs.url_wanted)

    def close(self) -> None:
        """End what runs beside the window."""
        for end in self._ends:
            end()

    def load_starter(self) -> None:
        """Load the papers and the guide that come with the program."""
        guide = paths.resource("guide.pdf")
        self.importer.at_once(
            lambda: starting.starter(self._desk.reader, paths.seeds(), guide, self._read_pdf),
            self.tr("Starter papers"),
        )
