"""Finding in the text of a whole document at once, and what is shown of each place.

The pages' folded texts stand one behind the other, so that a query looks through
a book of 350 pages in a few milliseconds.  No Qt, no PyMuPDF.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Sequence

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.folding import FoldedPage, Reading, Span, fold_text, lower
from reader.pdf.text import PageText

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


# (folded text) -> (start, end) of every place, in order and without overlaps.
Matcher = Callable[[str], Iterable[Span]]


class Book:
    """The folded pages of a document, or of a part of it, searched together.

    A page may be None: its text is not known, and nothing is found on it.
    """

    def __init__(self, pages: Sequence[FoldedPage | None]) -> None:
        self.pages = tuple(pages)
        self._joined = _Shelf([page.joined if page else None for page in pages])
        self._hyphened = _Shelf([page.hyphened if page else None for page in pages])
        self._broken: dict[int, Sequence[int] | None] = {}  # hyphens of the second alone, by page

    def find(
        self, query: Query, match: Matcher | None = None, pages: Container[int] | None = None
    ) -> Found:
        """Every place of the query; `match` does what `regex` asks for, on some `pages` or all."""
        if match is None:
            if query.regex:
                raise ValueError("a pattern needs its matcher")
            return self._find_text(query)
        found = Found(self)
        for page, reading in enumerate(self._joined.readings):
            if reading is None or (pages is not None and page not in pages):
                continue
            start, places = self._joined.starts[page], list(match(reading.text))
            found.starts.extend([start + low for low, _ in places])
            found.ends.extend([start + high for _, high in places])
            other = self._hyphened.readings[page]
            if other is not None:
                # Most are those of the other reading; to map them to characters takes longest.
                fresh = _fresh(match(other.text), places, self._hyphens(page, reading, other))
                if fresh:
                    found.add(page, other.spans(fresh))
        return found

    def _hyphens(self, page: int, joined: Reading, hyphened: Reading) -> Sequence[int] | None:
        if page not in self._broken:
            self._broken[page] = _hyphens(joined, hyphened)
        return self._broken[page]

    def _find_text(self, query: Query) -> Found:
        found = Found(self)
        wanted = needle(query)
        if not wanted:
            return found
        places = _occurrences(self._joined.text(query.case), wanted, words=query.words)
        found.starts.extend(places)
        found.ends.extend([at + len(wanted) for at in places])
        if "-" in wanted:  # else both readings hold the same places
            shelf = self._hyphened
            for at in _occurrences(shelf.text(query.case), wanted, words=query.words):
                page = shelf.page_at(at)
                found.add(page, [shelf.span(page, at, at + len(wanted))])
        return found

    def spans(self, page: int, starts: Sequence[int], ends: Sequence[int]) -> list[Span]:
        """Places in the joined text as characters of their page."""
        return self._joined.spans(page, starts, ends)

    def top(self, page: int, index: int) -> float:
        """How far below the top of its page a character's line is, in points."""
        folded = self.pages[page]
        return folded.top(index) if folded else 0.0

    def bounds(self, page: int) -> Span:
        """Where a page begins and ends in the joined text."""
        return self._joined.starts[page], self._joined.starts[page + 1]

    def page_at(self, offset: int) -> int:
        """The page of a place in the joined text."""
        return self._joined.page_at(offset)


class _Shelf:
    """One reading of every page, with a line end between two."""

    def __init__(self, readings: Sequence[Reading | None]) -> None:
        self.readings = readings
        self.starts = array("l", [0])
        for reading in readings:
            self.starts.append(self.starts[-1] + (len(reading.text) if reading else 0) + 1)
        self._cased = "\n".join(reading.text if reading else "" for reading in readings)
        self._low = lower(self._cased)

    def text(self, case: bool) -> str:
        return self._cased if case else self._low

    def page_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def span(self, page: int, start: int, end: int) -> Span:
        reading, first = self.readings[page], self.starts[page]
        return reading.span(start - first, end - first) if reading else (0, 0)

    def spans(self, page: int, starts: Sequence[int], ends: Sequence[int]) -> list[Span]:
        reading, first = self.readings[page], self.starts[page]
        places = zip(starts, ends, strict=True)
        return (
            reading.spans([(low - first, high - first) for low, high in places]) if reading else []
        )


class Found:
    """The places of one query, in order; which characters they are is told page by page."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.starts = array("l")
        self.ends = array("l")
        self._more: dict[int, list[Span]] = {}
        self._spans: dict[int, list[Span]] = {}

    def add(self, page: int, spans: Iterable[Span]) -> None:
        """Take places of the other reading that are not known yet."""
        known = set(self.on(page))
        if fresh := sorted(set(spans) - known):
            self._more[page] = sorted([*self._more.get(page, []), *fresh])
            self._spans.pop(page, None)

    def __len__(self) -> int:
        return len(self.starts) + sum(map(len, self._more.values()))

    def count(self, page: int) -> int:
        """How many places a page has."""
        low, high = self._range(page)
        return high - low + len(self._more.get(page, ()))

    def counts(self) -> dict[int, int]:
        """The pages that have places, in order, with their number."""
        pages = range(len(self._book.pages))
        return {page: count for page in pages if (count := self.count(page))}

    def on(self, page: int) -> list[Span]:
        """The places of a page as spans of its characters, in order."""
        spans = self._spans.get(page)
        if spans is None:
            low, high = self._range(page)
            spans = self._book.spans(page, self.starts[low:high], self.ends[low:high])
            if more := self._more.get(page):
                spans = sorted(dict.fromkeys([*spans, *more]))
            self._spans[page] = spans
        return spans

    def tops(self, page: int, most: int) -> list[float]:
        """How far below the top of a page its places are, in points; `most` of them at most."""
        low, high = self._range(page)
        step = max((high - low) // most, 1)
        spans = self._book.spans(page, self.starts[low:high:step], self.ends[low:high:step])
        starts = [start for start, _ in (*spans, *self._more.get(page, ()))]
        return [self._book.top(page, start) for start in starts]

    def _range(self, page: int) -> Span:
        first, last = self._book.bounds(page)
        return bisect_left(self.starts, first), bisect_left(self.starts, last)


def _hyphens(joined: Reading, hyphened: Reading) -> list[int] | None:
    """Where the second text has a hyphen the first has not; None when that is not all."""
    found: list[int] = []
    pieces: list[str] = []
    text, begin = hyphened.text, 0
    at = text.find("-")
    while at >= 0:
        same = at - len(found)
        if joined.text[same : same + 1] != "-" or joined.place(same) != hyphened.place(at):
            pieces.append(text[begin:at])
            found.append(at)
            begin = at + 1
        at = text.find("-", at + 1)
    return found if "".join((*pieces, text[begin:])) == joined.text else None


def _fresh(
    spans: Iterable[Span], known: Iterable[Span], hyphens: Sequence[int] | None
) -> list[Span]:
    """The places with a hyphen, and those the text without these hyphens has not."""
    if hyphens is None:
        return list(spans)
    there, count, found = set(known), 0, list[Span]()
    for low, high in spans:
        while count < len(hyphens) and hyphens[count] < low:
            count += 1
        inside = count < len(hyphens) and hyphens[count] < high
        if inside or (low - count, high - count) not in there:
            found.append((low, high))
    return found


def needle(query: Query) -> str:
    """A query's text as pages are folded."""
    folded = " ".join(fold_text(query.text).split())
    return folded if query.case else lower(folded)


def _occurrences(text: str, wanted: str, *, words: bool) -> list[int]:
    places: list[int] = []
    at = text.find(wanted)
    step = len(wanted)
    while at >= 0:
        if not words or is_word(text, at, at + step):
            places.append(at)
            at = text.find(wanted, at + step)
        else:
            at = text.find(wanted, at + 1)
    return places


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a place does not cut a word at either end."""
    return not (
        (start > 0 and _in_word(text[start - 1]) and _in_word(text[start]))
        or (end < len(text) and _in_word(text[end]) and _in_word(text[end - 1]))
    )


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


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
