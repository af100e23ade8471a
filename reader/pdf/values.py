"""What a document is asked beyond being read: forms, files within, colours, margins.

Values only, as in `protocol`, which names them for the window.
"""

from __future__ import annotations

from typing import Literal

from reader.domain.annotation import Rect
from reader.domain.pdf_marks import PdfMark
from reader.domain.value import dataclass

FieldKind = Literal["text", "checkbox", "radio", "choice", "signature", "button"]
Rotation = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class PageColors:
    """The colours a page is drawn in: white becomes `paper`, black `ink` (0xRRGGBB).

    What lies between is mapped in proportion and keeps its hue.  On paper darker
    than the ink, lightness is turned around; each channel is then within 4 of
    the paper's.  `keep_images` leaves pictures in their true colours, unless
    they cover more than 85 % of the page, as a scan does.
    """

    paper: int
    ink: int
    keep_images: bool = True


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form where it stands on a page; `rect` in view space.

    `name` is the full name ("person.name"); widgets that share it share the
    value.  `value` is the text, the chosen entry (several by line breaks), or the
    state that is on; `state` is what a checkbox or radio button is when it is
    on, so it is ticked when the two agree.  `options` are the entries of a choice.
    `longest` is the most characters a text may have, 0 for no limit.
    """

    name: str
    kind: FieldKind
    rect: Rect
    value: str = ""
    state: str = ""
    label: str = ""
    options: tuple[str, ...] = ()
    read_only: bool = False
    required: bool = False
    multiline: bool = False
    password: bool = False
    editable: bool = False
    multiple: bool = False
    longest: int = 0


@dataclass(frozen=True, slots=True)
class ChangedCopy:
    """A changed PDF: `data` goes behind the source's bytes (`appended`), or stands alone."""

    data: bytes
    appended: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Annotations of a PDF, a piece of them; `next` is the page and entry to go on from.

    `unread` are those that make no sense: page, entry, subtype, a sentence why.
    """

    found: tuple[PdfMark, ...] = ()
    unread: tuple[tuple[int, int, str, str], ...] = ()
    next: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file within a PDF; `page` is None unless it hangs on one as an annotation.

    `name` is a bare file name, without folders; `size` is None where the PDF
    does not say, times are as in the file.
    """

    index: int
    name: str
    description: str = ""
    size: int | None = None
    mime: str = ""
    modified: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document is, beside its metadata.

    `version` as "PDF 1.7"; `encryption` "" when there is none; `permissions` what
    the file allows ("print", "copy", "change", "annotate", "fill", "assemble");
    `fonts` (name, type, whether it is embedded) of the first pages; `sizes` (width,
    height in points, how many) of the pages looked at, the most common first.
    """

    version: str = ""
    encryption: str = ""
    permissions: tuple[str, ...] = ()
    tagged: bool = False
    linearized: bool = False
    forms: bool = False
    fonts: tuple[tuple[str, str, bool], ...] = ()
    sizes: tuple[tuple[float, float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PageInk:
    """The box of all that is printed on a page, and that of its running text; view space.

    Text that runs another way than most of the page's, such as a stamp up the
    margin, is in `box` only.  A page with nothing on it has no box, one without
    text no `text`.
    """

    box: Rect | None = None
    text: Rect | None = None
