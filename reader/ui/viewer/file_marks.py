"""The annotations that stand in the file itself: offered for import, and drawn only once.

MuPDF draws what is in the file; what the library has of it is drawn by the
program, so those are left out of the picture.  The file is read by the
background child, a while after it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer

from reader.domain.counting import counted
from reader.domain.errors import CancelledError
from reader.domain.paper import Changes
from reader.services import annotated_copies, pdf_annotations
from reader.services.lanes import Priority
from reader.services.pdf_annotations import InFile, Plan, Result
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer import files_out
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.form import Form
from reader.ui.viewer.home import Home

if TYPE_CHECKING:
    from reader.pdf.protocol import Marks
    from reader.ui.viewer.page import ViewerPage

_AFTER = 400  # ms after the document is shown
_PRIORITY = -5  # of the background child, before whole texts
_GROUP = 7
_NAME = 60  # characters of a document's title in a message


class FileMarks(Feature):
    """What the file has of annotations, and how that stands to the library's."""

    name: ClassVar[str] = "file_marks"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.import_annotations",
            QT_TRANSLATE_NOOP("Commands", "Import the annotations of the file"), "viewer",
            "file_marks.take", (), "import", "Document", _GROUP, enabled="file_annotations",
        ),
        Command(
            "viewer.save_annotated",
            QT_TRANSLATE_NOOP("Commands", "Save a copy with annotations…"), "viewer",
            "file_marks.save_copy", (), "save-picture", "Document", _GROUP,
            enabled="copies_annotated",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.plan: Plan | None = None  # what importing would do; None while nothing is known
        self._tasks = Tasks(self)
        self._twin: Any = None  # the document in the background child
        self._pieces: list[Marks] = []
        self._in_file: InFile | None = None
        self._heard: Home | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self._open)

    @property
    def kept(self) -> bool:
        """Whether the library has annotations of the document."""
        return bool(self.page.feature(Annotate).store.all)

    @property
    def _attachment(self) -> str:
        return self.page.home.attachment if self.page.home is not None else ""

    @property
    def _named(self) -> str:
        """The document, for messages that are seen over another one as well."""
        return shorten(self.page.title or self.page.path.stem, _NAME, placeholder="…")

    # -- reading the file

    def homed(self, home: Home) -> None:
        if self._heard is not None:
            self._heard.desk.changed.disconnect(self._changed)
        self._heard = home
        home.desk.changed.connect(self._changed)
        if self.page.pdf is not None:
            self.opened(self.page.pdf)

    def opened(self, pdf: PdfView) -> None:
        self._forget()
        if self._attachment and pdf.doc.info.kind == "pdf":
            self._timer.start()

    def left(self) -> None:
        self._forget()

    def closed(self) -> None:
        if self._heard is not None:
            self._heard.desk.changed.disconnect(self._changed)
            self._heard = None

    def _forget(self) -> None:
        self._timer.stop()
        if self._twin is not None:
            self.page.engine.forget(self._twin)
        self._twin, self._pieces, self._in_file, self.plan = None, [], None, None

    def _open(self) -> None:
        pdf = self.page.pdf
        if pdf is not None:
            future = self.page.engine.open(
                pdf.doc.path, self.page.known_password(), background=True, priority=_PRIORITY
            )
            self._tasks.follow(future, partial(self._opened_twin, pdf), self)

    def _opened_twin(self, pdf: PdfView, answer: Ok[Any] | Err) -> None:
        # A file that cannot be opened once more has said so already.
        if isinstance(answer, Ok) and pdf is self.page.pdf and self._twin is None:
            self._twin = answer.value
            self._ask(0, 0)
        elif isinstance(answer, Ok):
            self.page.engine.forget(answer.value)

    def _ask(self, page: int, entry: int) -> None:
        future = self.page.engine.marks(self._twin, page, entry, priority=_PRIORITY)
        self._tasks.follow(future, partial(self._read, self._twin), self)

    def _read(self, twin: Any, answer: Ok[Any] | Err) -> None:
        if twin is not self._twin:
            return
        match answer:
            case Ok(piece):
                self._pieces.append(piece)
                if piece.next is not None and self._few():
                    self._ask(*piece.next)
                    return
                self.page.engine.forget(twin)
                self._twin = None
                self._compare()
            case Err():  # the page itself says what is wrong with the file
                self._forget()

    def _few(self) -> bool:
        most = pdf_annotations.MOST
        return sum(len(piece.found) + len(piece.unread) for piece in self._pieces) < most

    # -- comparing it with the library

    def _changed(self, changes: Changes) -> None:
        # Of a file without annotations there is nothing to compare, however many are made.
        if changes.annotations and self._in_file is not None and self._in_file.found:
            self._compare()

    def _compare(self) -> None:
        home, pdf = self.page.home, self.page.pdf
        if home is None or pdf is None:
            return
        reader, attachment, pieces = home.desk.reader, home.attachment, tuple(self._pieces)
        known, name = self._in_file, pdf.doc.path.name

        def work() -> tuple[InFile, Plan]:
            in_file = known or pdf_annotations.gathered(pieces)
            mine = pdf_annotations.known_of(reader, attachment)
            return in_file, pdf_annotations.compare(in_file, mine, attachment, name)

        home.desk.read(work, then=partial(self._compared, pdf), owner=self, newest="compare")

    def _compared(self, pdf: PdfView, found: tuple[InFile, Plan]) -> None:
        if pdf is not self.page.pdf:
            return
        first = self._in_file is None
        self._pieces = []
        before = self.plan.taken if self.plan is not None else {}
        self._in_file, self.plan = found
        if self.plan.taken != before:
            pdf.engine.leave_out(pdf.doc, self.plan.taken)
            pdf.loader.recolor(pdf.loader.colors)  # draws anew
        self.page.tell_conditions()
        if first and self.plan.news:
            self._offer(self.plan.news)

    def _offer(self, count: int) -> None:
        home = self.page.home
        if home is None:
            return
        if count == 1:
            text = self.tr("One annotation in the file of “{}” is not in the library yet.")
        else:
            text = self.tr("{n} annotations in the file of “{}” are not in the library yet.")
        text = text.format(self._named, n=count)
        home.desk.notices.info(text, (self.tr("Import"), self.take))

    def conditions(self) -> dict[str, bool]:
        return {
            "file_annotations": self.plan is not None and self.plan.news > 0,
            "copies_annotated": self.page.pdf is not None and bool(self._attachment),
        }

    # -- taking over

    def take(self) -> None:
        """Import what the file has and the library has not."""
        home, pdf = self.page.home, self.page.pdf
        if home is None or pdf is None or not home.attachment:
            return
        engine: Any = self.page.engine
        sha256, password = pdf.doc.info.sha256, self.page.known_password()

        def work() -> Plan:
            return pdf_annotations.plan_import(
                home.desk.reader, engine, pdf.doc.path, home.attachment, sha256, password
            )

        home.desk.read(work, then=partial(self._commit, home), owner=self)
        self.page.statusChanged.emit(self.tr("Reading the annotations of the file…"))

    def _commit(self, home: Home, plan: Plan) -> None:
        home.desk.write(
            pdf_annotations.commit, [plan], then=partial(self._taken, home),
            priority=Priority.BULK, owner=self,
        )  # fmt: skip

    def _taken(self, home: Home, result: Result) -> None:
        self.page.statusChanged.emit(self.page.status())
        notices = home.desk.notices
        count = result.added + result.updated
        undo = (self.tr("Undo"), home.desk.undo)
        if count == 1:
            text = self.tr("One annotation imported into “{}”.")
        else:
            text = self.tr("{n} annotations imported into “{}”.")
        text = text.format(self._named, n=count)
        notices.ok(text, undo if count else None)
        if result.kept_twice:
            one = self.tr("1 was changed here and in the file; both are kept.")
            many = self.tr("{} were changed here and in the file; both are kept.")
            notices.warn(counted(result.kept_twice, one, many))
        if result.failed:
            first = result.failed[0]
            one = self.tr("1 could not be read and was left out.")
            many = self.tr("{} could not be read and were left out.")
            why = f"{first.where}: {first.reason}"
            notices.warn(counted(len(result.failed), one, many), why)

    # -- a copy

    def save_copy(self) -> None:
        """Ask where to, and write a copy with the library's annotations in it."""
        suggested = f"{self.page.path.stem}, annotated.pdf"
        files_out.ask(
            self, self.tr("Save a copy with annotations"),
            files_out.safe_name(suggested, "annotated.pdf"), ["*.pdf", self.tr("All files (*)")],
            self.copy_to,
        )  # fmt: skip

    def copy_to(self, target: Path) -> None:
        """Write the copy, with what was filled into the form; never over the file itself."""
        home, form = self.page.home, self.page.feature(Form)
        if home is None:
            return
        values = form.entered()

        def done(saved: annotated_copies.Saved) -> None:
            form.saved(values)
            marks = counted(saved.written, self.tr("1 annotation"), self.tr("{} annotations"))
            home.desk.notices.ok(self.tr("Saved as {} with {}.").format(target.name, marks))
            if saved.unplaced:
                one = self.tr("1 annotation has no place in this file and was left out.")
                many = self.tr("{} annotations have no place in this file and were left out.")
                home.desk.notices.warn(counted(saved.unplaced, one, many))

        home.desk.read(self.copying(values), target, then=done, owner=self)

    def copying(
        self, values: Mapping[str, str] | None = None
    ) -> Callable[[Path], annotated_copies.Saved]:
        """The work of writing a copy to a path, for a lane that may wait."""
        home = self.page.home
        if home is None:
            raise CancelledError(self.tr("The document was closed."))
        return partial(
            annotated_copies.save,
            self.page.engine,  # pyright: ignore[reportArgumentType]
            home.desk.reader,
            self.page.path,
            home.attachment,
            password=self.page.known_password(),
            values=values,
        )
