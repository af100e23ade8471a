"""Where a quote with its context stands in the letters of a document, and how sure that is.

Certain is only what could not as well be another place: a quote that stands
several times needs a context that fits one place much better than the others,
one that was changed needs what is around it on both sides.  Everything else is
a candidate for the reader to choose from.  Wrongly placed is worse than not
placed: the reader sees the one and never the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from reader.domain.value import dataclass
from reader.pdf.anchor.aligning import Block, blocks, common_end, common_start, covered

WIDE = 400  # letters of context on each side, where the old text is known
NEAR = 60  # of these, the ones that count as much as all others
_ADJACENT = 24  # letters next to the quote that decide between places near each other
_GRAM = 6
_LONGEST = 2_000  # letters of a quote that may have been changed
_MOST = 300  # places that are weighed
_SLACK = 1_200  # letters that may have come in between: a figure, a footnote
_SEED, _SEEDS, _COMMON = 10, 150, 6
_REGIONS = 5
_NEIGHBOUR = 14  # letters of the context that must not be among a changed quote's
_LEAST = 12  # letters of a changed quote that must be there
# What is longer than so many letters came in between two pages or columns, or is a new sentence.
INSERTED = 40
_NARROW = 120  # letters of context; what an annotation itself keeps is less


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote and what stands before and after it, all as letters; contexts may be "" """

    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A place: its letters from `start` to `end`, and the blocks of the quote among them.

    `likeness` is 1.0 for the very quote.  `before` and `after` say from 0 to 1 how
    much of the context is there, -1 where there is none to compare.
    """

    start: int
    end: int
    blocks: tuple[Block, ...]
    likeness: float
    before: float
    after: float

    @property
    def support(self) -> float:
        """How far the context agrees; 0 without any."""
        known = [side for side in (self.before, self.after) if side >= 0]
        return sum(known) / len(known) if known else 0.0

    @property
    def certainty(self) -> float:
        """From 0 to 1, for comparing places and for showing."""
        return self.likeness * (0.4 + 0.6 * self.support)


def find(text: str, sought: Sought) -> list[Found]:
    """The places that may be meant, the likeliest first."""
    if not sought.quote:
        return []
    places = [_exact(text, sought, at) for at in _occurrences(text, sought)]
    if len(sought.quote) > _LONGEST:
        if not places and (found := _by_its_ends(text, sought)):
            places.append(found)
    elif not any(_stands_out(place) for place in places):
        exact = list(places)
        places += (
            place
            for place in _changed(text, sought)
            if not any(_overlap(place, one) for one in exact)
        )
    return sorted(places, key=lambda place: -place.certainty)


def best(text: str, sought: Sought) -> tuple[Found | None, list[Found]]:
    """The place when it is certain, else None; and all that may be meant, likeliest first."""
    places = find(text, sought)
    if not places:
        return None, []
    first = places[0]
    rivals = [place for place in places[1:] if not _overlap(first, place)]
    sure = _is_certain(first, sought, rivals[0] if rivals else None)
    return (first if sure else None), places


def _is_certain(place: Found, sought: Sought, rival: Found | None) -> bool:
    """Whether a place can be no other, by its words alone."""
    letters = len(sought.quote)
    wide = len(sought.before) + len(sought.after) > _NARROW
    if rival is not None and not _beats(place, rival, wide):
        return False
    if place.likeness == 1.0:
        if rival is not None and rival.likeness == 1.0:
            return place.support >= 0.55
        needed = 0.25 if letters >= 40 else 0.4 if letters >= 16 else 0.6
        return place.support >= needed
    sides = [side for side in (place.before, place.after) if side >= 0]
    if letters < 20 or not sides:
        return False
    low, high = min(sides), max(sides)
    if len(sides) == 1:
        return place.likeness >= 0.85 and low >= 0.7
    if place.likeness >= 0.8:
        return low >= 0.4 and high >= 0.5
    return place.likeness >= 0.65 and low >= 0.7


def _beats(place: Found, rival: Found, wide: bool) -> bool:
    """Whether a place fits so much better than another that it cannot be the other."""
    gap = place.support - rival.support
    if rival.likeness >= place.likeness:
        # In a wide context what differs counts, however little it is of the whole.
        return gap >= 0.3 or (wide and gap >= max(0.06, 2 * (1 - place.support)))
    if place.likeness == 1.0 and rival.likeness < 0.8:
        return gap >= -0.1
    return gap >= 0.15


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _stands_out(place: Found) -> bool:
    return place.likeness == 1.0 and place.support >= 0.6


def support_at(text: str, sought: Sought, at: int) -> float:
    """How well the context of a quote fits a place where the quote stands."""
    return _exact(text, sought, at).support


# -- the quote as it is


def _occurrences(text: str, sought: Sought) -> list[int]:
    """Where the quote stands; of very many, those with the context right beside them."""
    places: list[int] = []
    for at in occurrences(text, sought.quote):
        places.append(at)
        if len(places) > _MOST:
            break
    else:
        return places
    for letters in (_ADJACENT, _ADJACENT // 2):
        before, after = sought.before[-letters:], sought.after[:letters]
        near: set[int] = set()
        if len(before) == letters:
            near.update(at + letters for at in _some(text, before + sought.quote))
        if len(after) == letters:
            near.update(_some(text, sought.quote + after))
        if near:
            return sorted(near)
    return places


def _some(text: str, part: str) -> Iterator[int]:
    for _, at in zip(range(_MOST), occurrences(text, part), strict=False):
        yield at


def occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _exact(text: str, sought: Sought, at: int) -> Found:
    size = len(sought.quote)
    before = after = -1.0
    if sought.before:
        room = text[max(at - _room(sought.before), 0) : at]
        near = _has(room[-_room(sought.before[-NEAR:]) :], sought.before[-NEAR:])
        share = near if len(sought.before) <= NEAR else (near + _has(room, sought.before)) / 2
        before = _side(share, common_end(text, at, sought.before), len(sought.before))
    if sought.after:
        room = text[at + size : at + size + _room(sought.after)]
        near = _has(room[: _room(sought.after[:NEAR])], sought.after[:NEAR])
        share = near if len(sought.after) <= NEAR else (near + _has(room, sought.after)) / 2
        after = _side(share, common_start(text, at + size, sought.after), len(sought.after))
    return Found(at, at + size, ((0, at, size),), 1.0, before, after)


def _room(context: str) -> int:
    """Where the context is looked for: something may have come in between."""
    return len(context) + min(len(context) // 2, 150) + 20


def _has(room: str, context: str) -> float:
    """How many of a context's groups of letters a stretch of text has, from 0 to 1."""
    if len(context) < _GRAM:
        return float(context in room)
    grams = [context[at : at + _GRAM] for at in range(len(context) - _GRAM + 1)]
    return sum(gram in room for gram in grams) / len(grams)


def _side(share: float, adjacent: int, length: int) -> float:
    """One side's agreement: what is around, and what is right beside the quote."""
    most = min(length, _ADJACENT)
    return 0.5 * share + 0.5 * min(adjacent, most) / most


# -- the quote changed


def _changed(text: str, sought: Sought) -> Iterator[Found]:
    """Places where the quote may stand in other words, by stretches of it and around it."""
    whole = sought.before + sought.quote + sought.after
    start = len(sought.before)
    for low, high in _regions(text, whole, start, len(sought.quote)):
        found = _aligned(text[low:high], sought, whole)
        if found is not None:
            yield replace(
                found,
                start=found.start + low,
                end=found.end + low,
                blocks=tuple((at, there + low, size) for at, there, size in found.blocks),
            )


def _regions(text: str, whole: str, start: int, letters: int) -> list[tuple[int, int]]:
    """Where in the text most stretches of the whole say that the quote is."""
    votes: list[int] = []
    step = max((len(whole) - _SEED) // _SEEDS, 2)
    for at in range(0, len(whole) - _SEED + 1, step):
        hits: list[int] = []
        for hit in occurrences(text, whole[at : at + _SEED]):
            hits.append(hit)
            if len(hits) > _COMMON:
                break
        else:
            votes += (hit - at + start for hit in hits)
    votes.sort()
    groups: list[list[int]] = []
    for vote in votes:
        if groups and vote - groups[-1][-1] <= 150 and vote - groups[-1][0] <= _SLACK:
            groups[-1].append(vote)
        else:
            groups.append([vote])
    groups.sort(key=len, reverse=True)
    return [
        (
            max(group[0] - start - 80, 0),
            min(group[-1] + letters + (len(whole) - start - letters) + _SLACK, len(text)),
        )
        for group in groups[:_REGIONS]
    ]


def _aligned(region: str, sought: Sought, whole: str) -> Found | None:
    start = len(sought.before)
    end = start + len(sought.quote)
    all_blocks = blocks(whole, region)
    own = tuple(
        (max(at, start) - start, there + max(start - at, 0), min(at + size, end) - max(at, start))
        for at, there, size in all_blocks
        if at < end and at + size > start
    )
    own = _without_stragglers(own)
    held = sum(size for _, _, size in own)
    if held < max(_LEAST, 0.3 * len(sought.quote)):
        return None
    low, high = own[0][1], own[-1][1] + own[-1][2]
    low = _reach_back(all_blocks, start, own[0][0], low)
    high = _reach_on(all_blocks, end, len(sought.quote) - own[-1][0] - own[-1][2], high)
    if _holds_its_context(region[low:high], sought):
        return None
    inside = high - low - sum(gap for gap in _gaps(own) if gap > INSERTED)
    likeness = min(2 * held / (len(sought.quote) + max(inside, held)), 0.999)
    # What is like the context but far away is another place.
    near = [
        (at, there, size)
        for at, there, size in all_blocks
        if low - _reach(start) <= there + size and there <= high + _reach(len(whole) - end)
    ]
    before = after = -1.0
    if start >= _LEAST:
        before = _context(near, [(max(start - size, 0), start) for size in (_ADJACENT, NEAR)])
    if len(whole) - end >= _LEAST:
        after = _context(near, [(end, min(end + size, len(whole))) for size in (_ADJACENT, NEAR)])
    return Found(low, high, own, likeness, before, after)


def _reach(context: int) -> int:
    return 2 * context + 40


def _holds_its_context(words: str, sought: Sought) -> bool:
    """Whether words begin or end with what stood beside the quote: they are the neighbour."""
    size = _NEIGHBOUR
    if len(sought.after) >= size and sought.after[:size] in words:
        return sought.after[:size] not in sought.quote
    if len(sought.before) >= size and sought.before[-size:] in words:
        return sought.before[-size:] not in sought.quote
    return False


def _without_stragglers(own: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks without short ones at the ends that stand far from the others: they are chance."""
    while len(own) > 1 and _strays(own[-2], own[-1], own[-1][2]):
        own = own[:-1]
    while len(own) > 1 and _strays(own[0], own[1], own[0][2]):
        own = own[1:]
    return own


def _strays(one: Block, other: Block, size: int) -> bool:
    gap, own_gap = other[1] - one[1] - one[2], other[0] - one[0] - one[2]
    return size < 12 and abs(gap - own_gap) > size


def _gaps(own: tuple[Block, ...]) -> Iterator[int]:
    for one, other in pairwise(own):
        yield other[1] - one[1] - one[2]


def _reach_back(found: list[Block], start: int, missing: int, low: int) -> int:
    """The quote's beginning was changed: it begins where what stood before it ends."""
    before = [block for block in found if block[0] < start]
    if not missing or not before:
        return low
    at, there, size = before[-1]
    ends = there + min(size, start - at)
    close = at + size >= start - 2 and 0 <= low - ends <= 2 * missing + 12
    return ends if close else low


def _reach_on(found: list[Block], end: int, missing: int, high: int) -> int:
    """The quote's end was changed: it ends where what stood after it begins."""
    after = [block for block in found if block[0] + block[2] > end]
    if not missing or not after:
        return high
    at, there, _ = after[0]
    begins = there + max(end - at, 0)
    close = at <= end + 2 and 0 <= begins - high <= 2 * missing + 12
    return begins if close else high


def _context(found: list[Block], sides: list[tuple[int, int]]) -> float:
    """How much of a side's context lies in blocks, on average of its nearer and wider stretch."""
    return sum(covered(found, low, high) / (high - low) for low, high in sides) / len(sides)


def _by_its_ends(text: str, sought: Sought) -> Found | None:
    """A very long quote that was changed: from where it surely begins to where it surely ends."""
    size = _LONGEST // 4
    quote = sought.quote
    head, _ = best(text, Sought(quote[:size], sought.before, quote[size : size + WIDE]))
    tail, _ = best(text, Sought(quote[-size:], quote[-size - WIDE : -size], sought.after))
    if head is None or tail is None or not 0.7 < (tail.end - head.start) / len(quote) < 1.4:
        return None
    shift = len(quote) - size
    own = (*head.blocks, *((at + shift, there, count) for at, there, count in tail.blocks))
    likeness = min(head.likeness, tail.likeness, 0.999)
    return Found(head.start, tail.end, own, likeness, head.before, tail.after)
