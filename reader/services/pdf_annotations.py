"""Annotations of a PDF taken over into the library, again and again: changed and new ones only.

`read` and `plan` look and write nothing; `commit` writes a plan as one undo step.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import field, replace
from pathlib import Path

from reader.domain.errors import NotFoundError, ReaderError, StorageFullError
from reader.domain.paper import Changes, new_uid
from reader.domain.pdf_marks import look_of
from reader.domain.pdf_merging import Fate, Found, Known, Step, Unread, added, gather, plan, updated
from reader.domain.value import dataclass
from reader.library import annotations
from reader.library.edits import Edit
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import Marks
from reader.services.import_plan import Failure, Progress
from reader.services.quoted_words import QuotedWords

MOST = 200_000  # annotations of a file that are taken over
LABEL = "Import annotations"
_WAIT = 60.0  # longer than every deadline of the engine: it always answers
_SLICE = 0.06  # seconds of writing in one transaction


@dataclass(frozen=True, slots=True)
class InFile:
    """The annotations of a PDF, and the marks that were left out."""

    found: tuple[Found, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing would do; nothing has been written yet.  `source` is the file's name."""

    attachment: str
    source: str
    steps: tuple[Step, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def news(self) -> int:
        """How many annotations the library does not have as the file has them."""
        return sum(step.fate != "unchanged" for step in self.steps)

    @property
    def taken(self) -> dict[int, tuple[int, ...]]:
        """The entries of each page that are annotations of the library, or were deleted there."""
        entries: dict[int, list[int]] = {}
        for step in self.steps:
            for page, index in step.found.entries if step.known is not None else ():
                entries.setdefault(page, []).append(index)
        return {page: tuple(sorted(found)) for page, found in entries.items()}


@dataclass(slots=True)
class Result:
    """What an import did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_twice: int = 0
    failed: list[Failure] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


def read(engine: Engine, doc: Document) -> InFile:
    """All annotations of an open PDF; waits.  Raises PdfFailure where none can be read.

    At most about MOST of them, within Limits.inspect seconds: that there are more
    is named among those left out.
    """
    end = time.monotonic() + engine.limits.inspect
    pieces: list[Marks] = []
    place: tuple[int, int] | None = (0, 0)
    count = 0
    while place is not None and count < MOST and time.monotonic() < end:
        pieces.append(engine.marks(doc, *place).result(_WAIT))
        count += len(pieces[-1].found) + len(pieces[-1].unread)
        place = pieces[-1].next
    return gathered(pieces)


def gathered(pieces: Sequence[Marks]) -> InFile:
    """The annotations of a PDF from the pieces in which it was read."""
    marks = [mark for piece in pieces for mark in piece.found]
    unread = [Unread(*left_out) for piece in pieces for left_out in piece.unread]
    if pieces and pieces[-1].next:
        why = "The file has more annotations than are taken over."
        unread.append(Unread(*pieces[-1].next, "", why))
    found, broken = gather(marks)
    return InFile(tuple(found), (*unread, *broken))


def known_of(reader: Reader, attachment: str) -> Known:
    """What the library has of an attachment."""
    return Known(reader.annotations(attachment), reader.removed_annotations(attachment))


def compare(in_file: InFile, known: Known, attachment: str, source: str) -> Plan:
    """What importing a file's annotations would do."""
    return Plan(attachment, source, tuple(plan(in_file.found, known)), in_file.unread)


def plan_import(
    reader: Reader, engine: Engine, path: Path, attachment: str, sha256: str, password: str = ""
) -> Plan:
    """Read a file in the background and compare it; new annotations have the words they cover."""
    doc = engine.open(path, password, background=True).result(_WAIT)
    try:
        found = compare(read(engine, doc), known_of(reader, attachment), attachment, path.name)
        words = QuotedWords(engine, doc)
        steps = tuple(_filled(step, words, sha256) for step in found.steps)
        return replace(found, steps=steps)
    finally:
        engine.forget(doc)


def _filled(step: Step, words: QuotedWords, sha256: str) -> Step:
    """The step with what the standard's keys do not tell of its annotation."""
    mark = step.found.annotation
    if step.fate == "unchanged":
        return step
    if not (mark.quote or mark.before or mark.after) and mark.seen != step.found.wrote:
        mark = words.quoted(mark)
    return replace(step, found=replace(step.found, annotation=replace(mark, sha256=sha256)))


def commit(
    writer: Writer, plans: Sequence[Plan], label: str = LABEL
) -> Generator[Progress, None, Result]:
    """Write plans as one undo step; yields between transactions, returns the result."""
    result = Result()
    batch = new_uid()
    waiting = [(found, step) for found in plans for step in reversed(found.steps)]
    for found in plans:
        result.failed += [_failure(found, item) for item in found.unread]
    total = len(waiting)
    while waiting:
        yield Progress(total - len(waiting), total)
        end = time.monotonic() + _SLICE
        with writer.edit(label, batch) as edit:
            while waiting:  # one at least, however long the lock was waited for
                _commit_one(edit, *waiting.pop(), result)
                if time.monotonic() >= end:
                    break
        batch = edit.batch  # another one when the reader undid the first part meanwhile
        result.changes |= edit.changes()
    return result


def _failure(found: Plan, item: Unread) -> Failure:
    where = f"page {item.page + 1}, annotation {item.index + 1}"
    return Failure(
        found.source, f"{where} ({item.subtype})" if item.subtype else where, item.reason
    )


def _commit_one(edit: Edit, found: Plan, step: Step, result: Result) -> None:
    if step.fate == "unchanged":
        result.unchanged += 1
        return
    try:
        with edit.one_item():
            fate = _write(edit, found, step)
    except StorageFullError:
        raise
    except ReaderError as error:
        page, index = step.found.entries[0]
        broken = Unread(page, index, step.found.annotation.kind.value, error.line())
        result.failed.append(_failure(found, broken))
        return
    match fate:
        case "add":
            result.added += 1
        case "update" | "restore":
            result.updated += 1
        case "twice":
            result.kept_twice += 1
        case "unchanged":
            result.unchanged += 1


def _write(edit: Edit, found: Plan, step: Step) -> Fate:
    if step.known is None:
        annotations.add(edit, added(step, found.attachment))
        return step.fate
    if step.fate == "restore":
        edit.set("annotation", step.known.uid, "deleted", None)
    try:
        now = annotations.load(edit.connection, step.known.uid)
    except NotFoundError:  # deleted while the file was read
        return "unchanged"
    if step.fate == "twice" or look_of(now) != look_of(step.known):
        annotations.add(edit, added(replace(step, fate="twice"), found.attachment))
        return "twice"
    annotations.change(edit, updated(replace(step, known=now)))
    return step.fate
