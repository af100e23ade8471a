"""From letters to places on pages, and back: quads of words, the words under quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.domain.annotation import Quad
from reader.domain.marking import Part
from reader.domain.value import dataclass
from reader.pdf.anchor.letters import Letters
from reader.pdf.anchor.matching import INSERTED, Found
from reader.pdf.evidence import FrameOf, PageOf, rects_of
from reader.pdf.folding import Span
from reader.pdf.text import PageText

NEAR = 1.0  # points; what is that near is in the same place


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents: its letters, its pages' texts and boxes."""

    letters: Letters
    page_of: PageOf
    frame_of: FrameOf


def letters_under(side: Side, parts: Iterable[Part]) -> Span | None:
    """The stretch of letters that quads cover; None where there is no text under them."""
    low, high = None, None
    for part in parts:
        text = side.page_of(part.page) if part.page < side.letters.pages else None
        if text is None:
            continue
        first, last = side.letters.on_page(part.page)
        for start, end in text.under(rects_of(part, side.frame_of(part.page))):
            begins = side.letters.offset_of(part.page, start)
            ends = side.letters.offset_of(part.page, end)
            if first <= begins < ends <= last:
                low = begins if low is None else min(low, begins)
                high = ends if high is None else max(high, ends)
    return None if low is None or high is None else (low, high)


def pieces(found: Found, letters: Letters) -> list[Span]:
    """The letters of a place without what came in between two pages or columns."""
    own = [(there, there + size) for _, there, size in found.blocks]
    kept: list[Span] = [(min(found.start, own[0][0]), own[0][1])]
    for start, end in own[1:]:
        gap = start - kept[-1][1]
        turned = gap and letters.page_at(kept[-1][1] - 1) != letters.page_at(start)
        if gap > INSERTED or turned:
            kept.append((start, end))
        else:
            kept[-1] = (kept[-1][0], end)
    kept[-1] = (kept[-1][0], max(found.end, kept[-1][1]))
    return kept


def spans_of(stretches: Iterable[Span], letters: Letters) -> Iterator[tuple[int, int, int]]:
    """(page, first character, end) of stretches of letters."""
    for start, end in stretches:
        yield from letters.spans(start, end)


def parts_of(side: Side, stretches: Iterable[Span]) -> tuple[Part, ...]:
    """Stretches of letters as parts: for each page a quad for every line they touch."""
    quads: dict[int, list[Quad]] = {}
    for page, start, end in spans_of(stretches, side.letters):
        text = side.page_of(page)
        if text is None:
            continue
        frame = side.frame_of(page)
        for low, high in _lines_with_letters(side.letters, page, text, start, end):
            quads.setdefault(page, []).extend(map(frame.rect_to_quad, text.rects(low, high)))
    return tuple(Part(page, tuple(quads[page])) for page in sorted(quads))


def _lines_with_letters(
    letters: Letters, page: int, text: PageText, start: int, end: int
) -> Iterator[Span]:
    """The parts of lines that a span has, without lines that are no text."""
    for low, high in text.lines:
        low, high = max(low, start), min(high, end)
        if low >= high or not text.chars[low:high].strip():
            continue
        if letters.offset_of(page, low) < letters.offset_of(page, high):
            line = text.chars[low:high]
            yield low + len(line) - len(line.lstrip()), low + len(line.rstrip())


def same_place(one: Iterable[Part], other: Iterable[Part]) -> bool:
    """Whether two places are on the same pages, every corner and point within a point."""
    first, second = list(one), list(other)
    if [part.page for part in first] != [part.page for part in second]:
        return False
    for a, b in zip(first, second, strict=True):
        numbers, its = list(_numbers(a)), list(_numbers(b))
        if len(numbers) != len(its) or max(map(_apart, numbers, its), default=0.0) > NEAR:
            return False
    return True


def _numbers(part: Part) -> Iterator[float]:
    for quad in part.quads:
        yield from quad
    for stroke in part.strokes:
        for x, y, _ in stroke:
            yield from (x, y)


def same_chars(old: Side, start: int, new: Side, there: int, count: int) -> bool:
    """Whether letters of both documents stand on the same page in the same places, by a point."""
    page = old.letters.page_at(start)
    at = 0
    while at < count:
        page = old.letters.page_at(start + at)
        if new.letters.page_at(there + at) != page:
            return False
        stop = min(
            count,
            old.letters.on_page(page)[1] - start,
            new.letters.on_page(page)[1] - there,
        )
        one, other = old.page_of(page), new.page_of(page)
        if one is None or other is None or stop <= at:
            return False
        if old.frame_of(page) != new.frame_of(page):
            return False
        for index in range(at, stop):
            a = one.box(old.letters.chars[start + index])
            b = other.box(new.letters.chars[there + index])
            if any(abs(x - y) > NEAR for x, y in zip(a, b, strict=True)):
                return False
        at = stop
    return True


def is_same_page(one: PageText, other: PageText) -> bool:
    """Whether two pages have the same text in the same places."""
    return (
        one.chars == other.chars
        and one.lines == other.lines
        and max(map(_apart, one.boxes, other.boxes), default=0.0) <= NEAR
    )


def _apart(one: float, other: float) -> float:
    return abs(one - other)
