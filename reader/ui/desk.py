"""Everything a page works with: the library's lanes and what they report.

A page asks the desk to read or write and goes on; the answer arrives on the
window's thread, and what a write changed is told to every page by `changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.errors import ReaderError
from reader.domain.paper import Changes, Paper
from reader.services import editing
from reader.services.access import Reader, Writer
from reader.services.lanes import Priority
from reader.ui.notes.kit import Kit
from reader.ui.notes.notebook import Notebook
from reader.ui.notices import Notices
from reader.ui.tasks import Answer, Err, Ok, Tasks

if TYPE_CHECKING:
    from reader.ui.replacing import FileReplacer

# Milliseconds.  What a change shows is read and painted first: beside Python in
# another thread the window takes twice as long.
_INDEX_AFTER = 200


class Desk(QObject):
    """The window's way to the library."""

    changed = Signal(object)  # Changes
    progressed = Signal(str)  # the uid of a paper of which more was read
    history = Signal(str, str)  # what undo and redo would do, "" for nothing
    indexed = Signal()  # the search index has caught up with the changes
    ending = Signal()  # hand over what was typed: the program ends

    def __init__(
        self,
        reader: Reader,
        tasks: Tasks,
        notices: Notices,
        read_lane: Any,
        write_lane: Any,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.reader = reader
        self.tasks = tasks
        self.notices = notices
        self._read_lane = read_lane
        self._write_lane = write_lane
        self._writer: Writer | None = None
        self._refusal: ReaderError | None = None  # why there will be no writer
        self._waiting: list[Callable[[], object]] | None = None  # reads of a library to be made
        self._unwritten: list[Callable[[], object]] | None = None  # writes before there is a writer
        self._indexing = self._index_again = False
        self._questions: dict[tuple[int, str], int] = {}
        self._outside: int | None = None
        self._labels = "", ""  # what undo and redo would do, as it was last told
        self._owing: set[int] = set()  # those who hold what no library has yet
        self._handed: Future[Any] | None = None  # done when all that was handed over is
        self.notebook = Notebook(self._save_note, self)
        self.notebook.refused.connect(notices.error)
        self._index_soon = QTimer(self, singleShot=True, interval=_INDEX_AFTER)
        self._index_soon.timeout.connect(self.catch_up)
        self.kit = Kit(self.read, notices, self)
        self.ending.connect(self.kit.collecting)
        self.replacer: FileReplacer | None = None  # there once documents can be read
        self.to_note: Callable[[Paper], None] | None = None  # a paper's annotations; likewise

    def set_writer(self, writer: Writer) -> None:
        """The writer, as soon as it is open; called on the writer lane."""
        self._writer = writer

    def wait_for_writer(self) -> None:
        """The writer is still to be opened: what is to be written waits for it, in its order."""
        self._unwritten = []

    def writer_is_there(self) -> None:
        """Write what has waited."""
        unwritten, self._unwritten = self._unwritten, None
        for write in unwritten or ():
            write()

    def refuse(self, why: ReaderError) -> None:
        """There will be no writer: what waited, and all that comes, is answered with the reason."""
        self._refusal = why
        self.writer_is_there()

    def wait_for_library(self) -> None:
        """The library is still to be made or migrated: what is read waits for it."""
        self._waiting = []

    def library_is_there(self) -> None:
        """Read what has waited."""
        waiting, self._waiting = self._waiting, None
        for read in waiting or ():
            read()

    def read(
        self,
        work: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Callable[[ReaderError], None] | None = None,
        owner: QObject | None = None,
        newest: str = "",
    ) -> None:
        """Read on the read lane; `then(value)` on this thread.

        Reads run beside each other and may be answered in any order.  With
        `newest`, an answer is dropped when its owner has asked again by that name.
        """
        done = _split(then, failed, self)
        if newest:
            done = self._unless_asked_again((id(owner or self), newest), done)
        run = partial(self.tasks.run, self._read_lane, work, *args, done=done, owner=owner or self)
        if self._waiting is None:
            run()
        else:
            self._waiting.append(run)

    def _unless_asked_again(
        self, name: tuple[int, str], done: Callable[[Answer], None]
    ) -> Callable[[Answer], None]:
        question = self._questions[name] = self._questions.get(name, 0) + 1

        def newest(answer: Answer) -> None:
            if self._questions[name] == question:
                done(answer)

        return newest

    def write(
        self,
        work: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[ReaderError], None] | None = None,
        priority: int = Priority.EDIT,
        owner: QObject | None = None,
    ) -> None:
        """Run `work(writer, *args)` on the writer lane; its Changes are told to all.

        `work` returns Changes, or a tuple or object that holds them.
        """
        if priority > Priority.NOTE:
            # An undo step must not overtake what was typed before it.
            self.notebook.flush()

        def done(value: Any) -> None:
            self._tell(_changes_in(value))
            if then:
                then(value)

        run = partial(
            self.tasks.run,
            self._write_lane,
            lambda: work(self.ready_writer(), *args),
            done=_split(done, failed, self),
            owner=owner or self,
            priority=priority,
        )
        if self._unwritten is None:
            run()
        else:
            self._unwritten.append(run)

    def ready_writer(self) -> Writer:
        """The writer, on the writer lane; raises ReaderError while there is none."""
        if self._writer is None:
            raise self._refusal or ReaderError("The library is not open for writing yet.")
        return self._writer

    def _tell(self, changes: Changes | None) -> None:
        if changes:
            self.notices.withdraw_offers()
            self.changed.emit(changes)
            self.refresh_history()
            if not self._index_soon.isActive():
                self._index_soon.start()

    def settle(self) -> bool:
        """Have all that was typed saved, and wait for it; False when it could not be.

        Only for the end of the program; waits 5 seconds at most.
        """
        self.hand_over()
        self.tasks.wait_until(self.settled)
        return not (self.notebook.unsaved() or self._owing or self._unwritten)

    def owe(self, holder: QObject, owes: bool) -> None:
        """Say that a holder has something of the reader's that is not in the library, or no more."""
        (self._owing.add if owes else self._owing.discard)(id(holder))

    def hand_over(self) -> None:
        """Hand all that was typed to the writer now."""
        self.ending.emit()
        self.notebook.flush()
        # Behind all that is as urgent: done when that is.
        self._handed = self._write_lane.submit(lambda: None, priority=Priority.NOTE)

    def settled(self) -> bool:
        """Whether what was handed over is on the disk or refused, and nothing waits for its file."""
        handed = self._handed is None or self._handed.done()
        return self.notebook.settled() and handed and not (self._owing or self._unwritten)

    def catch_up(self) -> None:
        """Index what changed, after everything more urgent."""
        if self._indexing:
            # It may have looked already for what changed since.
            self._index_again = True
            return
        self._indexing, self._index_again = True, False

        def done(answer: Answer) -> None:
            self._indexing = False
            if self._index_again:
                self._index_soon.start()
            if isinstance(answer, Err):
                self.notices.error(answer.error)
            else:
                self.indexed.emit()

        self.tasks.run(
            self._write_lane,
            lambda: self.ready_writer().catch_up(),
            done=done,
            owner=self,
            priority=Priority.INDEX,
        )

    def refresh_history(self) -> None:
        """Read anew what undo and redo would do."""
        self.read(
            self.reader.undo_labels,
            then=lambda labels: self._show_history(*labels),
            newest="history",
        )

    def _show_history(self, undo: str, redo: str) -> None:
        self._labels = undo, redo
        self.history.emit(undo, redo)

    def look_outside(self) -> None:
        """Have every page read anew when another program has written."""

        def done(version: int) -> None:
            before, self._outside = self._outside, version
            if before is not None and before != version:
                self.refresh_all()

        self.tasks.run(
            self._write_lane,
            lambda: self.ready_writer().outside_version(),
            done=_split(done, None, self),
            owner=self,
            priority=Priority.EDIT,
        )

    def refresh_all(self) -> None:
        """Have every page read anew: something changed, and it is not known what."""
        self.changed.emit(Changes(structure=True))
        self.refresh_history()
        self.catch_up()

    def undo(self) -> None:
        """Take the last change back, and say which it was."""
        self.notebook.flush()

        def done(found: tuple[str, Changes] | None) -> None:
            self._said(found, self.tr("Undone: {}"))
            if found:  # known before it is read, so that a key pressed at once finds it
                self._show_history(self._labels[0], found[0])

        self.write(editing.undo, then=done)

    def redo(self) -> None:
        """Do the last undone change again."""

        def done(found: tuple[str, Changes] | None) -> None:
            self._said(found, self.tr("Done again: {}"))
            if found:
                self._show_history(found[0], self._labels[1])

        self.write(editing.redo, then=done)

    def _said(self, found: tuple[str, Changes] | None, text: str) -> None:
        if found is None:
            self.notices.info(self.tr("There is nothing to undo or redo."))
        else:
            self.notices.info(text.format(found[0]))

    def _save_note(
        self,
        paper: str,
        note: str,
        text: str,
        batch: str,
        base: str,
        done: Callable[[str, ReaderError | None], None],
    ) -> None:
        def saved(typed: editing.Typed) -> None:
            done(typed.changes.batch, None)
            if typed.over:
                self.notices.info(
                    self.tr("The note was changed elsewhere meanwhile; that is in its timeline.")
                )

        self.write(
            editing.save_typed,
            paper,
            note,
            text,
            batch,
            base,
            then=saved,
            failed=lambda error: done("", error),
            priority=Priority.NOTE,
        )


def _changes_in(value: Any) -> Changes | None:
    match value:
        case Changes():
            return value
        case (_, Changes() as changes):
            return changes
        case _:
            return getattr(value, "changes", None)


def _split(
    then: Callable[[Any], None], failed: Callable[[ReaderError], None] | None, desk: Desk
) -> Callable[[Answer], None]:
    def done(answer: Answer) -> None:
        match answer:
            case Ok(value):
                then(value)
            case Err(error):
                (failed or desk.notices.error)(error)

    return done
