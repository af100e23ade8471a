"""The text of one document, what a query found in it, and finding in several."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import Generic, TypeVar

from reader.domain.errors import CancelledError
from reader.domain.value import dataclass
from reader.library.text_cache import TextCache
from reader.pdf.finding import Book, Found, Hit, HitLine, Matcher, Query, hit_line, hits_at
from reader.pdf.packing import unpack_page
from reader.pdf.patterns import matcher
from reader.pdf.protocol import PageText

K = TypeVar("K")


@dataclass(eq=False)
class DocumentText:
    """The text of a document; `book` is what is searched, `layout` gives a page with its boxes."""

    book: Book
    sha256: str = ""
    _cache: TextCache | None = field(default=None, repr=False)
    _layouts: Sequence[bytes | None] = field(default=(), repr=False)
    # Set once the text is in the cache, or will never be.
    settled: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def empty(self) -> bool:
        """Whether all pages are known to have no text."""
        return all(page is not None and not page.joined.text.strip() for page in self.book.pages)

    def layout(self, page: int) -> PageText | None:
        """A page's text; None where it could not be read.  Takes about a millisecond."""
        if self._layouts:
            packed = self._layouts[page]
        else:
            packed = self._cache.layout(self.sha256, page) if self._cache else None
        if packed is None:
            return None
        try:
            return unpack_page(packed)
        except ValueError:
            if self._cache:
                self._cache.drop(self.sha256)
            return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, and for each page the heights (points) of its marks.

    `match` goes on with other pages: one limit holds for all of them.
    """

    found: Found
    tops: dict[int, list[float]]
    match: Matcher | None = None


@dataclass(frozen=True, slots=True)
class Listed(Generic[K]):
    """A place in one of several documents, with its line."""

    key: K
    page: int
    hit: Hit
    line: HitLine


def find_in_documents(
    documents: Iterable[tuple[K, DocumentText]],
    query: Query,
    most: int = 1_000,
    given_up: Callable[[], bool] = lambda: False,
) -> Iterator[Listed[K]]:
    """Every place of a query in several documents, in their order; at most `most` a document.

    Raises InputError for a pattern that is wrong; a document on which it takes
    too long ends the iteration with one as well.  Raises CancelledError between
    two pages once it is `given_up`.
    """
    if query.empty:
        return
    for key, text in documents:
        found = text.book.find(query, matcher(query), given_up=given_up)
        left = most
        for page in found.counts():
            if given_up():
                raise CancelledError("Nobody waits for the list any more.")
            layout = text.layout(page) if left > 0 else None
            if layout is None:
                continue
            hits = hits_at(layout, found.on(page)[:left])
            left -= len(hits)
            for hit in hits:
                yield Listed(key, page, hit, hit_line(layout, hit.start, hit.end))
