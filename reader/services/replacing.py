"""Another file in an attachment's slot, with every annotation found again in it.

`plan` reads both files and copies the new one; `commit` then writes everything
as one undo step.  A file that the slot held before has all where it was then.
The file of before stays in files/, so undo brings it back with all places;
nothing is ever dropped, and a failure leaves all as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from reader.arguments import DOCUMENTS
from reader.domain.annotation import PageGeometry, ReadingPosition
from reader.domain.bookmark import Bookmark
from reader.domain.errors import InputError, LibraryError, NotFoundError
from reader.domain.marking import Annotation
from reader.domain.paper import Attachment, Changes
from reader.domain.value import dataclass
from reader.library import annotations, files, slots
from reader.library.files import Stored
from reader.library.former_places import Former
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.anchor import Outcome, Replacer, Side
from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfFailure
from reader.services.import_plan import Progress
from reader.services.sides import Opened, look_alike, side_of
from reader.services.texts import Texts

_AT_A_TIME = 8  # annotations between two signs of progress


@dataclass(frozen=True, slots=True)
class Plan:
    """What replacing a file would do; only the copy of the new file is there.

    `before` are the annotations as they were when they were looked for.
    `copied` is whether the stored file is the plan's own, to be discarded with it.
    """

    attachment: str
    stored: Stored
    pages: int | None
    copied: bool
    before: tuple[Annotation, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    position: ReadingPosition | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """How it went: counts, and the uids of annotations that wait for the reader."""

    stayed: int
    moved: int
    unplaced: tuple[str, ...]
    changes: Changes


class Replacing:
    """Plans to replace files; for a lane or the command line, as it waits for the engine."""

    def __init__(self, reader: Reader, engine: Engine, texts: Texts) -> None:
        self._reader = reader
        self._engine = engine
        self._texts = texts

    def plan(self, attachment: str, source: Path) -> Generator[Progress, None, Plan]:
        """Copy another file into the library and find the slot's annotations in it.

        Raises NotFoundError, InputError, PdfFailure or LibraryError; then, and when
        it is closed before its end, nothing was changed and no copy is left.
        """
        paper, slot = self._reader.slot(attachment)
        if not source.exists():
            raise NotFoundError(f"There is no file {source}; nothing was changed.")
        if source.suffix.lower() not in DOCUMENTS:
            raise InputError(f"{source} is not a document; nothing was changed.")
        yield Progress(0, 0, "Opening")
        Opened(self._engine, source).close()  # before anything is copied
        name = files.readable_name(self._reader.paper(paper), source.suffix)
        yield Progress(0, 0, "Copying")
        # Asked first: the copy of a missing file may take the very name that was missing.
        there = not files.missing(self._reader.place, slot)
        stored = files.store(self._reader.place, source, name)
        if stored.sha256 == slot.sha256 and there:
            files.discard(self._reader.place, stored)
            return self._unchanged(slot)
        try:
            return (yield from self._planned(slot, stored, copied=True))
        except BaseException:
            files.discard(self._reader.place, stored)
            raise

    def plan_in_place(self, attachment: str) -> Generator[Progress, None, Plan]:
        """The same for a file that another program has written over where it lies.

        What it was like is known by its kept text alone, where that is kept.
        """
        _, slot = self._reader.slot(attachment)
        path = self._reader.file_of(slot.path)
        if not path.is_file():
            raise NotFoundError(f"The file {slot.path} is missing; nothing was changed.")
        yield Progress(0, 0, "Opening")
        stored = Stored(slot.path, files.sha256_of(path), path.stat().st_size)
        return (yield from self._planned(slot, stored, copied=False))

    def _unchanged(self, slot: Attachment) -> Plan:
        """The very same file: nothing moves."""
        before = self._reader.annotations(slot.uid)
        outcomes = tuple(Outcome("stayed" if it.placed else "unplaced", it) for it in before)
        stored = Stored(slot.path, slot.sha256, slot.size)
        return Plan(slot.uid, stored, slot.pages, False, before, outcomes)

    def _planned(
        self, slot: Attachment, stored: Stored, *, copied: bool
    ) -> Generator[Progress, None, Plan]:
        before = self._reader.annotations(slot.uid)
        bookmarks = self._reader.bookmarks(slot.uid)
        position = self._reader.position(slot.uid)
        with contextlib.ExitStack() as stack:
            opened = Opened(self._engine, self._reader.file_of(stored.path))
            stack.callback(opened.close)
            pages = opened.doc.info.pages
            plan = Plan(slot.uid, stored, pages, copied, before)
            if not (before or bookmarks or position):
                return plan
            new = yield from opened.side(self._texts)
            old, was = yield from self._old(slot, stored, new.frame_of, stack)

            def looks_same(page: int) -> bool:
                return was is not None and look_alike(was.picture(page), opened.picture(page))

            replacer = Replacer(new, old, stored.sha256, looks_same)
            former = self._reader.former_places(slot.uid, stored.sha256)
            outcomes: list[Outcome] = []
            for annotation in before:
                if len(outcomes) % _AT_A_TIME == 0:
                    yield Progress(len(outcomes), len(before), "Finding annotations")
                known = _known(annotation, former, stored.sha256)
                outcomes.append(known or replacer.place(annotation))
            return replace(
                plan,
                outcomes=tuple(outcomes),
                bookmarks=tuple(_marked(replacer, former, bookmarks)),
                position=_position(replacer, position, pages),
            )

    def _old(
        self,
        slot: Attachment,
        stored: Stored,
        frame_of: Callable[[int], PageGeometry],
        stack: contextlib.ExitStack,
    ) -> Generator[Progress, None, tuple[Side | None, Opened | None]]:
        """The document of before: from its file, else from its kept text."""
        path = self._reader.file_of(slot.path)
        if slot.path != stored.path and path.is_file():
            yield Progress(0, 0, "Opening")
            if files.sha256_of(path) == slot.sha256:
                with contextlib.suppress(PdfFailure):
                    opened = Opened(self._engine, path)
                    stack.callback(opened.close)
                    return (yield from opened.side(self._texts)), opened
        kept = self._texts.kept(slot.sha256)
        if kept is None:
            return None, None
        # Its boxes are gone; a file that was saved anew mostly has the same.
        return (yield from side_of(kept, frame_of)), None


def _known(annotation: Annotation, former: Former, sha256: str) -> Outcome | None:
    """Where an annotation was when the slot held this very file, or was made on it elsewhere."""
    kept = former.annotations.get(annotation.uid)
    if kept is not None:
        back = replace(
            annotation,
            parts=kept.parts,
            quote=kept.quote,
            before=kept.before,
            after=kept.after,
            sha256=sha256,
            placed=True,
        )
    elif annotation.uid not in former.annotations and annotation.sha256 == sha256:
        back = replace(annotation, placed=True)
    else:
        return None
    return Outcome("stayed" if back.parts == annotation.parts else "moved", back)


def is_another(reader: Reader, attachment: str) -> bool:
    """Whether a slot's file is no longer the one its annotations were made on.

    Reads the whole file where its size is the same; belongs on a lane.
    """
    _, slot = reader.slot(attachment)
    path = reader.file_of(slot.path)
    if not path.is_file():
        return False
    return path.stat().st_size != slot.size or files.sha256_of(path) != slot.sha256


def _marked(
    replacer: Replacer, former: Former, bookmarks: tuple[Bookmark, ...]
) -> Generator[Bookmark]:
    for bookmark in bookmarks:
        if known := former.bookmarks.get(bookmark.uid):
            page, x, y = known
            yield replace(bookmark, page=page, x=x, y=y)
            continue
        place = replacer.point(bookmark.page, bookmark.x, bookmark.y)
        if place is not None:
            yield replace(bookmark, page=place[0], x=bookmark.x, y=place[2])


def _position(
    replacer: Replacer, position: ReadingPosition | None, pages: int
) -> ReadingPosition | None:
    """Where to go on reading: at the same words, else on the same page as far as there is one."""
    if position is None:
        return None
    place = replacer.point(position.page, position.x, position.y)
    if place is not None:
        return replace(position, page=place[0], y=place[2])
    return replace(position, page=min(position.page, max(pages - 1, 0)))


def commit(writer: Writer, plan: Plan) -> Replaced:
    """Write a plan as one undo step.

    What was annotated or moved since the plan was made was not looked for: it
    waits for the reader.  A failure discards the copy and leaves all as it was.
    """
    try:
        with writer.edit("Replace file") as edit:
            slots.load(edit.connection, plan.attachment)
            paper = edit.paper_of("attachment", plan.attachment)
            slots.put_file(edit, plan.attachment, plan.stored, plan.pages)
            known = {it.annotation.uid: it for it in plan.outcomes}
            made_on = {it.uid: it.parts for it in plan.before}
            outcomes: list[Outcome] = []
            for now in annotations.of_attachment(edit.connection, plan.attachment):
                outcome = known.get(now.uid)
                if outcome is None or made_on[now.uid] != now.parts:
                    outcome = Outcome("unplaced", replace(now, placed=False))
                slots.put_place(edit, outcome.annotation)
                outcomes.append(outcome)
            for bookmark in plan.bookmarks:
                for field in ("page", "x", "y"):
                    edit.set("bookmark", bookmark.uid, field, getattr(bookmark, field))
    except BaseException:
        if plan.copied:
            files.discard(writer.place, plan.stored)
        raise
    if plan.position is not None:
        # The file is replaced: that its place is not remembered is no failure of it.
        with contextlib.suppress(LibraryError):
            writer.save_position(plan.attachment, plan.position)
    count = {how: sum(it.how == how for it in outcomes) for how in ("stayed", "moved")}
    unplaced = tuple(it.annotation.uid for it in outcomes if it.how == "unplaced")
    # A missing file that is there again is a change to see, and none to undo.
    changes = edit.changes() | Changes(frozenset([paper]))
    return Replaced(count["stayed"], count["moved"], unplaced, changes)


def discard(reader: Reader, plan: Plan) -> None:
    """Give up a plan that will not be committed."""
    if plan.copied:
        files.discard(reader.place, plan.stored)
