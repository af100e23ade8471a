"""Finding in the text of a whole document at once, and what is shown of each place.

The pages' folded texts stand one behind the other, so that a query looks through
a book of 350 pages in a few milliseconds.  No Qt, no PyMuPDF.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

from reader.domain.annotation import Rect
from reader.domain.errors import CancelledError
from reader.domain.value import dataclass
from reader.pdf.folding import FoldedPage, Reading, Span, fold_text, lower
from reader.pdf.shelf import Shelf, added_hyphens
from reader.pdf.text import PageText

_BARE = re.compile(r"\W+")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BEFORE, _AROUND = 48, 160  # characters of a line shown before a place, and in all


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a text, or with `regex` a pattern; accents never count."""

    text: str
    words: bool = False
    case: bool = False
    regex: bool = False

    @property
    def empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the needle was found: its span and one rect (view space) per line."""

    start: int
    end: int
    rects: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class HitLine:
    """The line of a place, shortened around it; `start` and `end` say where in `text` it is."""

    text: str
    start: int
    end: int


class Sheet(NamedTuple):
    """A page as patterns see it: the text of both readings, as it is and in lower case."""

    joined: str
    hyphened: str | None
    low_joined: str
    low_hyphened: str | None
    hyphens: Sequence[int] | None  # what the second has alone; None when that is not all
    facts: Facts


class Facts:
    """What tells how costly a pattern can be on a page, told when it is first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The characters beyond ASCII.
        self.signs = frozenset(() if text.isascii() else _BEYOND.findall(text))
        # Where patterns can see the hyphens, by how far they see.
        self.windows: dict[object, Sequence[Span]] = {}

    @cached_property
    def inked(self) -> int:
        """Characters in a row without a space, at most."""
        return max(map(len, self._text.split(" ")))

    @cached_property
    def bare(self) -> int:
        """Characters in a row without a letter, digit or underscore, at most."""
        return max(map(len, _BARE.findall(self._text)), default=0)


class Places(NamedTuple):
    """Where a pattern was found in the first reading, and where else in the second, in order."""

    starts: array[int]
    ends: array[int]
    more: Sequence[Span] = ()


_NOWHERE = Places(array("I"), array("I"))


class Matcher(Protocol):
    """Finds a pattern on one page after the other."""

    def look(self, sheet: Sheet, /) -> Places: ...


class Book:
    """The folded pages of a document, or of a part of it, searched together.

    A page may be None: its text is not known, and nothing is found on it.
    """

    def __init__(self, pages: Sequence[FoldedPage | None]) -> None:
        self.pages = tuple(pages)
        self._joined = Shelf([page.joined if page else None for page in pages])
        self._hyphened = Shelf([page.hyphened if page else None for page in pages])
        self._broken: dict[int, Sequence[int] | None] = {}
        self._known: dict[int, Facts] = {}

    def find(
        self,
        query: Query,
        match: Matcher | None = None,
        pages: Container[int] | None = None,
        known: Found | None = None,
        given_up: Callable[[], bool] = lambda: False,
    ) -> Found:
        """Every place of the query; `match` does what `regex` asks for, on some `pages` or all.

        What is `known` of a pattern is taken over: it is not looked for there again.
        Raises CancelledError between two pages once it is `given_up`.
        """
        if match is None:
            if query.regex:
                raise ValueError("a pattern needs its matcher")
            return self._find_text(query)
        found = Found(self) if known is None else known.copy()
        for page, reading in enumerate(self._joined.readings):
            wanted = (pages is None or page in pages) and not found.knows(page)
            if reading is not None and wanted:
                if given_up():
                    raise CancelledError("Nobody waits for what is found any more.")
                found.take(page, match.look(self._sheet(page, reading)))
        return found

    def _sheet(self, page: int, joined: Reading) -> Sheet:
        other = self._hyphened.readings[page]
        return Sheet(
            joined.text,
            other.text if other else None,
            self._joined.low(page),
            self._hyphened.low(page) if other else None,
            self.hyphens(page),
            # What the first reading has in a row, the second has with hyphens.
            self._facts(page, (other or joined).text),
        )

    def hyphens(self, page: int) -> Sequence[int] | None:
        """Where the second reading of a page has a hyphen the first has not."""
        if page not in self._broken:
            joined, other = self._joined.readings[page], self._hyphened.readings[page]
            self._broken[page] = added_hyphens(joined, other) if joined and other else ()
        return self._broken[page]

    def _facts(self, page: int, text: str) -> Facts:
        if page not in self._known:
            self._known[page] = Facts(text)
        return self._known[page]

    def _find_text(self, query: Query) -> Found:
        found = Found(self)
        wanted = needle(query)
        if not wanted:
            return found
        long = len(wanted)
        for page, starts in self._joined.by_page(wanted, case=query.case, words=query.words):
            found.take(page, Places(array("I", starts), array("I", [at + long for at in starts])))
        if "-" in wanted:  # else both readings hold the same places
            for page, starts in self._hyphened.by_page(wanted, case=query.case, words=query.words):
                found.add(page, self._hyphened.spans(page, [(at, at + long) for at in starts]))
        return found

    def spans(self, page: int, parts: Iterable[Span]) -> list[Span]:
        """Places in the joined text of a page as its characters."""
        return self._joined.spans(page, parts)

    def fresh(self, page: int, places: Places) -> list[Span]:
        """The places of the other reading alone, as characters of their page."""
        joined, other = self._joined.readings[page], self._hyphened.readings[page]
        if joined is None or other is None or not places.more:
            return []
        spans, hyphens = other.spans(places.more), self.hyphens(page)
        if hyphens is None:
            known = set(joined.spans(zip(places.starts, places.ends, strict=True)))
            return [span for span in spans if span not in known]
        found: list[Span] = []
        starts, ends, last, count = places.starts, places.ends, len(hyphens), 0
        for (begin, _), span in zip(places.more, spans, strict=True):
            while count < last and hyphens[count] < begin:
                count += 1
            low, high = joined.around(begin - count, span[0])
            at = bisect_left(starts, low)
            while at < len(starts) and starts[at] < high:
                if joined.place(ends[at] - 1) + 1 == span[1]:
                    break
                at += 1
            else:
                found.append(span)
        return found

    def tops(self, page: int, offsets: Iterable[int], indices: Iterable[int]) -> list[float]:
        """How far below the top of their page lines are, in points.

        Of places in the joined text, by `offsets`, and of characters, by `indices`.
        """
        folded = self.pages[page]
        if folded is None:
            return []
        return list(map(folded.top, chain(map(folded.joined.place, offsets), indices)))


class Found:
    """The places of one query, in order; which characters they are is told page by page."""

    def __init__(
        self,
        book: Book,
        joined: Mapping[int, Places] | None = None,
        more: Mapping[int, list[Span]] | None = None,
    ) -> None:
        self._book = book
        self._joined = dict(joined or {})  # by page
        self._more = dict(more or {})
        self._spans: dict[int, list[Span]] = {}

    def copy(self) -> Found:
        """The same places, to be added to while the window reads these."""
        return Found(self._book, self._joined, self._more)

    def knows(self, page: int) -> bool:
        """Whether the places of a page were taken, be there some or none."""
        return page in self._joined

    def take(self, page: int, places: Places) -> None:
        """Add the places of a page."""
        self._joined[page] = places
        if fresh := self._book.fresh(page, places):
            self._more[page] = sorted(set(fresh))

    def add(self, page: int, spans: Iterable[Span]) -> None:
        """Take places of the other reading that are not known yet."""
        known = set(self.on(page))
        if fresh := sorted(set(spans) - known):
            self._more[page] = fresh
            self._spans.pop(page, None)

    def __len__(self) -> int:
        joined = sum(len(places.starts) for places in self._joined.values())
        return joined + sum(map(len, self._more.values()))

    def count(self, page: int) -> int:
        """How many places a page has."""
        places = self._joined.get(page, _NOWHERE)
        return len(places.starts) + len(self._more.get(page, ()))

    def counts(self) -> dict[int, int]:
        """The pages that have places, in order, with their number."""
        pages = range(len(self._book.pages))
        return {page: count for page in pages if (count := self.count(page))}

    def on(self, page: int) -> list[Span]:
        """The places of a page as spans of its characters, in order."""
        spans = self._spans.get(page)
        if spans is None:
            places = self._joined.get(page, _NOWHERE)
            spans = self._book.spans(page, zip(places.starts, places.ends, strict=True))
            if more := self._more.get(page):
                spans = sorted([*spans, *more])
            self._spans[page] = spans
        return spans

    def tops(self, page: int, most: int) -> list[float]:
        """How far below the top of a page its places are, in points; of many about `most`."""
        step = max(self.count(page) // most, 1)
        places, more = self._joined.get(page, _NOWHERE).starts, self._more.get(page, ())
        return self._book.tops(page, places[::step], [start for start, _ in more[::step]])


def needle(query: Query) -> str:
    """A query's text as pages are folded."""
    folded = " ".join(fold_text(query.text).split())
    return folded if query.case else lower(folded)


def spans_in_page(
    page: PageText, query: Query | str, match: Matcher | None = None
) -> Sequence[Span]:
    """Every place where a query stands on a page, in order, as spans of its characters.

    A space also matches a line end, and words divided at a line end are found
    whole.  An empty query finds nothing.
    """
    if isinstance(query, str):
        query = Query(query)
    if query.empty:
        return ()
    return Book([page.folded()]).find(query, match).on(0)


def find_in_page(page: PageText, query: Query | str, match: Matcher | None = None) -> list[Hit]:
    """What `spans_in_page` finds, with rects."""
    return hits_at(page, spans_in_page(page, query, match))


def hits_at(page: PageText, spans: Iterable[Span]) -> list[Hit]:
    """Places with their rects."""
    return [Hit(start, end, page.rects(start, end)) for start, end in spans]


def hit_line(page: PageText, start: int, end: int) -> HitLine:
    """The line in which a place lies; of a place over a line end, both, joined."""
    low, high = page.line_at(start)[0], max(page.line_at(end - 1)[1], end)
    before = " ".join(page.chars[low:start].split(None))
    if before and page.chars[start - 1].isspace():
        before += " "
    # A word may go on in another block, where copying keeps the hyphen and the line end.
    inside = " ".join(page.copy(start, end).replace("-\n", "").split())
    after = page.chars[end:high]
    after = (" " if after[:1].isspace() else "") + " ".join(after.split())
    if len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:].partition(" ")[2]
    room = max(_AROUND - len(before) - len(inside), 24)
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + "…"
    if len(inside) > _AROUND:
        inside = inside[:_AROUND] + "…"
    return HitLine(before + inside + after.rstrip(), len(before), len(before) + len(inside))
