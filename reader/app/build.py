"""Builds the window: the only place where library, engine, lanes and pages meet.

What a start needs is loaded before the first paint and nothing else: Qt, the
read side of the library, and its page or that of the document that is named.
`after_first_paint` brings the rest.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

from reader.app.later import Later, note_editor
from reader.arguments import DOCUMENTS
from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.paper import Paper
from reader.library.reading import Reader
from reader.pdf.engine import Engine
from reader.services.lanes import ReadLane, WriterLane
from reader.services.pdf_facts import PdfFacts
from reader.services.reading_pdf import facts
from reader.settings import Settings, WindowState
from reader.ui import icons
from reader.ui.commands.table import LIBRARY, WINDOW
from reader.ui.desk import Desk
from reader.ui.dialogs.trouble import close_unsaved, part_missing
from reader.ui.notices import Notices
from reader.ui.tabs import Tabs
from reader.ui.tabs.actions import TabActions
from reader.ui.tabs.commands import TABS
from reader.ui.tasks import Tasks
from reader.ui.theme import Theme
from reader.ui.viewer.commands import VIEWER
from reader.ui.window import Window

if TYPE_CHECKING:
    from reader.app.late import Late
    from reader.app.library_side import LibrarySide
    from reader.app.writer_side import WriterSide
    from reader.library.writing import Writer
    from reader.ui.browse.actions import LibraryActions
    from reader.ui.browse.library_page import LibraryPage
    from reader.ui.tabs.equipment import Equipment
    from reader.ui.tabs.viewers import Viewers
    from reader.ui.viewer.page import ViewerPage

_AWAY = 3000  # milliseconds out of sight after which there is time to tidy up


class App(QObject):
    """Everything of one open library."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        settings: Settings,
        engine: Engine,
        state: WindowState,
    ) -> None:
        super().__init__(app)
        self.folder = folder
        self.settings = settings
        self.engine = engine
        self.state = state
        self.reader = Reader(folder)
        # Raises for a library that cannot be opened, before anything is started.
        self.readable = self.reader.readable()
        self.theme = Theme(app, settings.text("theme"))
        self._color_pages()
        self.theme.pages.chosen.connect(lambda name: settings.set("page_colors", name))
        icons.use(self.theme)
        self.notices = Notices(self)
        self.notices.rescue = self._go_on_with
        self.tasks = Tasks(self)
        self.read_lane = ReadLane()
        self.write_lane = WriterLane()
        self.desk = Desk(
            self.reader, self.tasks, self.notices, self.read_lane, self.write_lane, self
        )
        self.desk.kit.use(settings, state)
        self.desk.kit.editor = note_editor
        if not self.readable:
            self.desk.wait_for_library()
        self.window = Window(self.theme, settings, state, self.notices)
        self.desk.wait_for_writer()
        self.trouble: ReaderError | None = None  # why the window is not whole
        self.backup: Path | None = None  # the window ends to go on with this one
        self.listen: Callable[[], None] | None = None  # to second starts; after the first paint
        self._writing: WriterSide | None = None
        self._half: Late | None = None  # of which parts may be missing
        self.late: Late | None = None  # the same, whole
        self._files: list[Path] = []  # to be opened as soon as the rest is there
        self._ended = False
        self._side: LibrarySide | None = None
        self._later = Later(self)
        self._build()

    def _build(self) -> None:
        window, desk = self.window, self.desk
        window.commands.add([*WINDOW, *TABS, *LIBRARY, *VIEWER])
        window.assemble()
        self.shelf = QStackedWidget(window.stack)
        self.tabs = Tabs(
            desk,
            self.engine,
            self.theme,
            self.settings,
            self.state,
            window.top,
            window.stack,
            self.shelf,
            self.load_viewer,
        )
        window.commands.bind("tabs", TabActions(self.tabs, window.top, window))
        window.commands.update({"sidebar": True})
        self._connect()

    def _connect(self) -> None:
        window, top = self.window, self.window.top
        top.searched.connect(self._search)
        top.search_ended.connect(self._focus_list)
        top.search_left.connect(self._focus_list)
        self.tabs.shown.connect(self._tab_shown)
        self.tabs.status.connect(window.say)
        self.tabs.url_wanted.connect(self._open_url)
        self.tabs.folder_wanted.connect(self._show_in_folder)
        self.tabs.paper_wanted.connect(self._go_to_paper)
        self.tabs.conditions.connect(window.commands.update)
        self.desk.history.connect(self._show_history)
        self.settings.watch(self._setting_changed)
        window.guard_close(self._may_close)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._state_changed)

    # -- starting --------------------------------------------------------

    @property
    def page(self) -> LibraryPage:
        """The library page."""
        return self.load_library().page

    @property
    def library(self) -> LibraryActions:
        """What its commands do."""
        return self.load_library().actions

    def load_library(self) -> LibrarySide:
        """Load and fill the library page: for the first paint, or after a document's."""
        from reader.app.library_side import LibrarySide

        if self._side is None:
            self._side = LibrarySide(self)
        return self._side

    def show(self, files: Sequence[Path] = ()) -> None:
        """Show the window; the rest is loaded after its first paint, and that of a PDF."""
        if self.readable and self.settings.flag("restore_tabs"):
            self.tabs.restore(self.state.get("tabs", []), self.state.get("tab", 0))
        self.open_files(files)
        if self.tabs.front() is None:
            self.load_library()
        self.window.painted.connect(
            lambda: QTimer.singleShot(0, self, self._later.begin),
            Qt.ConnectionType.SingleShotConnection,
        )
        self.window.show()
        self.tasks.deliver()  # a page that was drawn meanwhile is on the first paint
        if self.readable and self.tabs.front() is None:
            self.page.list.setFocus()

    def load_viewer(self) -> Callable[..., Viewers]:
        """Load the viewer's page: with the first document, or after the first paint."""
        from reader.ui.tabs.viewers import Viewers

        return partial(Viewers, self.load_features)

    def load_features(self) -> type[Equipment]:
        """Load what a page's first paint does without, and its commands."""
        from reader.ui.tabs.equipment import Equipment

        self.window.add_commands(Equipment.rows)
        return Equipment

    def after_first_paint(self) -> None:
        """Load what the first paint did without: the writer first, icons, the engine's child."""
        from reader.app.writer_side import WriterSide

        self._writing = WriterSide(self)
        self.engine.warm()
        from reader.app.late import Late

        self._half = half = Late(
            self.window, self.desk, self.page, self.tabs, self.settings, self.theme,
            self.read_pdf, self.engine, self.folder, lambda: self.library,
        )  # fmt: skip
        self._later.go_through(self._completed(half))

    def _completed(self, half: Late) -> Iterator[None]:
        """Have the window's second half made, in parts; then it is there."""
        yield from half.parts()
        self.late = half
        if self._files:
            self.open_files(self._files)

    def part_failed(self, error: Exception) -> None:
        """Say that something of the window could not be loaded; what there is goes on."""
        told = self.trouble = error if isinstance(error, ReaderError) else part_missing(error)
        if self._writing is None:
            self.desk.refuse(told)
        self.notices.error(told)

    @property
    def _writer(self) -> Writer | None:
        return self._writing.writer if self._writing else None

    # -- events ----------------------------------------------------------

    def _search(self, text: str) -> None:
        self.page.search(text)

    def _focus_list(self) -> None:
        self.page.list.setFocus()

    def _open_url(self, address: str) -> None:
        self.library.open_url(address)

    def read_pdf(self, path: Path) -> PdfFacts:
        """What a PDF says of itself; for the read lane."""
        return facts(self.engine, path)

    def open_files(self, files: Sequence[Path]) -> None:
        """Documents in viewer tabs, anything else as an import plan."""
        documents = [file for file in files if file.suffix.lower() in DOCUMENTS and file.is_file()]
        if self._importing_now(files) or len(documents) < len(files):
            # Books and pictures are read; of them nothing is known that makes a paper.
            documents = [file for file in documents if file.suffix.lower() != ".pdf"]
        for file in documents:
            self.tabs.open_file(file)
        rest = [file for file in files if file not in documents]
        if rest and self.late is None:
            self._files.extend(rest)
        elif rest and self.late is not None:
            self.late.importer.plan(rest)

    def _importing_now(self, files: Sequence[Path]) -> bool:
        """Whether PDFs were dropped on the library, where they are meant to be added."""
        side = self._side
        return side is not None and self.sender() is side.actions and bool(files)

    def open_paper(self, paper: Paper) -> None:
        attachment = paper.documents[0]
        if not self.reader.file_of(attachment.path).is_file():
            self.notices.error(
                NotFoundError(
                    self.tr("The file “{}” is not in the library's folder any more.").format(
                        attachment.path
                    ),
                    self.tr("Your notes are safe. Put the file back, or choose it or another."),
                ),
                (self.tr("Find it…"), self.library.replace_file),
            )
            return
        self.tabs.open_paper(paper)
        if paper.reading_state == "unread" and self.settings.flag("open_pdf_marks_reading"):
            self.library.mark_reading()

    def _go_to_paper(self, uid: str) -> None:
        """Read a paper of the library; one without a PDF is shown in the list."""

        def found(known: tuple[Paper, int | None]) -> None:
            paper, order = known
            if paper.documents:
                self.open_paper(paper)
            elif order is not None and self.late is not None:
                self.late.actions.go_to(order)

        reader = self.reader
        self.desk.read(lambda: (reader.paper(uid), reader.order_of(uid)), then=found, owner=self)

    def _tab_shown(self, page: ViewerPage | None) -> None:
        commands = self.window.commands
        commands.bind("viewer", page)
        if page is not None:
            commands.update(page.conditions())
        commands.bind("library", self.library if page is None else None)
        self.window.say(page.status() if page is not None else self.page.saying.text)
        if page is None:
            self.page.list.setFocus()
        self.state.put("tab", self.window.top.tabs.currentIndex())

    def say_of_list(self, text: str) -> None:
        if self.tabs.current() is None:
            self.window.say(text)

    def _show_history(self, undo: str, redo: str) -> None:
        commands = self.window.commands
        commands.update({"undo": bool(undo), "redo": bool(redo)})
        self.tabs.windows.tell({"undo": bool(undo), "redo": bool(redo)})
        names = {"window.undo": (self.tr("Undo"), undo), "window.redo": (self.tr("Redo"), redo)}
        for name, (verb, label) in names.items():
            commands.action(name).setText(f"{verb}: {label}" if label else verb)

    def _setting_changed(self, key: str) -> None:
        if key == "theme":
            self.theme.choose(self.settings.text("theme"))
        elif key.startswith("page_"):
            self._color_pages()

    def _color_pages(self) -> None:
        keys = ("page_colors", "page_paper", "page_ink")
        self.theme.pages.use(*map(self.settings.text, keys))

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.desk.notebook.flush()
            QTimer.singleShot(_AWAY, self, self._tidy_up)

    @staticmethod
    def _tidy_up() -> None:
        """Collect garbage whole (see reader.ui.garbage) while nobody looks."""
        if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
            gc.collect()

    def load_starter(self) -> None:
        """Load the papers and the guide that come with the program."""
        if self.late is not None:
            self.late.load_starter()

    @staticmethod
    def _show_in_folder(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    # -- ending ----------------------------------------------------------

    def _go_on_with(self, backup: str) -> None:
        """End, for the library to be opened from a backup."""
        self.backup = Path(backup)
        if not self.window.close():
            self.backup = None

    def _may_close(self) -> bool:
        """Save what is unsaved; ask when the disk does not take it."""
        if not (self.desk.settle() or close_unsaved(self.window)):
            return False
        self.tabs.windows.hold()
        return True

    def end(self) -> None:
        """Give everything back: no thread, process or connection is left."""
        if self._ended:
            return
        self._ended = True
        self._later.stop()
        self.state.put("tabs", self.tabs.state())
        self.tabs.splits.spare.end()
        self.tabs.close_all()
        self.state.save()
        self.tasks.close()
        self.engine.close()
        if self._half is not None:
            self._half.close()
        self.write_lane.close()
        self.read_lane.close()
        self.reader.close()
        if self._writing is not None:
            self._writing.close()
        self.window.deleteLater()
