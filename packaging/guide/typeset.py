"""Lines of mixed type: a small markup, broken into lines and drawn with PyMuPDF.

Marks: **bold**, *italic*, `code`, {key}, [text](#anchor), [text](https://...),
a bare https address, and [1] for a reference.  Lengths are points, y down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

Colour = tuple[float, float, float]


def colour(code: str) -> Colour:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


TEXT, MUTED, ACCENT = colour("#1f2328"), colour("#6b7078"), colour("#3b5bdb")
LINE, PANE, TINT, PAPER = (
    colour("#dededa"),
    colour("#f4f4f2"),
    colour("#e3e9ff"),
    colour("#fbfbfa"),
)


def length(font: pymupdf.Font, text: str, size: float) -> float:
    """How wide a text is in a face."""
    # The stub says int; the function takes any number.
    return font.text_length(text, size)  # pyright: ignore[reportArgumentType]


class Faces:
    """The typefaces of one build; Inter from resources/, Times from MuPDF for formulas."""

    def __init__(self) -> None:
        self.regular = self._inter("Regular")
        self.italic = self._inter("Italic")
        self.medium = self._inter("Medium")
        self.semibold = self._inter("SemiBold")
        self.bold = self._inter("Bold")
        self.math = pymupdf.Font("tiro")
        self.math_italic = pymupdf.Font("tiit")
        self.symbol = pymupdf.Font("symb")

    @staticmethod
    def _inter(weight: str) -> pymupdf.Font:
        return pymupdf.Font(fontfile=str(FONTS / f"Inter-{weight}.ttf"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one face that is not broken; `link` is an address, "#anchor" or ""."""

    text: str
    font: pymupdf.Font
    size: float
    colour: Colour = TEXT
    link: str = ""
    box: str = ""  # "" | code | key

    @property
    def width(self) -> float:
        return length(self.font, self.text, self.size)


Word = list[Piece]


@dataclass(slots=True)
class Row:
    """One set line: its words and how wide they are with their spaces."""

    words: list[Word] = field(default_factory=list)
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    font: pymupdf.Font
    size: float
    leading: float
    colour: Colour = TEXT


MARKUP = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|`(?P<code>[^`]+)`|\{(?P<key>[^}]+)\}"
    r"|\[(?P<cite>\d+)\]|\[(?P<label>[^\]]+)\]\((?P<target>[^)]+)\)|(?P<url>https://\S+)"
)


def pieces(text: str, style: Style, faces: Faces) -> Iterator[Piece]:
    """The text as pieces in order; spaces are kept inside them."""
    at = 0
    for match in MARKUP.finditer(text):
        if match.start() > at:
            yield Piece(text[at : match.start()], style.font, style.size, style.colour)
        at = match.end()
        yield _marked(match, style, faces)
    if at < len(text):
        yield Piece(text[at:], style.font, style.size, style.colour)


def _marked(match: re.Match[str], style: Style, faces: Faces) -> Piece:
    words = match[match.lastgroup or 0]
    match match.lastgroup:
        case "bold":
            return Piece(words, faces.semibold, style.size, style.colour)
        case "italic":
            face = faces.math_italic if len(words) == 1 else faces.italic
            return Piece(words, face, style.size * (1.1 if len(words) == 1 else 1), style.colour)
        case "code" | "key" as box:
            solid = words.replace(" ", "\u00a0")
            face = faces.medium if box == "key" else faces.regular
            return Piece(solid, face, style.size * 0.92, style.colour, box=box)
        case "cite":
            return Piece(f"[{words}]", style.font, style.size, ACCENT, f"#ref-{words}")
        case "target":
            return Piece(match["label"], style.font, style.size, ACCENT, words)
        case _:
            return Piece(words.removeprefix("https://"), style.font, style.size, ACCENT, words)


def words_of(text: str, style: Style, faces: Faces) -> list[Word]:
    """Pieces grouped into what stays together; a space between them is where a line may end."""
    found: list[Word] = [[]]
    for piece in pieces(text, style, faces):
        for number, part in enumerate(piece.text.split(" ")):
            if number:
                found.append([])
            if part:
                bit = Piece(part, piece.font, piece.size, piece.colour, piece.link, piece.box)
                found[-1].append(bit)
    return [word for word in found if word]


def rows_of(text: str, style: Style, faces: Faces, width: float) -> list[Row]:
    """The text broken into lines of at most `width`, first fit, no hyphens."""
    space = length(style.font, " ", style.size)
    rows = [Row()]
    for word in words_of(text, style, faces):
        wide = sum(piece.width + 2 * padding(piece) for piece in word)
        if rows[-1].words and rows[-1].width + space + wide > width:
            rows.append(Row())
        row = rows[-1]
        row.width += wide + (space if row.words else 0.0)
        row.words.append(word)
    return rows


def padding(piece: Piece) -> float:
    """Room at both sides of a boxed piece."""
    return {"": 0.0, "code": 2.5, "key": 3.5}[piece.box]


@dataclass(frozen=True, slots=True)
class Jump:
    """A place that is to become a link of the page."""

    page: int
    rect: pymupdf.Rect
    target: str


def draw_row(page: pymupdf.Page, row: Row, x: float, y: float, style: Style) -> list[Jump]:
    """Draw a line with its baseline at y; what in it is a link comes back."""
    space = length(style.font, " ", style.size)
    jumps: list[Jump] = []
    last = ""
    for number, word in enumerate(row.words):
        x += space if number else 0.0
        for piece in word:
            edge = padding(piece)
            width = piece.width + 2 * edge
            _draw_box(page, piece, x, y, width)
            write(page, piece.text, x + edge, y, piece.font, piece.size, piece.colour)
            if piece.link:
                area = pymupdf.Rect(x, y - style.size, x + width, y + style.size * 0.3)
                if last == piece.link:
                    area |= jumps.pop().rect
                jumps.append(Jump(page.number or 0, area, piece.link))
            last = piece.link
            x += width
    return jumps


def _draw_box(page: pymupdf.Page, piece: Piece, x: float, y: float, width: float) -> None:
    if not piece.box:
        return
    area = pymupdf.Rect(x, y - piece.size * 1.02, x + width, y + piece.size * 0.34)
    edge = LINE if piece.box == "key" else None
    inside = PAPER if piece.box == "key" else PANE
    page.draw_rect(area, color=edge, fill=inside, width=0.6, radius=0.2)


def write(
    page: pymupdf.Page,
    text: str,
    x: float,
    y: float,
    font: pymupdf.Font,
    size: float,
    ink: Colour = TEXT,
) -> float:
    """Write one run with its baseline at y; gives the x behind it."""
    writer = pymupdf.TextWriter(page.rect)
    # The stub says int; the method takes any number.
    writer.append((x, y), text, font=font, fontsize=size)  # pyright: ignore[reportArgumentType]
    writer.write_text(page, color=ink)
    return x + length(font, text, size)


def write_centred(
    page: pymupdf.Page, text: str, x: float, y: float, font: pymupdf.Font, size: float, ink: Colour
) -> None:
    write(page, text, x - length(font, text, size) / 2, y, font, size, ink)
