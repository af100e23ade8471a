"""Import: scan files into a plan, show it, then commit it.

`scan` reads and matches and writes nothing.  `commit` writes a plan as one undo
step in short transactions, so that notes go first even in the middle of it; one
bad item is reported and the rest goes on.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reader.arguments import DOCUMENTS
from reader.domain.errors import InputError, ReaderError, StorageFullError
from reader.domain.fold import title_key
from reader.domain.matching import alike, contradict, identifiers, matching_title, merge
from reader.domain.note_links import title_of
from reader.domain.paper import Attachment, Note, Paper, new_uid
from reader.domain.people import parse_name
from reader.formats import ASKED, FORMATS, Problem, by_name
from reader.formats.base import FreeNote
from reader.library import annotations, files, notes, papers
from reader.library.edits import Edit
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import picture_intake
from reader.services.import_plan import Action, Failure, Plan, Planned, Progress, Result
from reader.services.markdown_intake import NotesBack
from reader.services.parsing import parse
from reader.services.pdf_facts import ReadPdf, draft, plain_text

_LARGEST_TEXT = 512 << 20
_SHOWN = 250  # papers of one file between two signs of progress
_SLICE = 0.06  # seconds of writing in one transaction
_ENDINGS = {
    ending.lower() for fmt in FORMATS if fmt.name not in ASKED for ending in fmt.endings
} | {".pdf"}


class _Seen:
    """The papers a plan already holds, so that a file's own repeats are counted right."""

    def __init__(self) -> None:
        self._papers: list[Paper] = []
        self._by_key: dict[tuple[str, str], list[int]] = {}
        self.files: dict[str, Paper] = {}  # by sha256

    def match(self, paper: Paper) -> int | None:
        """Which of them the paper is: by identifier, else by title, as the library matches."""
        for key in identifiers(paper):
            for place in self._by_key.get(key, ()):
                return place
        certain = matching_title(paper) != ""
        for place in self._by_key.get(("title", title_key(paper.title)), ()):
            known = self._papers[place]
            if not contradict(known, paper) and (certain or alike(known, paper)):
                return place
        return None

    def paper(self, place: int) -> Paper:
        return self._papers[place]

    def put(self, paper: Paper, place: int | None = None) -> None:
        """Remember a paper, or what became of the one at a place."""
        if place is None:
            place = len(self._papers)
            self._papers.append(paper)
        self._papers[place] = paper
        for key in (*identifiers(paper), ("title", title_key(paper.title))):
            places = self._by_key.setdefault(key, [])
            if place not in places:
                places.append(place)


def scan(
    reader: Reader,
    paths: Sequence[Path],
    read_pdf: ReadPdf,
    format_name: str = "",
) -> Generator[Progress, None, Plan]:
    """Read files and folders into a plan.  Yields progress; returns the plan."""
    items: list[Planned] = []
    failed: list[Failure] = []
    seen = _Seen()
    notes_back = NotesBack(reader) if format_name in ASKED else None
    endings = set(by_name(format_name).endings) if format_name else _ENDINGS
    sources = [found for path in paths for found in _walk(path, endings, failed)]
    for number, path in enumerate(sources):
        yield Progress(number, len(sources), path.name)
        before = len(items)
        try:
            with contextlib.closing(_read(path, read_pdf, format_name, failed)) as read:
                for count, item in enumerate(read, start=1):
                    item = notes_back.settled(item) if notes_back else item
                    items.append(_planned(reader, seen, item))
                    if count % _SHOWN == 0:
                        yield Progress(number, len(sources), f"{path.name} {count}")
        except ReaderError as error:
            failed.append(_left(path, error, len(items) - before))
        except OSError as error:
            why = ReaderError(f"It cannot be read ({error.strerror or error}).")
            failed.append(_left(path, why, len(items) - before))
    return Plan(tuple(items), tuple(failed))


def _left(path: Path, error: ReaderError, read: int) -> Failure:
    """A file that could not be read, or not beyond so many papers: why, what that means, what to do."""
    meaning = (
        f"Only what stands before is imported ({read})." if read else "Nothing of it is imported."
    )
    reason = f"{error.message} {meaning} {error.hint}"
    return Failure(str(path), "", " ".join(reason.split()))


def _walk(path: Path, endings: set[str], failed: list[Failure]) -> Iterator[Path]:
    """The files a path means: itself, or what a folder holds that can be imported."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        failed.append(Failure(str(path), "", f"It cannot be opened ({error.strerror})."))
        return
    if stat.S_ISREG(mode):
        yield path
        return
    if not stat.S_ISDIR(mode):
        failed.append(Failure(str(path), "", "It is not a regular file."))
        return
    found = False

    def unreadable(error: OSError) -> None:
        failed.append(Failure(str(error.filename), "", f"It cannot be opened ({error.strerror})."))

    for folder, names, here in os.walk(path, onerror=unreadable, followlinks=False):
        names.sort()
        for name in sorted(here):
            file = Path(folder, name)
            if file.suffix.lower() not in endings or name.startswith("."):
                continue
            with contextlib.suppress(FileNotFoundError):  # gone since it was listed
                if stat.S_ISREG(file.lstat().st_mode):
                    found = True
                    yield file
    if not found:
        failed.append(Failure(str(path), "", "The folder holds nothing that can be imported."))


def _read(
    path: Path, read_pdf: ReadPdf, format_name: str, failed: list[Failure]
) -> Generator[Planned, None, None]:
    with path.open("rb") as stream:
        head = stream.read(1024)
    if not format_name and (b"%PDF-" in head or path.suffix.lower() in DOCUMENTS):
        facts = read_pdf(path)
        yield Planned(str(path), draft(path, facts, parse_name), "add", path, facts.pages)
        return
    if path.stat().st_size > _LARGEST_TEXT:
        raise InputError("It is larger than 512 MB.", "Divide it into smaller files.")
    name = plain_text(path.name)
    with contextlib.closing(parse(path, name, format_name)) as found:
        for it in found:
            if isinstance(it, Problem):
                failed.append(Failure(str(path), it.where, it.reason))
                continue
            if isinstance(it, FreeNote) and it.about:
                yield Planned(str(path), replace(it.about, notes=(it.note,)), "add", note=True)
                continue
            if isinstance(it, FreeNote):
                yield Planned(str(path), Paper(title_of(it.note.text)), "add", free=it)
                continue
            pages = tuple(replace(e, source=e.source or name) for e in it.pages)
            yield Planned(str(path), replace(it, pages=pages), "add")


def _planned(reader: Reader, seen: _Seen, item: Planned) -> Planned:
    """The item with what committing it would do."""
    paper = item.paper
    kept = reader.place.database.exists()
    if item.free is not None:
        known_note = kept and reader.has_note(item.free.note)
        return replace(item, action="unchanged" if known_note else "add")
    if item.file:
        digest = files.sha256_of(item.file)
        if kept and (same := reader.attachment_with(digest)):
            return replace(item, action="unchanged", paper=reader.paper(same[0]))
        if digest in seen.files:
            return replace(item, action="unchanged", paper=seen.files[digest])
        seen.files[digest] = paper
    if item.note and not (kept and reader.find_same(paper)):
        known_note = kept and reader.has_note(Note(text=paper.note))
        return replace(item, action="unchanged" if known_note else "add")
    place = seen.match(paper)
    if place is not None:
        known = seen.paper(place)
    elif kept and (uid := reader.find_same(paper)):
        known = reader.paper(uid)
    else:
        seen.put(paper)
        return item
    merged = merge(known, paper)
    seen.put(merged, place)
    gains = merged != known or item.file is not None
    if not gains and kept and paper.annotations:
        gains = reader.lacks_annotation(paper.annotations)
    return replace(item, action="update" if gains else "unchanged")


def commit(writer: Writer, plan: Plan, label: str = "Import") -> Generator[Progress, None, Result]:
    """Write a plan as one undo step; yields between transactions, returns the result."""
    result = Result(failed=list(plan.failed))
    batch = new_uid()
    # Last first: `ord` grows with each paper, and newest-first then shows a
    # page in its own order.
    waiting = list(plan.items)
    total = len(waiting)
    careful = False
    while waiting:
        yield Progress(total - len(waiting), total)
        try:
            batch = _commit_slice(writer, label, batch, waiting, result, careful=careful)
        except StorageFullError:
            raise
        except Exception:
            if careful:
                raise
            # Nothing of the slice was kept.  That each paper can be taken back by
            # itself costs a third more, and is only paid once one was bad.
            careful = True
    return result


def _commit_slice(
    writer: Writer,
    label: str,
    batch: str,
    waiting: list[Planned],
    result: Result,
    *,
    careful: bool,
) -> str:
    """Write the last of `waiting` in one transaction and take them off; the batch they are in."""
    end = time.monotonic() + _SLICE
    part = Result()
    stored: list[files.Stored] = []
    count = 0
    try:
        with writer.edit(label, batch) as edit:
            for item in reversed(waiting):  # one at least, however long the lock was waited for
                _commit_one(writer, edit, item, part, stored, careful=careful)
                count += 1
                if time.monotonic() >= end:
                    break
    except BaseException:
        for file in stored:
            files.discard(writer.place, file)
        raise
    del waiting[-count:]
    result.added += part.added
    result.notes += part.notes
    result.updated += part.updated
    result.unchanged += part.unchanged
    result.failed += part.failed
    result.changes |= edit.changes()
    return edit.batch  # another one when the reader undid the first part meanwhile


def _commit_one(
    writer: Writer,
    edit: Edit,
    item: Planned,
    result: Result,
    stored: list[files.Stored],
    *,
    careful: bool,
) -> None:
    before = len(stored)
    try:
        with edit.one_item() if careful else contextlib.nullcontext():
            action = _write(writer, edit, item, result, stored)
    except StorageFullError:
        raise
    except ReaderError as error:
        if not careful:
            raise
        for file in stored[before:]:
            files.discard(writer.place, file)
        del stored[before:]
        result.failed.append(Failure(item.source, item.paper.title[:80], error.line()))
        return
    match action:
        case "add":
            result.added += 1
            result.notes += item.is_free
        case "update":
            result.updated += 1
        case "unchanged":
            result.unchanged += 1


def _write(
    writer: Writer, edit: Edit, item: Planned, result: Result, stored: list[files.Stored]
) -> Action:
    connection = edit.connection
    if item.free is not None:
        if notes.is_here(connection, item.free.note):
            return "unchanged"
        picture_intake.add_free(writer, edit, item, item.free, result, stored)
        return "add"
    uid = papers.find_same(connection, item.paper)
    if item.file and item.action == "unchanged":
        return "unchanged"
    if not uid and item.note:
        if notes.is_free(connection, item.paper.note):
            return "unchanged"
        notes.add(edit, "", item.paper.note)
        return "add"
    if not uid:
        uid = papers.add(edit, item.paper)
        _attach_all(writer, edit, uid, item, result, stored)
        annotations.add_new(edit, uid, item.paper)
        return "add"
    changed = papers.extend(edit, uid, item.paper)
    changed = _attach_all(writer, edit, uid, item, result, stored) or changed
    changed = annotations.add_new(edit, uid, item.paper) or changed
    return "update" if changed else "unchanged"


def _attach_all(
    writer: Writer,
    edit: Edit,
    uid: str,
    item: Planned,
    result: Result,
    stored: list[files.Stored],
) -> bool:
    """Attach the PDF the item came from, and the files it names; True when any was new."""
    if not (item.file or item.paper.attachments):
        return False
    beside = Path(item.source).parent  # a relative path is relative to the file that names it
    wanted = [(beside / given.path, given) for given in item.paper.attachments]
    if item.file:
        wanted.append((item.file, Attachment(pages=item.pages)))
    paper = papers.load(edit.connection, uid)
    present = {known.sha256 for known in paper.attachments}
    renamed: dict[str, str] = {}
    attached = False
    for path, given in wanted:
        if given.sha256 and given.sha256 in present:
            continue
        if not files.is_there(path):
            reason = f"Its file {path} is not there; the paper was imported without it."
            result.failed.append(Failure(item.source, item.paper.title[:80], reason))
            continue
        # A crafted list must not be able to fetch any file of the reader's by its name.
        stated = given.sha256 or path == item.file or not Path(given.path).is_absolute()
        if not stated or (given.sha256 and not files.has_content(path, given.sha256)):
            reason = f"Its file {path} is another than the one stated; it was left out."
            result.failed.append(Failure(item.source, item.paper.title[:80], reason))
            continue
        shown = given.role == picture_intake.ROLE and bool(given.sha256)
        name = files.readable_name(paper, path.suffix or ".pdf")
        name = picture_intake.name_for(path) if shown else name  # notes name their pictures
        copy = files.store(writer.place, path, name)
        if copy.sha256 in present:
            files.discard(writer.place, copy)
            continue
        stored.append(copy)
        role = given.role if given.sha256 else ""
        files.add(edit, uid, copy, given.pages, role=role, uid=given.uid, edition=given.edition)
        present.add(copy.sha256)
        attached = True
        if shown and copy.path != path.name:
            renamed[path.name] = copy.path
    if renamed:
        picture_intake.rename(edit, uid, item.paper, renamed)
    return attached


def endings() -> Iterable[str]:
    """The file endings an import knows, PDF among them, for file dialogs."""
    return sorted(_ENDINGS)
