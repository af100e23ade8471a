"""Notes, areas, ink and shapes in another file: they keep their place beside the words.

Each is carried by letters inside or near it: where these are now tells how far
it has moved.  A small mark goes with the letter nearest to it.  What is larger
must have been moved as a whole, with no word of it changing places: else it
would cover something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from reader.domain.annotation import PageGeometry, Point, Quad, Rect
from reader.domain.marking import Annotation, Part, Stroke
from reader.domain.value import dataclass
from reader.pdf.anchor.matching import Found
from reader.pdf.anchor.places import Side
from reader.pdf.text import PageText

_SMALL = 45.0  # points; a sticky note, a tick
_RIGID = 3.0  # points by which letters around a box may have moved differently
_AROUND = 8  # lines that carry a box
_FAR = 150.0  # points; words farther away say nothing about a place
_LINE = 80  # letters of a line that are looked for
_DEEP = 10  # letters that are the same on either side of the one a box hangs on

FindLetters = Callable[[int, int], Found | None]


@dataclass(frozen=True, slots=True)
class _Carrier:
    """A character near a box, and where it is in the new file."""

    page: int
    old: Rect
    new: Rect
    beside: bool  # the box stands beside the line, in the margin

    @property
    def down(self) -> float:
        """How far it has moved down."""
        return self.new[3] - self.old[3]


class Boxes:
    """Places boxes of an old file in a new one."""

    def __init__(self, new: Side, old: Side, find_letters: FindLetters) -> None:
        self._new = new
        self._old = old
        self._find = find_letters

    def place(self, annotation: Annotation) -> tuple[Part, ...] | None:
        """The parts in the new file, None when they are not certain."""
        placed: list[Part] = []
        for part in annotation.parts:
            moved = self._part(part)
            if moved is None:
                return None
            placed.append(moved)
        return tuple(sorted(placed, key=lambda part: part.page))

    def point(self, page: int, x: float, y: float) -> tuple[int, float, float] | None:
        """A point of view space in the new file, None when it is not certain."""
        shift = self._shift(page, (x, y, x, y))
        return (shift[0], max(x + shift[1], 0.0), max(y + shift[2], 0.0)) if shift else None

    def _part(self, part: Part) -> Part | None:
        frame = self._old.frame_of(part.page)
        x0, y0, x1, y1 = part.box
        box = frame.quad_to_view((x0, y1, x1, y1, x0, y0, x1, y0))
        shift = self._shift(part.page, box)
        if shift is None:
            return None
        page, dx, dy = shift
        target = self._new.frame_of(page)
        width, height = target.size
        moved = (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)
        if moved[0] < -_RIGID or moved[1] < -_RIGID:
            return None
        if moved[2] > width + _RIGID or moved[3] > height + _RIGID:
            return None
        return _Move(frame, target, dx, dy).part(part, page)

    def _shift(self, page: int, box: Rect) -> tuple[int, float, float] | None:
        """(new page, how far to the right, how far down) for what is in or near a box."""
        text = self._old.page_of(page) if page < self._old.letters.pages else None
        if text is None:
            return None
        small = box[2] - box[0] <= _SMALL and box[3] - box[1] <= _SMALL
        carriers: list[_Carrier] = []
        for line, char in _near(text, box)[: 1 if small else _AROUND]:
            carrier = self._carrier(page, text, line, char, box, between=small)
            if carrier is None and not small:
                return None
            carriers += [carrier] if carrier else []
        if not carriers or len({carrier.page for carrier in carriers}) > 1:
            return None
        shifts = [self._moved(page, carrier, box) for carrier in carriers]
        for axis in (0, 1):
            values = [shift[axis] for shift in shifts]
            if max(values) - min(values) > _RIGID:
                return None
        dx, dy = (median(shift[axis] for shift in shifts) for axis in (0, 1))
        return carriers[0].page, dx, dy

    def _moved(self, page: int, carrier: _Carrier, box: Rect) -> Point:
        down = carrier.down
        if not carrier.beside:
            return carrier.new[0] - carrier.old[0], down
        # In the margin it keeps its distance from the nearer edge of the page.
        old, new = self._old.frame_of(page).size[0], self._new.frame_of(carrier.page).size[0]
        right = (box[0] + box[2]) / 2 > old / 2
        return (new - old if right else 0.0), down

    def _carrier(
        self,
        page: int,
        text: PageText,
        line: tuple[int, int],
        char: int,
        box: Rect,
        *,
        between: bool,
    ) -> _Carrier | None:
        """Where a character of a line is in the new file, found with the letters around it.

        `between`: where it is not there, it is where its neighbours are, if these
        still stand in one line.
        """
        letters = self._old.letters
        at = letters.offset_of(page, char)
        first, end = letters.offset_of(page, line[0]), letters.offset_of(page, line[1])
        if not first <= at < end or letters.chars[at] != char:
            return None
        start = max(min(at - _LINE // 2, end - _LINE), first)
        end = min(start + _LINE, end)
        found = self._find(start, end)
        if found is None:
            return None
        edge = text.rects(*line)[0]
        beside = box[0] >= edge[2] - 2 or box[2] <= edge[0] + 2
        sides: tuple[list[_Carrier], list[_Carrier]] = [], []
        for own, there, size in found.blocks:
            low = own + _DEEP if own else 0
            high = own + size - (_DEEP if own + size < end - start else 0)
            if low >= high:
                continue
            letter = min(max(at - start, low), high - 1)
            made = self._carried(text, start + letter, there + letter - own, beside)
            if made is None:
                return None
            if letter == at - start:
                return made
            sides[letter > at - start].append(made)
        if not between or not (sides[0] and sides[1]):
            return None
        left, right = sides[0][-1], sides[1][0]
        level = left.page == right.page and abs(left.down - right.down) <= _RIGID
        if not level or left.new[2] > right.new[0]:
            return None
        return min(left, right, key=lambda it: _distance(it.old, text.box(char)))

    def _carried(self, text: PageText, letter: int, target: int, beside: bool) -> _Carrier | None:
        """A letter of the old file as a carrier that is a letter of the new one."""
        page = self._new.letters.page_at(target)
        new = self._new.page_of(page)
        if new is None:
            return None
        old = text.box(self._old.letters.chars[letter])
        return _Carrier(page, old, new.box(self._new.letters.chars[target]), beside)


@dataclass(frozen=True, slots=True)
class _Move:
    """Moves what is in user space of one page to another one, by a way in view space."""

    old: PageGeometry
    new: PageGeometry
    dx: float
    dy: float

    def part(self, part: Part, page: int) -> Part:
        quads = tuple(
            _quad([self._point(quad[at], quad[at + 1]) for at in (0, 2, 4, 6)])
            for quad in part.quads
        )
        strokes: tuple[Stroke, ...] = tuple(
            tuple((*self._point(x, y), pressure) for x, y, pressure in stroke)
            for stroke in part.strokes
        )
        return replace(part, page=page, quads=quads, strokes=strokes)

    def _point(self, x: float, y: float) -> Point:
        across, down = self.old.to_view(x, y)
        return self.new.to_user(across + self.dx, down + self.dy)


def moved_to(part: Part, frame: PageGeometry, page: int, x: float, y: float) -> Part:
    """A part moved so that its box has its upper left corner at a point (view space) of a page."""
    x0, y0, x1, y1 = part.box
    left, top, _, _ = frame.quad_to_view((x0, y1, x1, y1, x0, y0, x1, y0))
    return _Move(frame, frame, x - left, y - top).part(part, page)


def _quad(points: list[Point]) -> Quad:
    (a, b), (c, d), (e, f), (g, h) = points
    return a, b, c, d, e, f, g, h


def _near(text: PageText, box: Rect) -> list[tuple[tuple[int, int], int]]:
    """(line, the visible character of it nearest to the box), the nearest lines first."""
    return [(line, char) for _, _, line, char in sorted(_distances(text, box))]


def _distances(text: PageText, box: Rect) -> Iterator[tuple[float, float, tuple[int, int], int]]:
    for low, high in text.lines:
        visible = [index for index in range(low, high) if text.chars[index].isalnum()]
        if not visible:
            continue
        edge = text.rects(low, high)[0]
        if _distance(edge, box) > _FAR:
            continue
        yield min(
            (_distance(text.box(index), box), _apart(text.box(index), box), (low, high), index)
            for index in visible
        )


def _apart(one: Rect, other: Rect) -> float:
    """How far apart their middles are, times two."""
    return abs(one[0] + one[2] - other[0] - other[2]) + abs(one[1] + one[3] - other[1] - other[3])


def _distance(one: Rect, other: Rect) -> float:
    """How far apart two boxes are, points; what is beside weighs less than what is above."""
    dx = max(one[0] - other[2], other[0] - one[2], 0.0)
    dy = max(one[1] - other[3], other[1] - one[3], 0.0)
    return dx * 0.3 + dy
