"""What the window's own commands do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from reader.domain.counting import counted
from reader.domain.errors import ReaderError
from reader.domain.lists import Row, Scope
from reader.domain.paper import Paper
from reader.services import exporting, markdown_folder, safekeeping
from reader.services.access import Writer
from reader.services.exporting import FreeNote
from reader.services.importing import endings
from reader.settings import Settings
from reader.ui.browse.library_page import LibraryPage
from reader.ui.commands.palette import Entry, Palette
from reader.ui.desk import Desk
from reader.ui.dialogs.about import About
from reader.ui.dialogs.preferences import Preferences
from reader.ui.dialogs.shortcuts import Shortcuts
from reader.ui.importer import Importer
from reader.ui.tabs import Tabs
from reader.ui.theme import Theme
from reader.ui.window import Window

_MOST_PAPERS = 8


class WindowActions(QObject):
    """The target "window" of the command table."""

    starter_wanted = Signal()
    guide_wanted = Signal()

    def __init__(
        self,
        window: Window,
        desk: Desk,
        page: LibraryPage,
        tabs: Tabs,
        importer: Importer,
        settings: Settings,
        theme: Theme,
        engine: Any,
    ) -> None:
        super().__init__(window)
        self._engine = engine
        self._window = window
        self._desk = desk
        self._page = page
        self._tabs = tabs
        self._importer = importer
        self._settings = settings
        self._theme = theme
        self._palette: Palette | None = None

    # -- in and out ------------------------------------------------------

    def import_files(self) -> None:
        patterns = " ".join(f"*{ending} *{ending.upper()}" for ending in endings())
        dialog = QFileDialog(self._window, self.tr("Import files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("What can be imported ({})").format(patterns), self.tr("All files (*)")]
        )
        self._open(dialog, lambda files: self._importer.plan([Path(file) for file in files]))

    def import_folder(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog, lambda files: self._importer.plan([Path(file) for file in files]))

    def import_notes(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import notes from a folder of Markdown files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(
            dialog, lambda files: self._importer.plan([Path(file) for file in files], "notes")
        )

    def _open(self, dialog: QFileDialog, done: Callable[[list[str]], None]) -> None:
        dialog.filesSelected.connect(done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def load_starter(self) -> None:
        self.starter_wanted.emit()

    def export_list(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Export the list"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {self.tr("JSON, comes back whole (*.json)"): "json"}
        filters[self.tr("Markdown (*.md)")] = "markdown"
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(
            lambda name: dialog.setDefaultSuffix("md" if filters[name] == "markdown" else "json")
        )
        self._open(
            dialog, lambda files: self._export(Path(files[0]), filters[dialog.selectedNameFilter()])
        )

    def _export(self, target: Path, format_name: str) -> None:
        count, papers, notes = self._listed()

        def run() -> int:
            exporting.to_file(exporting.text(papers(), format_name, notes()), target)
            return count

        self._desk.read(
            run,
            then=lambda count: self._desk.notices.ok(
                self.tr("Exported {} to {}.").format(self._papers(count), target.name)
            ),
            owner=self,
        )

    def _papers(self, count: int) -> str:
        return counted(count, self.tr("1 paper"), self.tr("{} papers"))

    def _listed(self) -> tuple[int, Callable[[], Iterator[Paper]], Callable[[], list[FreeNote]]]:
        """How many papers are listed, and what reads them and what goes with them, on a worker."""
        reader = self._desk.reader
        orders, scope = list(self._page.model.papers()), self._page.model.scope

        def papers() -> Iterator[Paper]:
            for uid in reader.uids(orders):
                yield exporting.told_outside(reader, reader.paper(uid))

        def notes() -> list[FreeNote]:
            # Free notes belong to no list of papers: they go with that of all.
            whole = scope == Scope() and len(orders) == len(reader.orders(scope))
            return exporting.free_notes(reader) if whole else []

        return len(orders), papers, notes

    def export_folder(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Export into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog, lambda files: self._export_folder(Path(files[0])))

    def _export_folder(self, folder: Path) -> None:
        reader, (_, papers, notes) = self._desk.reader, self._listed()

        def done(problems: list[str]) -> None:
            self._desk.notices.ok(self.tr("Exported to {}.").format(folder.name))
            if problems:
                told = counted(
                    len(problems),
                    self.tr("A file or picture is missing in the export."),
                    self.tr("{} files or pictures are missing in the export."),
                )
                error = ReaderError(told, problems[0], "\n".join(problems))
                self._desk.notices.error(error)

        self._importer.follow(
            lambda: markdown_folder.write(
                reader, lambda: self._engine, papers(), [it.note for it in notes()], folder
            ),
            done,
            self.tr("Exporting…"),
            self.tr("The export was cancelled; what was written stays."),
        )

    def back_up(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Back up into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog, lambda files: self._back_up(Path(files[0])))

    def _back_up(self, folder: Path) -> None:
        def run(writer: Writer) -> safekeeping.Saved:
            return safekeeping.save(writer, folder)

        def done(saved: safekeeping.Saved) -> None:
            self._desk.notices.ok(
                self.tr("Backed up {} and {}, verified.").format(
                    self._papers(saved.papers),
                    counted(saved.files + saved.unchanged, self.tr("1 file"), self.tr("{} files")),
                )
            )

        self._desk.write(run, then=done, owner=self)

    def check_library(self) -> None:
        folder = self._desk.reader.place.folder

        def done(health: safekeeping.Health) -> None:
            if health.faults:
                self._desk.notices.warn(
                    counted(
                        len(health.faults),
                        self.tr("The library has a fault."),
                        self.tr("The library has {} faults."),
                    ),
                    "\n".join(health.faults[:5]),
                )
            else:
                self._desk.notices.ok(
                    self.tr("The library is whole: {}.").format(self._papers(health.papers))
                )

        self._desk.read(safekeeping.check, folder, then=done, owner=self)

    def show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.reader.place.folder)))

    # -- going places ----------------------------------------------------

    def undo(self) -> None:
        self._desk.undo()

    def redo(self) -> None:
        self._desk.redo()

    def focus_search(self) -> None:
        self._tabs.show_library()
        self._window.top.search.setFocus()
        self._window.top.search.selectAll()

    def go_to_message(self) -> None:
        if not self.enter_message():
            self._window.say_briefly(self.tr("There is no message."))

    def enter_message(self) -> bool:
        """Have the keys in the newest message of the window in use; False without one."""
        return self._desk.notices.enter()

    def open_palette(self) -> None:
        if self._palette is None:
            self._palette = Palette(
                self._window, self._window.commands, self._theme, self.find_papers
            )
        self._palette.open()

    def find_papers(self, text: str, found: Callable[[str, list[Entry]], None]) -> None:
        reader = self._desk.reader

        def run() -> list[Row]:
            return reader.rows(reader.orders(Scope(), text, limit=_MOST_PAPERS))

        def done(rows: list[Row]) -> None:
            entries = [
                Entry(row.title, lambda row=row: self.go_to(row.order), "file", row.authors)
                for row in rows
            ]
            found(text, entries)

        self._desk.read(run, then=done, owner=self)

    def go_to(self, order: int) -> None:
        """Show a paper in the library, whatever was listed."""
        self.show_library()
        self._page.leave_notes()
        self._page.sidebar.leave_place()
        if not self._page.list.select_order(order):
            self._window.top.search.clear()
            self._page.current = order
            self._page.list.clearSelection()
            self._page.sidebar.select(Scope())
            self._page.choose(Scope())
        self._page.list.setFocus()

    def show_library(self) -> None:
        """Show the library, also from a window torn off."""
        if not self._window.isActiveWindow():
            self._window.come_forward()
        self._tabs.show_library()

    def open_guide(self) -> None:
        self.guide_wanted.emit()

    # -- looks -----------------------------------------------------------

    def toggle_sidebar(self, shown: bool) -> None:
        self._page.sidebar.setVisible(shown)
        self._window.commands.update({"sidebar": shown})

    def toggle_theme(self) -> None:
        self._settings.set("theme", "light" if self._theme.is_dark() else "dark")

    def toggle_full_screen(self) -> None:
        self._window.toggle_full_screen()

    def open_preferences(self) -> None:
        Preferences(self._settings, self._window).open()

    def open_shortcuts(self) -> None:
        Shortcuts(self._window.commands, self._settings, self._window).open()

    def open_about(self) -> None:
        About(self._window, self._desk.reader.sqlite_version()).open()

    def close(self) -> None:
        self._window.close()
