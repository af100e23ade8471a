"""The text of whole documents: read once in the background, kept, found in and studied.

Every method returns at once.  The threads are made when they are first needed: one looks into
the cache, a few read documents that are not in it, one finds, one studies.  No Qt.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import deque
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from reader.domain.errors import CancelledError
from reader.domain.value import dataclass
from reader.library.text_cache import StoredPage, TextCache
from reader.pdf.engine import Document, Engine
from reader.pdf.finding import Book, HitLine, Query, hit_line
from reader.pdf.folding import FoldedPage, Span
from reader.pdf.packing import FORMAT, pack_book, pack_page, unpack_book
from reader.pdf.patterns import matcher
from reader.pdf.protocol import PageLabels, PageText, PdfFailure, PdfQuarantined, PdfRefused
from reader.services import gathering, packed_findings, page_labels
from reader.services.document_text import Answer, DocumentText, Listed, find_in_documents
from reader.services.findings import Findings

__all__ = ["Answer", "DocumentText", "Listed", "Texts", "find_in_documents"]

_PRIORITY = -10  # behind whatever else the background child is asked
_IN_FLIGHT = 2
_WAIT = 60.0  # seconds; longer than every deadline of the engine: it always answers
_PATIENCE = 12  # pages that may hang or crash before the rest is given up
_CHUNK = 1 << 20
_MOST_PAGES = 20_000
_READERS = 3  # documents read beside each other: a paper need not wait for a book
_MARKS = 2_000  # marks on the scroll bar, about; it has no more pixels

K = TypeVar("K")


class Texts:
    """Hands out the texts of documents, and finds in them.

    Futures are answered on a thread of the service; `cancel()` of what `read`, `find`
    or `listed` gives stops the reading or finding at its present page.
    """

    def __init__(self, engine: Engine, cache: TextCache | None = None) -> None:
        self._engine = engine
        self._cache = cache
        self._closed = False
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="texts-look")
        self._reading = ThreadPoolExecutor(_READERS, thread_name_prefix="texts-read")
        self._finding = ThreadPoolExecutor(1, thread_name_prefix="texts-find")
        self._studying = ThreadPoolExecutor(1, thread_name_prefix="texts-study")

    def read(self, doc: Document, near: int = 0) -> Future[DocumentText]:
        """The text of a document that is open in the engine, in whichever child.

        Begins at the page `near`.  A page that cannot be read has
        no text; PdfFailure only when the file cannot be opened, or has more
        pages than are ever read as one.
        """
        answer: Future[DocumentText] = Future()

        def look() -> None:
            _check(doc)
            if known := self._known(doc, answer):
                _give(answer, known)
                self._learn_labels(doc)
            elif not answer.cancelled():
                self._submit(self._reading, answer, lambda: self._read_anew(doc, near, answer))

        self._submit(self._looking, answer, look)
        return answer

    def read_file(self, path: Path, password: str = "") -> Future[tuple[DocumentText, PageLabels]]:
        """The text of a file that nobody has open, and the names of its pages.

        PdfFailure when the file cannot be opened or is too long.
        """
        answer: Future[tuple[DocumentText, PageLabels]] = Future()

        def work() -> None:
            with self._opened(path, password) as doc:
                _check(doc)
                labels = PageLabels()
                with contextlib.suppress(PdfFailure):
                    labels = self._engine.labels(doc, priority=_PRIORITY).result(_WAIT)
                if text := self._known(doc, answer):
                    _give(answer, (text, labels))
                else:
                    self._read(doc, 0, answer, lambda text: (text, labels))

        self._submit(self._reading, answer, work)
        return answer

    def find(
        self,
        text: DocumentText,
        query: Query,
        pages: Container[int] | None = None,
        known: Answer | None = None,
    ) -> Future[Answer]:
        """Find in a document; InputError for a pattern that is wrong or takes too long.

        With `pages` a pattern is looked for on those alone, and not on those of an answer
        to the same query that is `known`.  An answer can be gone on from once.
        """

        def work(given_up: Callable[[], bool]) -> Answer:
            match = known.match if known else matcher(query)
            found = text.book.find(query, match, pages, known.found if known else None, given_up)
            tops = dict(known.tops) if known else {}
            most = max(_MARKS // max(len(text.book.pages), 1), 4)
            for page in found.counts().keys() - tops.keys():
                tops[page] = found.tops(page, most)
            return Answer(found, tops, match)

        return self._start(work)

    def lines(self, text: DocumentText, page: int, spans: Sequence[Span]) -> Future[list[HitLine]]:
        """The lines in which places of a page lie; none when its text is gone."""

        def work(_given_up: Callable[[], bool]) -> list[HitLine]:
            layout = text.layout(page)
            return [hit_line(layout, *span) for span in spans] if layout else []

        return self._start(work)

    def listed(
        self, key: K, text: DocumentText, query: Query, most: int = 1_000
    ) -> Future[list[Listed[K]]]:
        """The places of a query in one of several documents, at most `most`, with their lines."""
        return self._start(
            lambda given_up: list(find_in_documents([(key, text)], query, most, given_up))
        )

    def studied(self, doc: Document) -> Future[Findings | None]:
        """What was found in a document before; None when it has to be looked through."""
        answer: Future[Findings | None] = Future()
        self._submit(self._looking, answer, lambda: _give(answer, self._findings(doc, answer)))
        return answer

    def study(self, doc: Document, text: DocumentText | None) -> Future[Findings]:
        """Look through a document; without its `text` as many pages are read as are studied.

        PdfFailure only when the file cannot be opened.
        """
        answer: Future[Findings] = Future()
        self._submit(self._studying, answer, lambda: self._study(doc, text, answer))
        return answer

    def close(self) -> None:
        """Stop everything; returns when no thread is left.  Close the engine first."""
        self._closed = True
        for pool in (self._looking, self._reading, self._finding, self._studying):
            pool.shutdown(wait=True, cancel_futures=True)
        if self._cache:
            self._cache.close()

    # -- on the threads

    def _known(self, doc: Document, answer: Future[Any]) -> DocumentText | None:
        """The text from the cache."""
        digest = self._digest(doc, answer)
        text = self.kept(digest) if digest else None
        if self._cache and text is not None and len(text.book.pages) != doc.info.pages:
            self._cache.drop(digest)
            return None
        return text

    def kept(self, sha256: str) -> DocumentText | None:
        """The text of a file that may be gone by now, by its hash; None when it is not kept.

        For any thread but the window's: it reads from the disk.
        """
        packed = self._cache.book(sha256, FORMAT) if self._cache else None
        if packed is None or self._cache is None:
            return None
        try:
            text = DocumentText(unpack_book(packed), sha256, self._cache)
        except ValueError:
            self._cache.drop(sha256)
            return None
        text.settled.set()
        return text

    def _findings(self, doc: Document, answer: Future[Any]) -> Findings | None:
        digest = self._digest(doc, answer)
        if self._cache is None or not digest:
            return None
        packed = self._cache.findings(digest, packed_findings.MADE_BY)
        try:
            return packed_findings.unpack(packed, doc.info.pages) if packed else None
        except ValueError:
            self._cache.drop(digest)
            return None

    def _study(self, doc: Document, text: DocumentText | None, answer: Future[Any]) -> None:
        layout = text.layout if text else None
        found, sound = gathering.look_through(
            self._engine, doc, layout, lambda: self._given_up(answer)
        )
        _give(answer, found)
        if self._cache and sound and text and text.settled.wait(_WAIT):
            digest = self._digest(doc, Future())
            if digest:
                self._cache.put_findings(
                    digest, packed_findings.MADE_BY, packed_findings.pack(found)
                )

    def _digest(self, doc: Document, answer: Future[Any]) -> str:
        """What a file is kept under, "" when it is not: texts behind a password never are."""
        if self._cache is None or doc.info.needs_password:
            return ""
        return doc.info.sha256 or self._hash(doc.path, answer)

    def _hash(self, path: Path, answer: Future[Any]) -> str:
        """The hash of a large file; "" when it cannot be read or nobody wants it any more."""
        digest = hashlib.sha256()
        try:
            with path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    if self._given_up(answer):
                        return ""
                    digest.update(chunk)
        except OSError:
            return ""
        return digest.hexdigest()

    @contextlib.contextmanager
    def _opened(self, path: Path, password: str) -> Iterator[Document]:
        """A file open in the background child."""
        opening = self._engine.open(path, password, background=True, priority=_PRIORITY)
        doc = opening.result(_WAIT)
        try:
            yield doc
        finally:
            self._engine.forget(doc)

    def _read_anew(self, asked: Document, near: int, answer: Future[DocumentText]) -> None:
        with self._opened(asked.path, asked.password) as doc:
            self._read(doc, near, answer, lambda text: text)

    def _read(
        self,
        doc: Document,
        near: int,
        answer: Future[Any],
        made: Callable[[DocumentText], object],
    ) -> None:
        """Read an open document; the answer is what is `made` of its text, which is then kept."""
        pages, sound = self._pages(doc, near, answer)
        text = DocumentText(
            Book([page.folded if page else None for page in pages]),
            doc.info.sha256,
            _layouts=[page.layout if page else None for page in pages],
        )
        _give(answer, made(text))
        try:
            self._keep(doc, text, pages if sound else ())
        finally:
            text.settled.set()
        self._learn_labels(doc)

    def _learn_labels(self, doc: Document) -> None:
        """Keep the names of the pages for lists that show them without the file."""
        digest = self._digest(doc, Future())
        if self._cache and digest and not self._closed and self._cache.labels(digest) is None:
            with contextlib.suppress(PdfFailure, FutureCancelled):
                labels = self._engine.labels(doc, priority=_PRIORITY).result(_WAIT)
                self._cache.put_labels(digest, page_labels.pack(labels))

    def _keep(self, doc: Document, text: DocumentText, pages: Sequence[_Page | None]) -> None:
        digest = self._digest(doc, Future()) if pages else ""
        if self._cache and digest:
            kept = [
                StoredPage(page.plain, page.layout) if page else StoredPage("", None)
                for page in pages
            ]
            self._cache.put(digest, FORMAT, pack_book(text.book), kept)

    def _pages(
        self, doc: Document, near: int, answer: Future[Any]
    ) -> tuple[list[_Page | None], bool]:
        """Every page, and whether reading them again would give the same."""
        order = _order(doc.info.pages, near)
        flying: deque[tuple[int, Future[PageText]]] = deque()
        pages: list[_Page | None] = [None] * doc.info.pages
        lost = 0
        more = True
        while more or flying:
            if self._given_up(answer):
                raise CancelledError("Nobody waits for the text any more.")
            while more and len(flying) < _IN_FLIGHT:
                number = next(order, None)
                more = number is not None
                if number is not None:
                    flying.append((number, self._engine.text(doc, number, priority=_PRIORITY)))
            if not flying:
                break
            number, future = flying.popleft()
            try:
                pages[number] = _page(future.result(_WAIT))
            except PdfRefused:
                continue
            except PdfFailure as error:
                lost += 1
                more = more and lost < _PATIENCE and not isinstance(error, PdfQuarantined)
            except FutureCancelled:
                raise CancelledError("The program is closing.") from None
        return pages, lost == 0

    def _given_up(self, answer: Future[Any]) -> bool:
        return self._closed or answer.cancelled()

    def _start(self, work: Callable[[Callable[[], bool]], Any]) -> Future[Any]:
        """Have something found; `work` is told how to ask whether it is given up."""
        answer: Future[Any] = Future()
        self._submit(
            self._finding, answer, lambda: _give(answer, work(lambda: self._given_up(answer)))
        )
        return answer

    def _submit(
        self, pool: ThreadPoolExecutor, answer: Future[Any], work: Callable[[], object]
    ) -> None:
        try:
            done = pool.submit(_settle, answer, work)
        except RuntimeError:  # the pool is shut: the program ends
            answer.cancel()
            return
        done.add_done_callback(lambda done: answer.cancel() if done.cancelled() else None)


@dataclass(frozen=True, slots=True)
class _Page:
    folded: FoldedPage
    layout: bytes
    plain: str


def _page(text: PageText) -> _Page:
    return _Page(text.folded(), pack_page(text), text.copy(0, len(text.chars)))


def _check(doc: Document) -> None:
    if doc.info.pages > _MOST_PAGES:
        raise PdfRefused(
            f"The document has {doc.info.pages} pages, too many to be read as one.",
            f"The limit is {_MOST_PAGES}.",
            stage="text",
        )


def _order(pages: int, near: int) -> Iterator[int]:
    """All pages, from the one the reader is at outwards."""
    middle = min(max(near, 0), pages - 1)
    for distance in range(pages):
        for page in dict.fromkeys((middle + distance, middle - distance)):
            if 0 <= page < pages:
                yield page


def _settle(answer: Future[Any], work: Callable[[], object]) -> None:
    """Do a piece of work whose failure is the answer."""
    if answer.done():
        return
    error: BaseException
    try:
        work()
        return
    except FutureCancelled:
        error = CancelledError("The program is closing.")
    except Exception as failure:  # noqa: BLE001 - the future carries it to whoever asked
        error = failure
    if not answer.done() and answer.set_running_or_notify_cancel():
        answer.set_exception(error)


def _give(answer: Future[Any], value: object) -> None:
    if not answer.done() and answer.set_running_or_notify_cancel():
        answer.set_result(value)
