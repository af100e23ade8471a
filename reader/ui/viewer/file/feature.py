"""The commands of the file that is shown, and the handle by which it is dragged out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from reader.domain.errors import InputError, ReaderError
from reader.pdf.protocol import ChangedCopy, EmbeddedFile, Metadata, Properties
from reader.services import copies
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer import files_out
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.file import facts
from reader.ui.viewer.file.dialogs import AttachmentsDialog, PropertiesDialog
from reader.ui.viewer.file.handle import FileHandle
from reader.ui.viewer.file_marks import FileMarks
from reader.ui.viewer.form import Form

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Stamp = tuple[int, int]

_PRIORITY = 140
_GROUP = 7


class FileActions(Feature):
    """Copy, folder, other programs, properties, files within."""

    name: ClassVar[str] = "file"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.save_copy", QT_TRANSLATE_NOOP("Commands", "Save a copy…"), "viewer",
            "file.save_copy", ("Ctrl+S",), "save-picture", "Document", _GROUP, enabled="document",
        ),
        Command(
            "viewer.show_in_folder", QT_TRANSLATE_NOOP("Commands", "Show the file in its folder"),
            "viewer", "file.show_in_folder", (), "show-folder", "Document", _GROUP,
        ),
        Command(
            "viewer.open_outside", QT_TRANSLATE_NOOP("Commands", "Open in the system's viewer"),
            "viewer", "file.open_outside", (), "open", "Document", _GROUP,
        ),
        Command(
            "viewer.properties", QT_TRANSLATE_NOOP("Commands", "Document properties…"), "viewer",
            "file.show_properties", ("Ctrl+Shift+I",), "info", "Document", _GROUP,
            enabled="document",
        ),
        Command(
            "viewer.attachments", QT_TRANSLATE_NOOP("Commands", "Files within the document…"),
            "viewer", "file.show_attachments", (), "attach", "Document", _GROUP,
            enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._tasks = Tasks(self)
        self.stamp: Stamp | None = None  # of the file as it was opened
        self.handle = FileHandle(page.path, page.bar)
        self.menu = QMenu(self.handle)
        self.menu.aboutToShow.connect(self._fill)
        self.handle.setMenu(self.menu)
        page.bar.add(self.handle)

    def opened(self, pdf: PdfView) -> None:
        del pdf
        self.followed()

    def followed(self) -> None:
        self.stamp = stamp_of(self.page.path)
        self.handle.path = self.page.path  # another file may have taken its slot

    def _fill(self) -> None:
        self.menu.clear()
        self._offer(self.menu)

    def _offer(self, menu: QMenu) -> None:
        """The commands that are about the file as a whole."""
        is_open = self.page.pdf is not None
        marks = self.page.feature(FileMarks)
        for text, method, needs in (
            (self.tr("Save a copy…"), self.save_copy, True),
            (self.tr("Save a copy with annotations…"), marks.save_copy, True),
            (self.tr("Show the file in its folder"), self.show_in_folder, False),
            (self.tr("Open in the system's viewer"), self.open_outside, False),
            (self.tr("Files within the document…"), self.show_attachments, True),
            (self.tr("Document properties…"), self.show_properties, True),
        ):
            action = menu.addAction(text)
            action.triggered.connect(method)
            action.setEnabled(is_open or not needs)
            if method == marks.save_copy:
                action.setVisible(marks.conditions()["copies_annotated"])

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        del spot
        menu.addSeparator()
        self._offer(menu.addMenu(self.tr("File")))

    # -- elsewhere

    def show_in_folder(self) -> None:
        self.page.showInFolderRequested.emit(self.page.path)

    def open_outside(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.page.path.absolute())))

    # -- a copy

    def save_copy(self) -> None:
        """Ask where to, and write the file there, with what was filled into its form."""
        suggested = files_out.safe_name(self.page.path.name, "paper.pdf")
        ending = self.page.path.suffix or ".pdf"
        files_out.ask(
            self, self.tr("Save a copy"), suggested, [f"*{ending}", self.tr("All files (*)")],
            self.copy_to,
        )  # fmt: skip

    def copy_to(self, target: Path) -> None:
        """Write a copy to a place; never over the file itself."""
        home, pdf, source = self.page.home, self.page.pdf, self.page.path
        if home is None or pdf is None:
            return
        try:
            copies.refuse_itself(source, target)
        except InputError as error:
            home.desk.notices.error(error)
            return
        form = self.page.feature(Form)
        values = form.entered()
        if not values:
            files_out.write(self, home, target, lambda: copies.pieces(source))
            return

        stamp = self.stamp

        def filled(answer: Ok[Any] | Err) -> None:
            match answer:
                case Ok(ChangedCopy() as copy):
                    files_out.write(
                        self, home, target, lambda: pieces(source, copy, stamp),
                        lambda _: form.saved(values),
                    )  # fmt: skip
                case Ok():
                    pass
                case Err(error):
                    home.desk.notices.error(error)

        self._tasks.follow(pdf.engine.filled(pdf.doc, values, priority=_PRIORITY), filled, self)

    # -- dialogs

    def show_properties(self) -> None:
        """Show what the document is and says of itself."""
        pdf = self.page.pdf
        if pdf is None:
            return
        said: list[Metadata] = []

        def metadata(answer: Ok[Any] | Err) -> None:
            said.append(answer.value if isinstance(answer, Ok) else Metadata())
            future = pdf.engine.properties(pdf.doc, priority=_PRIORITY)
            self._tasks.follow(future, properties, self)

        def properties(answer: Ok[Any] | Err) -> None:
            known = answer.value if isinstance(answer, Ok) else Properties()
            self._show_properties(pdf, said[0], known)

        self._tasks.follow(pdf.engine.metadata(pdf.doc, priority=_PRIORITY), metadata, self)

    def _show_properties(self, pdf: PdfView, said: Metadata, known: Properties) -> None:
        path = self.page.path.absolute()
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        groups = facts.facts(path, size, pdf.doc.info, said, known)
        PropertiesDialog(groups, list(facts.fonts(known)), self.page).open()

    def show_attachments(self) -> None:
        """List the files within the document."""
        pdf = self.page.pdf
        if pdf is None:
            return

        def listed(answer: Ok[Any] | Err) -> None:
            match answer:
                case Ok(found):
                    dialog = AttachmentsDialog(found, self.page)
                    dialog.save_wanted.connect(self.save_attachments)
                    dialog.open()
                case Err(error):
                    self._complain(error)

        self._tasks.follow(pdf.engine.embedded(pdf.doc, priority=_PRIORITY), listed, self)

    def save_attachments(self, found: list[EmbeddedFile]) -> None:
        """Ask where to, and save files that are within the document."""
        if len(found) == 1:
            name = files_out.safe_name(found[0].name, "file")
            files_out.ask(
                self, self.tr("Save the file"), name, [self.tr("All files (*)")],
                lambda target: self._extract(found[0], target),
            )  # fmt: skip
            return
        dialog = QFileDialog(self.page, self.tr("Save into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.save_into(Path(folder), found))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_into(self, folder: Path, found: list[EmbeddedFile]) -> None:
        """Save files into a folder, over none that is there."""
        taken: set[str] = set()
        for one in found:
            target = free_name(folder, files_out.safe_name(one.name, "file"), taken)
            taken.add(target.name.lower())
            self._extract(one, target)

    def _extract(self, one: EmbeddedFile, target: Path) -> None:
        home, pdf, source = self.page.home, self.page.pdf, self.page.path
        if home is None or pdf is None:
            return

        def whole(data: bytes) -> Iterator[bytes]:
            copies.refuse_itself(source, target)
            yield data

        def extracted(answer: Ok[Any] | Err) -> None:
            match answer:
                case Ok(bytes() as data):
                    files_out.write(self, home, target, lambda: whole(data))
                case Ok():
                    pass
                case Err(error):
                    self._complain(error)

        future = pdf.engine.extract(pdf.doc, one.index, priority=_PRIORITY)
        self._tasks.follow(future, extracted, self)

    def _complain(self, error: ReaderError) -> None:
        if self.page.home is not None:
            self.page.home.desk.notices.error(error)
        else:
            self.page.statusChanged.emit(error.line())


def pieces(source: Path, copy: ChangedCopy, stamp: Stamp | None) -> Iterator[bytes]:
    """A filled copy's bytes; ReaderError when the file is not the one that was opened."""
    if copy.appended:
        if stamp_of(source) != stamp:
            raise ReaderError(
                "The file has changed on disk since it was opened; nothing was saved.",
                "What you filled in is kept. Load the document again (F5), then save the copy.",
            )
        yield from copies.pieces(source)
    yield copy.data


def stamp_of(path: Path) -> Stamp | None:
    """By what a file's content is known to be the same: when it was written, its size."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def free_name(folder: Path, name: str, taken: set[str]) -> Path:
    """A path in a folder that nothing stands at: "data.csv", else "data (2).csv"."""
    target = folder / name
    number = 1
    while target.exists() or target.name.lower() in taken:
        number += 1
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return target
