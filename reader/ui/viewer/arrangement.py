"""How the pages of a document stand: side by side or not, one row at a time, turned, trimmed."""

from __future__ import annotations

from typing import Literal

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import Rotation

Size = tuple[float, float]  # width, height in points
Trim = Literal["off", "page", "all"]
TURNS: tuple[Rotation, ...] = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to lay pages out; the default is one endless column.

    `cover` lets the first page of two columns stand alone, so that pairs begin
    with an even number.  `paged` shows one row at a time.  `rotation` is the
    turn of the view, clockwise, one of TURNS.  `trim` cuts white margins off,
    of each page its own or of all pages the same.
    """

    columns: int = 1
    cover: bool = False
    paged: bool = False
    right_to_left: bool = False
    trim: Trim = "off"
    rotation: Rotation = 0

    def words(self) -> str:
        """All but the rotation as words, "" for the default; `parse` reads them."""
        found = []
        if self.columns == 2:
            found.append("two-even" if self.cover else "two-odd")
        if self.paged:
            found.append("paged")
        if self.right_to_left:
            found.append("rtl")
        if self.trim != "off":
            found.append(f"trim-{self.trim}")
        return " ".join(found)


def parse(words: str, rotation: int = 0) -> Arrangement:
    """The arrangement that words and a rotation describe; what is unknown is left out."""
    known = set(words.split())
    two = known & {"two-odd", "two-even"}
    trim: Trim = "page" if "trim-page" in known else "all" if "trim-all" in known else "off"
    turns: dict[int, Rotation] = {known: known for known in TURNS}
    return Arrangement(
        columns=2 if two else 1,
        cover="two-even" in two,
        paged="paged" in known,
        right_to_left="rtl" in known,
        trim=trim,
        rotation=turns.get(rotation, 0),
    )


def turned_size(size: Size, rotation: int) -> Size:
    """Width and height after the turn."""
    return (size[1], size[0]) if rotation in (90, 270) else size


def turned(x: float, y: float, size: Size, rotation: int) -> tuple[float, float]:
    """Where a point of a page of `size` is when the page is turned clockwise."""
    match rotation:
        case 90:
            return size[1] - y, x
        case 180:
            return size[0] - x, size[1] - y
        case 270:
            return y, size[0] - x
        case _:
            return x, y


def unturned(x: float, y: float, size: Size, rotation: int) -> tuple[float, float]:
    """The point of a page of `size` at a point of the turned page; undoes `turned`."""
    match rotation:
        case 90:
            return y, size[1] - x
        case 180:
            return size[0] - x, size[1] - y
        case 270:
            return size[0] - y, x
        case _:
            return x, y


def turned_rect(rect: Rect, size: Size, rotation: int) -> Rect:
    """A rectangle of a page of `size` on the turned page."""
    first = turned(rect[0], rect[1], size, rotation)
    second = turned(rect[2], rect[3], size, rotation)
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    return left, top, right, bottom


def unturned_rect(rect: Rect, size: Size, rotation: int) -> Rect:
    """The rectangle of a page of `size` that is `rect` on the turned page."""
    return turned_rect(rect, turned_size(size, rotation), (360 - rotation) % 360)
