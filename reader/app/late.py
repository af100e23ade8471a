"""What a window's first paint does without: imports, dialogs, icons.

Loaded by App.after_first_paint alone; with it come the formats, the standard
library's HTML and mail modules, and qtawesome.
"""

from __future__ import annotations

from collections.abc import Callable
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
    """The second half of the window."""

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
        self._desk = desk
        self._read_pdf = read_pdf
        icons.load(icon_font.draw)
        emoji_font.load()
        window.top.search.setClearButtonEnabled(True)
        printing.load(PrintDialog, PrintJob)
        self.importer = Importer(desk, read_pdf, window)
        self.actions = WindowActions(
            window, desk, page, tabs, self.importer, settings, theme, engine
        )
        self.actions.starter_wanted.connect(self.load_starter)
        self.actions.guide_wanted.connect(lambda: tabs.open_file(paths.resource("guide.pdf")))
        tabs.add_wanted.connect(lambda half: self.importer.add(half.path, lambda: tabs.adopt(half)))
        tabs.use(self.actions)
        self.texts = Texts(engine, TextCache(folder))
        tabs.viewers.equipment.everywhere.use(self.texts)
        desk.replacer = FileReplacer(desk, engine, self.texts, window)
        desk.to_note = PaperToNote(desk, engine, window).ask
        desk.replacer.rest_wanted.connect(tabs.viewers.paper_wanted)
        window.commands.bind("window", self.actions)
        NoteCommands(window.commands, window)
        tabs.windows.opened.connect(lambda torn: NoteCommands(torn.commands, torn))
        self.places = Places(desk, theme, page, tabs, window.top, window.commands, papers)
        window.add_commands(ROWS)
        window.commands.bind("places", self.places)
        self._note_lane = ReadLane()
        desk.kit.web = self._web = Web(paths.cache_folder())
        desk.kit.work_on(desk.tasks, self._note_lane)
        self.note_side = NoteSide(window, desk, page, tabs, self.actions, settings, theme, engine)
        desk.kit.link_clicked.connect(tabs.url_wanted)

    def close(self) -> None:
        """End what runs beside the window."""
        self.places.close()
        self.texts.close()
        self._desk.kit.ending.emit()
        self._web.close()
        self._note_lane.close()

    def load_starter(self) -> None:
        """Load the papers and the guide that come with the program."""
        guide = paths.resource("guide.pdf")
        self.importer.at_once(
            lambda: starting.starter(self._desk.reader, paths.seeds(), guide, self._read_pdf),
            self.tr("Starter papers"),
        )
