"""Annotations: their kinds and colours, what is kept of each, how one is laid over a page.

An annotation is the reader's own: the library is its home, and a PDF only gets
a copy.  It hangs on a slot of a paper (an attachment's uid) and carries the
evidence by which it is found again in another file: the page and quads, the
words it covers with CONTEXT characters on either side, and the file's hash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from enum import StrEnum

from reader.domain.annotation import Quad, Rect
from reader.domain.value import dataclass

CONTEXT = 32  # characters kept before and after a quote
LONGEST_QUOTE = 100_000

# x, y in PDF user space, and how hard the pen was pressed, 0 to 1 (1 where unknown).
PenPoint = tuple[float, float, float]
Stroke = tuple[PenPoint, ...]


class Kind(StrEnum):
    """What an annotation is; the value is its name in JSON and on the command line."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    SQUIGGLY = "squiggly"
    NOTE = "note"
    TEXT = "text"
    AREA = "area"
    INK = "ink"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    LINE = "line"
    ARROW = "arrow"

    @property
    def on_text(self) -> bool:
        """Whether it covers words, and is found again by them."""
        return self in _ON_TEXT


_ON_TEXT = frozenset({Kind.HIGHLIGHT, Kind.UNDERLINE, Kind.STRIKEOUT, Kind.SQUIGGLY})


@dataclass(frozen=True, slots=True)
class Color:
    """A colour of the palette: its name, how it looks, what it means unless renamed."""

    name: str
    rgb: str  # "#rrggbb"
    meaning: str


PALETTE = (
    Color("yellow", "#f2c029", "important"),
    Color("red", "#e5484d", "doubt"),
    Color("green", "#46a758", "result"),
    Color("blue", "#3e8fe0", "method"),
    Color("purple", "#8e5bd0", "claim"),
    Color("magenta", "#d6409f", "question"),
    Color("orange", "#ef7d22", "definition"),
    Color("gray", "#8a8f98", "background"),
)
COLORS = {color.name: color for color in PALETTE}
_RGB = re.compile(r"#[0-9a-f]{6}")

# The kinds of claim cards the program comes with; a reader may name others.
CARDS = ("claim", "method", "result", "question", "doubt")


def is_color(text: str) -> bool:
    """Whether a colour can be kept: a name of the palette or "#rrggbb"."""
    return text in COLORS or bool(_RGB.fullmatch(text))


def rgb_of(color: str) -> str:
    """How a kept colour looks, as "#rrggbb"."""
    known = COLORS.get(color)
    return known.rgb if known else color if _RGB.fullmatch(color) else PALETTE[0].rgb


@dataclass(frozen=True, slots=True)
class Part:
    """What of an annotation lies on one page (0-based), in PDF user space.

    `quads` cover the words, a line each; of other kinds the one quad is the
    box.  `strokes` are the lines of ink, or the two ends of a line or arrow.
    `at` is where in the page's text it begins, in characters; -1 unknown.
    """

    page: int
    quads: tuple[Quad, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    at: int = field(default=-1, compare=False)

    @property
    def box(self) -> Rect:
        """The box around it, x0 y0 x1 y1, y up; raises ValueError when it is empty."""
        xs = [quad[i] for quad in self.quads for i in (0, 2, 4, 6)]
        ys = [quad[i] for quad in self.quads for i in (1, 3, 5, 7)]
        xs += [point[0] for stroke in self.strokes for point in stroke]
        ys += [point[1] for stroke in self.strokes for point in stroke]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation; a draft has no uid and no times yet.

    `parts` are in the order of pages, at least one.  `size` is the width of a
    line or the font size of free text, points; 0 is the kind's own.  `tags` are
    names, `note` and `picture` uids of a note and an attachment.  `card` is the
    kind of claim card it is, "" for none.  `placed` is False while the slot's
    present file has no place for it; `parts` then tell where it was.
    `nm` and `seen` belong to the PDF it came from: its /NM there, and a
    fingerprint of how it looked there.
    """

    kind: Kind
    parts: tuple[Part, ...]
    attachment: str = ""
    color: str = "yellow"
    quote: str = ""
    before: str = ""
    after: str = ""
    comment: str = ""
    tags: tuple[str, ...] = ()
    size: float = 0.0
    author: str = ""
    note: str = ""
    card: str = ""
    picture: str = ""
    sha256: str = ""
    placed: bool = True
    nm: str = ""
    seen: str = ""
    uid: str = ""
    created: str = ""
    modified: str = ""

    @property
    def page(self) -> int:
        """The page on which it begins, 0-based."""
        return self.parts[0].page

    @property
    def place(self) -> tuple[int, float, float]:
        """Its order in the document: page, then from the top, then from the left."""
        x0, _, _, y1 = self.parts[0].box
        return self.page, -y1, x0

    def on(self, page: int) -> Part | None:
        """What of it lies on a page."""
        return next((part for part in self.parts if part.page == page), None)


def pages_of(one: Annotation, name: Callable[[int], str]) -> str:
    """The pages an annotation lies on by their names: "iv", or "3–4" where it runs on."""
    first, last = one.parts[0].page, one.parts[-1].page
    return name(first) if first == last else f"{name(first)}–{name(last)}"


def in_order(found: Iterable[Annotation]) -> list[Annotation]:
    """In the order of the document: by page, and there as its text runs, column after column.

    By height on pages of which that is not known of every one.
    """
    return as_read(sorted(found, key=lambda one: one.place))


def as_read(found: Iterable[Annotation]) -> list[Annotation]:
    """The same for those that are in the order of their pages and heights already."""
    starts = [(one.parts[0].page, one.parts[0].at, one) for one in found]
    unread = {page for page, at, _ in starts if at < 0}
    starts.sort(key=lambda it: (it[0], -1 if it[0] in unread else it[1]))
    return [one for _, _, one in starts]


# What a PDF's text must not bring into the library or out of it: controls but tab and
# line feed, lone surrogates, marks that turn the direction of what follows, non-characters.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
_HYPHEN = re.compile("\xad[ \t]*\n?[ \t]*")
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip


def clean_text(text: str) -> str:
    """Text that may be stored, found and exported: no NULs, surrogates or bidi controls.

    Ligatures are spelt out, soft hyphens and what they part are joined; line
    feeds and tabs stay.
    """
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    for ending in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(ending, "\n")
    text = _HYPHEN.sub("", text)
    return _UNCLEAN.sub("", text)


def clean(annotation: Annotation) -> Annotation:
    """The annotation with every text clean and no quote without end."""
    return replace(
        annotation,
        quote=clean_text(annotation.quote)[:LONGEST_QUOTE],
        before=clean_text(annotation.before)[-CONTEXT:],
        after=clean_text(annotation.after)[:CONTEXT],
        comment=clean_text(annotation.comment),
        author=" ".join(clean_text(annotation.author).split()),
        card=" ".join(clean_text(annotation.card).split()),
        tags=tuple(dict.fromkeys(annotation.tags)),
    )
