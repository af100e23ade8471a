"""Papers with notes and annotations as Markdown files: one a paper, or one for all.

The links lead to the PDF beside it or in the library, page by page, and work in
Obsidian and any browser.  The same library gives the same bytes.
"""

from __future__ import annotations

import filecmp
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.errors import ReaderError
from reader.domain.fold import title_key
from reader.domain.marking import Annotation, Kind, pages_of
from reader.domain.marking_groups import Around
from reader.domain.note_links import title_of
from reader.domain.paper import Attachment, Note, Paper
from reader.domain.value import dataclass
from reader.formats import png
from reader.formats.base import FreeNote
from reader.formats.markdown import BETWEEN, MarkdownWriter, Telling, pictures_in
from reader.library.files import readable_name
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import PdfFailure, PdfRefused
from reader.services import whole_files

PICTURES = "pictures"
NOTES = "Notes"  # the folder of free notes
FILES = "files"
_WAIT = 60.0  # longer than every deadline of the engine
_SCALE = 2.0  # pixels a point of a picture
_CHUNK = 1 << 20


Label = Callable[[Annotation], str]


def _by_number(one: Annotation) -> str:
    return pages_of(one, lambda page: str(page + 1))


@dataclass(frozen=True, slots=True)
class Wish:
    """How an export is wanted: the grouping, and whether the PDFs are copied beside it."""

    grouping: str = "page"
    copy_files: bool = False


class MarkdownExport:
    """Writes papers to a place; `problems` tells what could not be had on the way.

    The engine's background child is asked for sections and pictures only; `named` gives
    what names the pages of some annotations.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        meanings: dict[str, str],
        wish: Wish,
        named: Callable[[Sequence[Annotation]], Label] = lambda _: _by_number,
    ) -> None:
        self._engine = engine
        self._meanings = meanings
        self._named = named
        self._wish = wish
        self._beside: dict[str, str] = {}  # title keys of papers with a file of their own
        self.problems: list[str] = []

    def to_folder(self, wanted: Iterable[Paper], folder: Path) -> Iterator[Path]:
        """A file for each paper; yields each when it is written.  ReaderError where none can be."""
        papers = list(wanted)
        names = _names(papers)
        _make(folder)
        self._beside = {
            title_key(paper.title): quote(name) for paper, name in zip(papers, names, strict=True)
        }
        for paper, name in zip(papers, names, strict=True):
            text = MarkdownWriter(self._telling(paper, folder)).document(paper)
            whole_files.write([text.encode()], folder / name)
            yield folder / name

    def to_file(
        self,
        wanted: Iterable[Paper],
        target: Path,
        notes: Iterable[Note] = (),
        file_of: Callable[[str], Path | None] = lambda _: None,
    ) -> None:
        """All papers as one document, free notes behind them; pictures and files stand beside it.

        `file_of` is as in `free_notes`.
        """
        folder = target.absolute().parent
        whole_files.write(self._pieces(wanted, folder, _saying(notes), file_of), target)

    def _pieces(
        self,
        wanted: Iterable[Paper],
        folder: Path,
        notes: list[Note],
        file_of: Callable[[str], Path | None],
    ) -> Iterator[bytes]:
        papers = list(wanted)
        if len(papers) == 1 and not notes:
            writer = MarkdownWriter(self._telling(papers[0], folder))
            yield writer.document(papers[0]).encode()
            return
        separator = ""
        for paper in papers:
            text = "".join(MarkdownWriter(self._telling(paper, folder)).write([paper]))
            yield (separator + text).encode()
            separator = BETWEEN
        if notes:
            named = "\n".join(note.text for note in notes)
            writer = MarkdownWriter(Telling(note_picture=self._held(named, folder, file_of)))
            yield separator.encode()
            yield "".join(writer.write((), map(FreeNote, notes))).encode()

    def _telling(self, paper: Paper, folder: Path) -> Telling:
        pictures: dict[str, str] = {}
        sections: dict[str, str] = {}
        for file in paper.attachments:
            mine = [it for it in paper.annotations if it.attachment == file.uid]
            if mine and file.path.lower().endswith(".pdf"):
                self._ask(Path(file.path), mine, folder, pictures, sections)
        for file in paper.documents if self._wish.copy_files else ():
            self._copy(Path(file.path), folder / FILES)
        label = self._named(paper.annotations)
        around = Around(self._meanings, label, lambda it: sections.get(it.uid, ""))
        return Telling(
            self._wish.grouping,
            around,
            lambda file: self._address(file, folder),
            lambda it: pictures.get(it.uid, ""),
            lambda key: self._beside.get(key, ""),
            self._pictures_of(
                {Path(it.path).name: Path(it.path) for it in paper.attachments if _is_picture(it)},
                folder,
            ),
        )

    def _pictures_of(self, held: Mapping[str, Path], folder: Path) -> Callable[[str], str]:
        """Where pictures of notes are found: copied beside the text when it names them."""

        def address(name: str) -> str:
            source = held.get(name)
            if source is None or not self._copy(source, folder / PICTURES):
                return ""
            return quote(f"{PICTURES}/{name}")

        return address

    def free_notes(
        self, wanted: Iterable[Note], file_of: Callable[[str], Path | None], folder: Path
    ) -> Iterator[Path]:
        """A file for each note of no paper, in a folder of their own; yields each when written.

        `file_of(name)` is the file of a picture that a free note names.  Links to
        papers lead to the files that `to_folder` has written beside.
        """
        notes = _saying(wanted)
        names = _names([Paper(title_of(note.text) or "Note", note.uid) for note in notes])
        home = folder / NOTES
        for note, name in zip(notes, names, strict=True):
            _make(home)
            telling = Telling(
                paper=lambda key: f"../{self._beside[key]}" if key in self._beside else "",
                note_picture=self._held(note.text, home, file_of),
            )
            whole_files.write([MarkdownWriter(telling).free_note(note).encode()], home / name)
            yield home / name

    def _held(
        self, text: str, folder: Path, file_of: Callable[[str], Path | None]
    ) -> Callable[[str], str]:
        """Where the pictures that a text of free notes names are found."""
        named = {found: file_of(found) for found in pictures_in(text)}
        return self._pictures_of({it: path for it, path in named.items() if path}, folder)

    def _address(self, file: Attachment, folder: Path) -> str:
        source = Path(file.path)
        if self._wish.copy_files:
            return quote(f"{FILES}/{source.name}")
        try:
            return quote(Path(os.path.relpath(source, folder.absolute())).as_posix())
        except ValueError:  # another drive
            return source.as_uri()

    def _copy(self, source: Path, folder: Path) -> bool:
        """Have a file in a folder; False when there is none, which is told."""
        if not (source.is_file() and os.access(source, os.R_OK)):
            wrong = "cannot be read" if source.is_file() else "is not there"
            self.problems.append(f"The file {source} {wrong}; it was not copied.")
            return False
        target = folder / source.name
        if not (target.is_file() and filecmp.cmp(source, target, shallow=False)):
            _make(folder)
            with source.open("rb") as stream:
                whole_files.write(iter(lambda: stream.read(_CHUNK), b""), target)
        return True

    def _ask(
        self,
        path: Path,
        mine: list[Annotation],
        folder: Path,
        pictures: dict[str, str],
        sections: dict[str, str],
    ) -> None:
        """Have the engine tell the sections and draw the pictures, where any are wanted."""
        drawn = [it for it in mine if it.kind is Kind.AREA and it.placed]
        if not drawn and self._wish.grouping != "section":
            return
        engine = self._engine()
        try:
            document = engine.open(path, background=True).result(_WAIT)
        except (ReaderError, OSError) as error:
            why = str(error).rstrip(".")
            self.problems.append(f"{path.name}: {why}; pictures and sections are missing.")
            return
        try:
            if self._wish.grouping == "section":
                sections |= sections_of(engine, document, mine)
            for annotation in drawn:
                name = f"{PICTURES}/{annotation.uid}.png"
                try:
                    data = draw(engine, document, annotation)
                except PdfFailure as error:
                    why = str(error).rstrip(".")
                    self.problems.append(f"{path.name}: {why}; a picture is missing.")
                    continue
                _make(folder / PICTURES)
                whole_files.write([data], folder / name)
                pictures[annotation.uid] = name
        finally:
            engine.forget(document)


def _saying(notes: Iterable[Note]) -> list[Note]:
    return [note for note in notes if note.text.strip()]


def _is_picture(file: Attachment) -> bool:
    return file.role == "picture"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReaderError(
            f"The folder {folder} cannot be made ({error.strerror}); the library is unharmed.",
            "Choose another place.",
            str(error),
        ) from error


def _names(papers: list[Paper]) -> list[str]:
    """A file name for each, the same whatever else is exported unless two are alike."""
    names = [readable_name(paper, ".md") for paper in papers]
    for length in (8, None):  # ids that another program made may begin alike
        several = Counter(name.casefold() for name in names)
        names = [
            name
            if several[name.casefold()] == 1
            else f"{readable_name(paper, '.md')[:-3]} ({paper.uid[:length]}).md"
            for name, paper in zip(names, papers, strict=True)
        ]
    return names


def draw(engine: Engine, document: Document, annotation: Annotation) -> bytes:
    """The place of an annotation as a PNG file, without what is drawn over it."""
    part = annotation.parts[0]
    geometry = _frame(engine, document, part.page)
    picture = engine.render(
        document, part.page, _SCALE, clip=_seen(geometry, part.box), annotations=False
    ).result(_WAIT)
    return png.write(picture.width, picture.height, picture.stride, picture.pixels)


def _frame(engine: Engine, document: Document, page: int) -> PageGeometry:
    """The boxes of a page; PdfFailure where there is none, as of a file that was replaced."""
    if page >= document.info.pages:
        raise PdfRefused(f"The document has no page {page + 1}.", stage="geometry")
    [frame] = engine.geometry(document, page, 1).result(_WAIT)
    return frame


def _seen(geometry: PageGeometry, box: Rect) -> Rect:
    """A box of user space in view space, inside of the page."""
    x0, y0, x1, y1 = box
    left, top, right, bottom = geometry.quad_to_view((x0, y1, x1, y1, x0, y0, x1, y0))
    width, height = geometry.size
    return max(left, 0.0), max(top, 0.0), min(right, width), min(bottom, height)


def sections_of(engine: Engine, document: Document, mine: list[Annotation]) -> dict[str, str]:
    """The outline's heading above each annotation, by uid; empty where there is no outline."""
    try:
        outline = engine.outline(document).result(_WAIT)
    except PdfFailure:
        return {}
    heads = sorted((it.page, it.y, it.title) for it in outline if it.page is not None)
    found: dict[str, str] = {}
    boxes: dict[int, PageGeometry] = {}
    for annotation in mine:
        page = annotation.page
        if page not in boxes:
            try:
                boxes[page] = _frame(engine, document, page)
            except PdfFailure:
                continue
        top = _seen(boxes[page], annotation.parts[0].box)[1]
        above = [title for at, y, title in heads if (at, y) <= (page, top + 2)]
        if above:
            found[annotation.uid] = " ".join(above[-1].split())
    return found
