"""What the window, the engine and its child processes say to each other.

Values only; no input or output, no Qt, no PyMuPDF.  View space is described in
`reader.domain.annotation`: points, y down, origin at the top-left corner of the
rotated CropBox.  Pages are 0-based.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from reader.domain.annotation import PageGeometry, Quad, Rect
from reader.domain.errors import PdfError
from reader.domain.value import dataclass
from reader.pdf.finding import (
    Book,
    Found,
    Hit,
    HitLine,
    Query,
    find_in_page,
    hit_line,
    spans_in_page,
)
from reader.pdf.slots import SIZE
from reader.pdf.text import PageText, Style
from reader.pdf.values import (
    ChangedCopy,
    EmbeddedFile,
    FieldKind,
    FormField,
    Marks,
    PageColors,
    PageInk,
    Properties,
    Rotation,
)

__all__ = [
    "Book",
    "ChangedCopy",
    "DocumentInfo",
    "EmbeddedFile",
    "EngineEvent",
    "FieldKind",
    "FormField",
    "Found",
    "Hit",
    "HitLine",
    "LabelRule",
    "Limits",
    "Marks",
    "Metadata",
    "OutlineItem",
    "PageColors",
    "PageInk",
    "PageLabels",
    "PageText",
    "PdfAnnotation",
    "PdfCrashed",
    "PdfEncrypted",
    "PdfFailure",
    "PdfLink",
    "PdfMemory",
    "PdfQuarantined",
    "PdfRefused",
    "PdfTimeout",
    "Picture",
    "Properties",
    "Query",
    "Rotation",
    "Stage",
    "Style",
    "find_in_page",
    "hit_line",
    "spans_in_page",
]

Stage = Literal[
    "start", "open", "metadata", "outline", "geometry", "labels", "render", "glance", "text",
    "links", "annotations", "fields", "filled", "embedded", "extract", "properties", "table", "ink",
    "marks", "annotated",
]  # fmt: skip
_SAVING = ("filled", "annotated", "extract")


EventKind = Literal["ready", "restarted", "quarantined"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost.  Seconds, bytes, counts; tests use smaller ones.

    `idle` is how long the background child waits for work before it ends;
    `recycle_documents` and `recycle_rss` say when a child is replaced by a
    fresh one.  Lists longer than their limit are cut, never refused.  `unpacked`
    is what a book in a ZIP archive may come to, and each picture of a comic.
    """

    start: float = 30.0
    open: float = 10.0
    stage: float = 5.0
    saving: float = 60.0
    inspect: float = 60.0
    idle: float = 60.0
    pixels: int = 32_000_000
    memory: int = 2 << 30
    store: int = 64 << 20
    slot: int = SIZE
    recycle_documents: int = 200
    recycle_rss: int = 500 << 20
    crashes: int = 2
    reply: int = 256 << 20
    characters: int = 500_000
    items: int = 50_000
    marks: int = 200_000
    outline_depth: int = 64
    geometry: int = 1_000
    first_geometry: int = 32
    hashed: int = 32 << 20
    unpacked: int = 256 << 20

    def deadline(self, stage: str) -> float:
        """Seconds a stage may take."""
        if stage in _SAVING:
            return self.saving
        return self.open if stage == "open" else self.stage


class PdfFailure(PdfError):  # noqa: N818 - its children are named for what happened
    """A request the engine could not answer; `stage` and `page` say which one."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        details: str = "",
        *,
        stage: str = "",
        page: int | None = None,
    ) -> None:
        super().__init__(message, hint, details)
        self.stage = stage
        self.page = page


class PdfRefused(PdfFailure):
    """Not a document we open, too damaged, or more than the limits allow."""


class PdfEncrypted(PdfFailure):
    """The file asks for a password; `wrong` when one was given and does not fit."""

    wrong: bool = False


class PdfTimeout(PdfFailure):
    """The stage did not end within its deadline."""


class PdfMemory(PdfFailure):
    """The stage needed more memory than a file may have."""


class PdfCrashed(PdfFailure):
    """The child process died over this request, or could not be started."""


class PdfQuarantined(PdfFailure):
    """The file crashed the engine too often; `Engine.release` tries it again."""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known as soon as a document is open.

    `geometry` is that of the first pages, at most `Limits.first_geometry`.
    `kind` is "pdf", "epub", "xps", "cbz", "docx" or "image", by the file's bytes.
    `needs_password` says that it was opened with one.  `sha256` is "" for a
    file larger than `Limits.hashed`, which is not worth the wait.
    """

    pages: int
    sha256: str = ""
    needs_password: bool = False
    kind: str = "pdf"
    title: str = ""
    author: str = ""
    repaired: bool = False
    geometry: tuple[PageGeometry, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """The information dictionary as it stands in the file, and the XMP packet's text."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    creator: str = ""
    producer: str = ""
    created: str = ""
    modified: str = ""
    xmp: str = ""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark; level 1 is the outermost.  `page` is None where it leads nowhere.

    `x` and `y` are view space points of the target page.
    """

    level: int
    title: str
    page: int | None
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A place to click: either `page` with a point, or `uri`.

    Only destinations inside the document and http, https, mailto and doi
    addresses are ever reported.
    """

    rect: Rect
    page: int | None = None
    x: float = 0.0
    y: float = 0.0
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a page, or of a clip of it, 4 bytes each: blue, green, red, 255.

    On every machine Qt runs on this is QImage.Format_RGB32, and needs no
    conversion: QImage(p.pixels, p.width, p.height, p.stride, Format_RGB32).
    A glance may show the first of very many lines only, or be coarser than it was asked for; it
    is not `whole` then, and a picture as asked for is still wanted.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class LabelRule:
    """From `page` on: `prefix` and a number from `first` up in `style` (D R r A a or "")."""

    page: int
    style: str
    prefix: str
    first: int


@dataclass(frozen=True, slots=True)
class PageLabels:
    """The names pages go by ("iv", "A-3"), as rules, since a document may have a million."""

    rules: tuple[LabelRule, ...] = ()

    def label(self, page: int) -> str:
        """The label of a page; its 1-based number where the document names none."""
        rule = next((r for r in reversed(self.rules) if r.page <= page), None)
        if rule is None:
            return str(page + 1)
        number = rule.first + page - rule.page
        match rule.style:
            case "D":
                text = str(number)
            case "R":
                text = _roman(number)
            case "r":
                text = _roman(number).lower()
            case "A":
                text = _letters(number)
            case "a":
                text = _letters(number).lower()
            case _:
                text = ""
        return rule.prefix + text


@dataclass(frozen=True, slots=True)
class PdfAnnotation:
    """An annotation of the file.  Quads and rect are in user space, times as in the file.

    `color` is red, green, blue from 0 to 1, empty when none is given.
    """

    kind: str
    rect: Rect
    quads: tuple[Quad, ...] = ()
    contents: str = ""
    author: str = ""
    modified: str = ""
    color: tuple[float, ...] = ()
    uid: str = ""


@dataclass(frozen=True, slots=True)
class EngineEvent:
    """Something the reader may want to know: a child was restarted, a file quarantined."""

    kind: EventKind
    background: bool
    path: Path | None = None
    stage: str = ""
    reason: str = ""


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(number: int) -> str:
    if not 0 < number < 10_000:  # a crafted start would make a label of megabytes
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    if not 0 < number < 10_000:
        return str(number)
    count, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (count + 1)
