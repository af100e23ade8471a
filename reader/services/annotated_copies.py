"""Copies of PDFs with the library's annotations in them, as every viewer shows them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from reader.domain.counting import counted
from reader.domain.errors import InputError, NotFoundError, ReaderError
from reader.domain.marking import Annotation
from reader.domain.paper import Attachment, Paper
from reader.domain.pdf_marks import Drawn, drawn
from reader.domain.pdf_merging import Entry, match
from reader.domain.value import dataclass
from reader.library.files import sha256_of
from reader.library.reading import Reader
from reader.pdf.engine import Document, Engine
from reader.services import copies, whole_files
from reader.services.import_plan import Failure, Progress
from reader.services.pdf_annotations import known_of, read
from reader.services.sealed import is_untouched, sealed

_WAIT = 120.0  # longer than every deadline of the engine: it always answers
_MOST = 48 << 20  # bytes that annotations may come to on their way to the engine


@dataclass(frozen=True, slots=True)
class Saved:
    """How many annotations a copy has of the library's, and how many have no place in the file."""

    written: int
    unplaced: int


@dataclass(slots=True)
class Exported:
    """What went into a folder: copies, papers without a PDF, what was left out, what failed."""

    written: int = 0
    annotations: int = 0
    without: list[Paper] = field(default_factory=list)
    left_out: list[Failure] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


def save(
    engine: Engine,
    reader: Reader,
    path: Path,
    attachment: str,
    target: Path,
    *,
    password: str = "",
    values: Mapping[str, str] | None = None,
    seal: bool = False,
) -> Saved:
    """Write a copy of an attachment's file with its annotations, and form fields filled in.

    The file itself is never written to.  Annotations of the file that were
    imported are replaced by the library's, those deleted there are left out,
    all others stay.  With a `seal` a copy that has annotations tells whose it is.
    Raises PdfFailure where the document forbids it, InputError for the document's
    own file or too much to be written, else ReaderError.
    """
    copies.refuse_itself(path, target)
    doc = engine.open(path, password, background=True).result(_WAIT)
    try:
        pieces, saved = _made(engine, reader, doc, attachment, values or {})
    finally:
        engine.forget(doc)
    if seal and saved.written:
        pieces = sealed(pieces, attachment)
    whole_files.write(pieces, target)
    return saved


def _made(
    engine: Engine, reader: Reader, doc: Document, attachment: str, values: Mapping[str, str]
) -> tuple[Iterable[bytes], Saved]:
    """The copy's bytes, and what is in it."""
    known = known_of(reader, attachment)
    placed = [item for item in known.live if _fits(item, doc.info.pages)]
    saved = Saved(len(placed), len(known.live) - len(placed))
    found = read(engine, doc).found
    goes = {item.uid for item in (*placed, *known.deleted)}
    removed: list[Entry] = [
        entry
        for mark, mine in zip(found, match(found, known), strict=True)
        if mine is not None and mine.uid in goes
        for entry in mark.entries
    ]
    if not placed and not removed and not values:
        return copies.pieces(doc.path), saved
    meanings = reader.meanings()
    marks = [mark for item in placed for mark in drawn(item, meanings)]
    _refuse_too_much(marks)
    copy = engine.annotated(doc, marks, removed, values).result(_WAIT)
    return _both(copies.pieces(doc.path) if copy.appended else (), copy.data), saved


def _fits(annotation: Annotation, pages: int) -> bool:
    return annotation.placed and all(0 <= part.page < pages for part in annotation.parts)


def _refuse_too_much(marks: Sequence[Drawn]) -> None:
    size = sum(
        400
        + 6 * (len(mark.contents) + len(mark.private))
        + 120 * len(mark.quads)
        + 40 * sum(map(len, mark.strokes))
        for mark in marks
    )
    if size > _MOST:
        raise InputError(
            f"The document has {len(marks)} annotations, more than can be written into a copy; "
            "nothing was written.",
            "They stay in the library.",
        )


def _both(before: Iterable[bytes], after: bytes) -> Iterator[bytes]:
    yield from before
    yield after


# -- a folder of them


def to_folder(
    engine: Engine, reader: Reader, papers: Iterable[Paper], folder: Path
) -> Generator[Progress, None, Exported]:
    """Write an annotated copy of every PDF of the papers into a folder, under readable names.

    What is there already and is no untouched copy of the same file stays: the
    copy gets another name.
    """
    done = Exported()
    taken: set[str] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made a folder ({error.strerror}).") from error
    for paper in papers:
        files = [item for item in paper.attachments if item.path.lower().endswith(".pdf")]
        if not files:
            done.without.append(paper)
        for item in files:
            yield Progress(done.written, 0, paper.title)
            _export(engine, reader, paper, item, _free(folder, item, taken), done)
    return done


def _export(
    engine: Engine, reader: Reader, paper: Paper, item: Attachment, target: Path, done: Exported
) -> None:
    try:
        if not Path(item.path).is_file():
            raise NotFoundError(f"The file {item.path} is not there any more.")
        saved = save(engine, reader, Path(item.path), item.uid, target, seal=True)
    except ReaderError as error:
        done.failed.append(Failure(paper.title, Path(item.path).name, error.line()))
        return
    done.written += 1
    done.annotations += saved.written
    if saved.unplaced:
        one = "1 annotation has no place in the file and was left out."
        many = "{} annotations have no place in the file and were left out."
        why = counted(saved.unplaced, one, many)
        done.left_out.append(Failure(paper.title, Path(item.path).name, why))


def _free(folder: Path, item: Attachment, taken: set[str]) -> Path:
    """A path that nothing else has: "Gu - STARFlow.pdf", else "... (2).pdf"."""
    name = Path(item.path)
    target, number = folder / name.name, 1
    while target.name.casefold() in taken or not _may_be_replaced(target, item):
        number += 1
        target = folder / f"{name.stem} ({number}){name.suffix}"
    taken.add(target.name.casefold())
    return target


def _may_be_replaced(target: Path, item: Attachment) -> bool:
    """Whether nothing of anybody's is lost where a copy is written: an older one of it, if any."""
    try:
        if not target.exists():
            return not target.is_symlink()
        if not target.is_file():
            return False
        same = target.stat().st_size == item.size and sha256_of(target) == item.sha256
        return same or is_untouched(target, item.uid)
    except OSError:
        return False
