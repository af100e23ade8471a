"""What the library page's commands do to the selected papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from reader.arguments import DOCUMENTS
from reader.domain.errors import ReaderError
from reader.domain.lists import Row, Scope
from reader.domain.note_links import Place, address
from reader.domain.paper import Changes, Paper, ReadingState
from reader.services import editing, noting
from reader.services.access import Writer
from reader.services.attaching import Attached, attach
from reader.services.pdf_facts import ReadPdf
from reader.ui.browse.chooser import Choice, Chooser
from reader.ui.browse.detaching import Detaching
from reader.ui.browse.library_page import LibraryPage
from reader.ui.browse.sidebar_menu import sidebar_menu
from reader.ui.commands.actions import CommandSet

_SCHEMES = ("http", "https", "mailto")


class LibraryActions(QObject):
    """The target "library" of the command table."""

    open_wanted = Signal(object)  # a Paper whose PDF is to be read
    import_wanted = Signal(object)  # paths

    def __init__(self, page: LibraryPage, commands: CommandSet, read_pdf: ReadPdf) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._commands = commands
        self._read_pdf = read_pdf
        self._detaching = Detaching(page.desk, page.paper)
        page.list.picked.connect(lambda _: self.open_pdf())
        page.list.files_dropped.connect(self._files_dropped)
        page.list.menu_wanted.connect(self._paper_menu)
        page.sidebar.dropped.connect(self._papers_dropped)
        page.sidebar.menu_wanted.connect(self._sidebar_menu)
        page.paper.files_dropped.connect(self._dropped_on_paper)
        page.paper.link_clicked.connect(self.open_url)
        page.paper.tag_clicked.connect(lambda name: self._tags([], [name]))
        page.paper.remark.written.connect(self._set_remark)
        page.paper.remark.left.connect(page.list.setFocus)
        page.welcome.files_dropped.connect(self._import)

    # -- helpers ---------------------------------------------------------

    def _paper(self) -> Paper | None:
        return self._page.paper.paper

    def _write(
        self,
        work: Callable[..., editing.Edits],
        *args: Any,
        orders: list[int] | None = None,
        then: Callable[[Changes], None] | None = None,
    ) -> None:
        """Run `work(writer, uids, *args)` for the selected papers."""
        chosen = orders if orders is not None else self._page.list.selected_orders()
        if not chosen:
            return
        reader = self._desk.reader

        def run(writer: Writer) -> editing.Edits:
            return work(writer, reader.uids(chosen), *args)

        self._desk.write(run, then=then, owner=self)

    def _rows(self, then: Callable[[list[Row]], None]) -> None:
        orders = self._page.list.selected_orders()
        if orders:
            self._desk.read(self._desk.reader.rows, orders, then=then, owner=self)

    # -- reading ---------------------------------------------------------

    def open_pdf(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        if paper.documents:
            self.open_wanted.emit(paper)
        else:
            self._desk.notices.info(
                self.tr("This paper has no PDF yet."), (self.tr("Attach a PDF…"), self.attach_pdf)
            )

    def open_link(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        if paper.links:
            self.open_url(paper.links[0].url)
        elif paper.arxiv_id:
            self.open_url(f"https://arxiv.org/abs/{paper.arxiv_id}")
        else:
            self._desk.notices.info(self.tr("This paper has no link."))

    def open_url(self, address: str) -> None:
        """Open a web address in the browser; every other kind is shown, not opened."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.scheme().lower() not in _SCHEMES or not QDesktopServices.openUrl(url):
            QGuiApplication.clipboard().setText(address)
            self._desk.notices.warn(
                self.tr("The address could not be opened; it was copied instead."), address
            )

    def copy_reference(self) -> None:
        def done(rows: list[Row]) -> None:
            lines = [
                ". ".join(
                    part for part in (row.authors, row.title, row.venue, row.published[:4]) if part
                )
                for row in rows
            ]
            QGuiApplication.clipboard().setText("\n".join(lines))
            text = self.tr("Copied {} references.").format(len(lines))
            self._desk.notices.ok(text if len(lines) > 1 else self.tr("Copied the reference."))

        self._rows(done)

    def copy_link(self) -> None:
        if paper := self._paper():
            QGuiApplication.clipboard().setText(address(Place("paper", paper.uid)))
            self._desk.notices.ok(self.tr("Copied a link to the paper."))

    def search(self) -> None:
        self._commands.action("window.search").trigger()

    def next_paper(self) -> None:
        self._page.list.step(1)

    def previous_paper(self) -> None:
        self._page.list.step(-1)

    def select_all(self) -> None:
        self._page.list.setFocus()
        self._page.list.selectAll()

    def edit_note(self) -> None:
        if self._paper() is not None:
            self._page.paper.note.edit.setFocus()

    def edit_remark(self) -> None:
        if self._paper() is not None:
            self._page.paper.remark.begin()

    def _set_remark(self, paper: str, text: str) -> None:
        self._desk.write(noting.set_remark, paper, text, owner=self)

    # -- marks -----------------------------------------------------------

    def mark_unread(self) -> None:
        self._write(editing.set_state, ReadingState.UNREAD)

    def mark_reading(self) -> None:
        self._write(editing.set_state, ReadingState.READING)

    def mark_read(self) -> None:
        self._write(editing.set_state, ReadingState.READ)

    def toggle_star(self) -> None:
        self._rows(lambda rows: self._write(editing.set_starred, not all(r.starred for r in rows)))

    def trash(self) -> None:
        if self._page.scope.kind == "trash":
            self._write(editing.delete_for_good, then=self._deleted)
        else:
            self._write(editing.move_to_trash, then=self._deleted)

    def _deleted(self, changes: Changes) -> None:
        count = len(changes.removed)
        if not count:
            return
        text = self.tr("1 paper moved to the trash.")
        if self._page.scope.kind == "trash":
            text = self.tr("1 paper deleted.")
            if count > 1:
                text = self.tr("{} papers deleted.").format(count)
        elif count > 1:
            text = self.tr("{} papers moved to the trash.").format(count)
        self._desk.notices.info(text, (self.tr("Undo"), self._desk.undo))

    def restore(self) -> None:
        self._write(editing.restore_from_trash)

    # -- tags and collections --------------------------------------------

    def edit_tags(self) -> None:
        def done(rows: list[Row]) -> None:
            overview = self._desk.reader.overview
            self._desk.read(
                overview,
                then=lambda found: self._choose(
                    self.tr("Find or make a tag"),
                    [tag.name for tag in found.tags],
                    [{tag.name for tag in row.tags} for row in rows],
                    lambda name, on: self._tags([name] if on else [], [] if on else [name]),
                ),
                owner=self,
            )

        self._rows(done)

    def _tags(self, add: list[str], remove: list[str]) -> None:
        self._write(editing.change_tags, add, remove)

    def edit_collections(self) -> None:
        orders = self._page.list.selected_orders()
        reader = self._desk.reader

        def read() -> tuple[list[str], list[set[str]]]:
            names = [one.name for one in reader.overview().collections]
            # A large selection shows its first papers' ticks: a set a paper is
            # enough to tell none, some and all.
            papers = [set(reader.paper(uid).collections) for uid in reader.uids(orders[:200])]
            return names, papers

        def done(found: tuple[list[str], list[set[str]]]) -> None:
            self._choose(
                self.tr("Find or make a collection (A/B nests)"), *found, self._set_collection
            )

        if orders:
            self._desk.read(read, then=done, owner=self)

    def _set_collection(self, name: str, on: bool) -> None:
        self._write(editing.add_to_collection if on else editing.remove_from_collection, name)

    def _choose(
        self,
        title: str,
        names: list[str],
        papers: list[set[str]],
        toggled: Callable[[str, bool], None],
    ) -> None:
        def state(name: str) -> Qt.CheckState:
            count = sum(name in having for having in papers)
            if count == len(papers) and papers:
                return Qt.CheckState.Checked
            return Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked

        chooser = Chooser(title, [Choice(name, state(name)) for name in names], self._page)
        chooser.toggled.connect(toggled)
        pane = self._page.paper
        chooser.open_at(pane.mapToGlobal(QPoint(24, 96)))

    def new_collection(self) -> None:
        self._ask(
            self.tr("New collection"),
            self.tr("Name (A/B makes B inside A)"),
            "",
            lambda name: self._desk.write(editing.make_collection, name, owner=self),
        )

    def _ask(self, title: str, label: str, text: str, done: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(text)
        dialog.textValueSelected.connect(lambda value: done(value) if value.strip() else None)
        dialog.open()

    # -- files -----------------------------------------------------------

    def attach_pdf(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        dialog = QFileDialog(self._page, self.tr("Attach a PDF"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        others = " ".join(f"*{ending}" for ending in sorted(DOCUMENTS - {".pdf"}))
        dialog.setNameFilters(
            [
                self.tr("PDF files (*.pdf *.PDF)"),
                self.tr("Books and pictures ({})").format(others),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(lambda file: self.attach_file(paper.uid, Path(file)))
        dialog.open()

    def replace_file(self) -> None:
        """Ask for another file in the place of the paper's PDF."""
        paper = self._paper()
        if paper is not None and self._desk.replacer is not None:
            self._desk.replacer.choose(paper.uid)

    def detach(self) -> None:
        """Take a file off the paper."""
        if paper := self._paper():
            self._detaching.ask(paper)

    def annotations_to_note(self) -> None:
        """Ask how the annotations of the paper's PDF become a note."""
        paper = self._paper()
        if paper is not None and self._desk.to_note is not None:
            self._desk.to_note(paper)

    def attach_file(self, uid: str, file: Path) -> None:
        """Attach a file to a paper; the engine looks at it before the writer is asked."""

        def checked(facts: Any) -> None:
            self._desk.write(attach, uid, file, lambda _: facts, then=done, owner=self)

        def done(attached: Attached) -> None:
            if attached.already:
                self._desk.notices.info(self.tr("The paper already has this file."))
            else:
                self._desk.notices.ok(
                    self.tr("Attached {}.").format(file.name), (self.tr("Undo"), self._desk.undo)
                )

        self._desk.read(self._read_pdf, file, then=checked, failed=self._refused, owner=self)

    def _refused(self, error: ReaderError) -> None:
        self._desk.notices.error(error)

    def _files_dropped(self, files: list[str], order: int | None) -> None:
        documents = [file for file in files if Path(file).suffix.lower() in DOCUMENTS]
        if order is not None and len(files) == 1 and documents:
            self._desk.read(
                self._desk.reader.uids,
                [order],
                then=lambda uids: self.attach_file(uids[0], Path(files[0])),
                owner=self,
            )
        else:
            self._import(files)

    def _dropped_on_paper(self, files: list[str]) -> None:
        self._files_dropped(files, self._page.current)

    def _import(self, files: list[str]) -> None:
        self.import_wanted.emit([Path(file) for file in files])

    def _papers_dropped(self, scope: Scope, orders: list[int]) -> None:
        name = self._full_name(scope)
        match scope.kind:
            case "tag":
                self._write(editing.change_tags, [name], [], orders=orders)
            case "collection":
                self._write(editing.add_to_collection, name, orders=orders)
            case "trash":
                self._write(editing.move_to_trash, orders=orders, then=self._deleted)
            case "starred":
                self._write(editing.set_starred, True, orders=orders)
            case kind:
                self._write(editing.set_state, ReadingState(kind), orders=orders)

    def _full_name(self, scope: Scope) -> str:
        """A tag's name or a collection's whole path."""
        return self._page.full_name(scope)

    # -- menus -----------------------------------------------------------

    def _paper_menu(self, place: QPoint) -> None:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = None
        for row in self._commands.rows():
            if row.menu != "Paper" or not self._commands.action(row.id).isEnabled():
                continue
            if group is not None and group != row.group:
                menu.addSeparator()
            group = row.group
            menu.addAction(self._commands.action(row.id))
        menu.popup(place)

    def _sidebar_menu(self, scope: Scope, place: QPoint, name: str) -> None:
        menu = sidebar_menu(self._page, self._desk.write, self._ask, scope, self._full_name(scope))
        menu.addAction(self._commands.action("list.new_collection"))
        del name
        menu.popup(place)
