"""The text of a document: read once, kept, found in; one bad page costs only itself."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.domain.errors import CancelledError, InputError
from reader.library.text_cache import TextCache
from reader.pdf import patterns
from reader.pdf.engine import Document, Engine
from reader.pdf.finding import Found, Places, Query, Sheet
from reader.pdf.protocol import Limits, PageText, PdfLink, PdfRefused
from reader.services import packed_findings
from reader.services import texts as service_of_texts
from reader.services.findings import Findings
from reader.services.texts import Texts, find_in_documents
from tests.pdf import hostile

WAIT = 30
FILLER = "Words fill the line so that it is a line of running text as papers have it."


class Counting(Engine):
    """An engine that notes which pages' texts it was asked for."""

    def __init__(self) -> None:
        super().__init__(Limits(stage=1.0))
        self.asked: list[int] = []
        self.linked: list[int] = []
        self.hold = threading.Event()
        self.hold.set()

    def text(self, doc: Document, page: int, *, priority: int = 0) -> Future[PageText]:
        assert doc.background and priority < 0
        assert self.hold.wait(WAIT)
        self.asked.append(page)
        return super().text(doc, page, priority=priority)

    def links(self, doc: Document, page: int, *, priority: int = 0) -> Future[tuple[PdfLink, ...]]:
        assert doc.background and priority < 0
        self.linked.append(page)
        return super().links(doc, page, priority=priority)


@pytest.fixture
def engine() -> Iterator[Counting]:
    made = Counting()
    yield made
    made.close()


@pytest.fixture
def texts(engine: Counting, tmp_path: Path) -> Iterator[Callable[[], Texts]]:
    """Services on one cache, as one start of the program follows another."""
    made: list[Texts] = []

    def start() -> Texts:
        for old in made:
            old.close()
        made.append(Texts(engine, TextCache(tmp_path)))
        return made[-1]

    yield start
    engine.close()
    for service in made:
        service.close()


def opened(engine: Engine, folder: Path, data: bytes, password: str = "") -> Document:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return engine.open(path, password).result(WAIT)


def test_a_document_is_read_once(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    # GIVEN a document that was read
    doc = opened(engine, tmp_path, hostile.sound(5))
    first = texts().read(doc, 3).result(WAIT)
    assert engine.asked[:3] == [3, 4, 2]
    # WHEN it is opened the next time
    again = texts().read(doc).result(WAIT)
    # THEN nothing is read, and the text is the same
    assert sorted(engine.asked) == [0, 1, 2, 3, 4]
    for page in range(5):
        one, other = first.layout(page), again.layout(page)
        assert one and other and other.chars == f"Page number {page + 1}"
        assert (one.chars, one.boxes, one.lines) == (other.chars, other.boxes, other.lines)


def test_a_large_file_is_known_by_its_hash_too(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.sound(1))
    texts().read(doc).result(WAIT)
    doc.info = type(doc.info)(doc.info.pages)  # as of a file too large to be hashed at once
    texts().read(doc).result(WAIT)
    assert engine.asked == [0]


def test_a_page_that_hangs_costs_only_itself(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    # GIVEN a document whose second page hangs whoever reads it
    doc = opened(engine, tmp_path, hostile.nested_forms(hanging_page=1))
    service = texts()
    # WHEN it is read and searched
    text = service.read(doc).result(WAIT)
    answer = service.find(text, Query("page")).result(WAIT)
    # THEN the other pages are found
    assert answer.found.counts() == {0: 1, 2: 1}
    assert text.layout(1) is None
    # and since it may go better another time, it is not kept
    texts().read(doc).result(WAIT)
    assert engine.asked.count(0) == 2


def test_a_damaged_cache_costs_a_second_reading(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.sound(2))
    cache = TextCache(tmp_path)
    cache.put(doc.info.sha256, 1, b"nonsense", [])
    cache.close()
    text = texts().read(doc).result(WAIT)
    assert text.book.find(Query("number")).counts() == {0: 1, 1: 1}


def test_what_is_behind_a_password_is_not_kept(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.encrypted(), hostile.PASSWORD)
    for _ in range(2):
        assert texts().read(doc).result(WAIT).layout(0)
    assert engine.asked == [0, 0]


def test_reading_can_be_given_up(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    # GIVEN a document that is being read
    doc = opened(engine, tmp_path, hostile.sound(50))
    service = texts()
    engine.hold.clear()
    future = service.read(doc)
    # WHEN nobody wants it any more
    assert future.cancel()
    engine.hold.set()
    # THEN the next one is read, and most of that one was not
    other = opened(engine, tmp_path, hostile.sound(1))
    service.read(other).result(WAIT)
    assert len(engine.asked) < 10
    with pytest.raises(FutureCancelled):
        future.result(WAIT)


def test_closing_answers_everybody(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.sound(50))
    service = texts()
    waiting: list[Future[Any]] = [service.read(doc) for _ in range(5)]
    engine.close()
    service.close()
    assert all(future.done() for future in waiting)
    assert service.read(doc).cancelled()


def test_a_million_pages_are_not_read(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.million_pages())
    with pytest.raises(PdfRefused, match="1000000 pages"):
        texts().read(doc).result(WAIT)


def test_patterns_that_are_wrong_are_told(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    service = texts()
    text = service.read(opened(engine, tmp_path, hostile.sound(1))).result(WAIT)
    with pytest.raises(InputError):
        service.find(text, Query("(", regex=True)).result(WAIT)
    (line,) = service.lines(text, 0, [(5, 11)]).result(WAIT)
    assert line.text[line.start : line.end] == "number"


def test_an_answer_is_gone_on_from(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN what was found on some pages, others of which have nothing
    service = texts()
    text = service.read(opened(engine, tmp_path, hostile.sound(12))).result(WAIT)
    query = Query("[1-3]$", regex=True)
    whole = service.find(text, query).result(WAIT)
    first = service.find(text, query, {1, 5, 6}).result(WAIT)
    assert first.found.counts() == {1: 1}
    # WHEN the search goes on with more pages, and with all
    reckoned: list[int] = []
    tops = Found.tops

    def noting(found: Found, page: int, most: int) -> list[float]:
        reckoned.append(page)
        return tops(found, page, most)

    monkeypatch.setattr(Found, "tops", noting)
    second = service.find(text, query, {1, 2, 5}, first).result(WAIT)
    last = service.find(text, query, None, second).result(WAIT)
    # THEN the answer is that of one search, and no mark was reckoned again
    assert (last.found.counts(), last.tops) == (whole.found.counts(), whole.tops)
    assert last.found.counts() == {0: 1, 1: 1, 2: 1, 10: 1, 11: 1}
    assert sorted(reckoned) == [0, 2, 10, 11]
    # AND the answers before are as they were
    assert (first.found.counts(), list(first.tops)) == ({1: 1}, [1])
    assert second.found.counts() == {1: 1, 2: 1}


def test_one_limit_holds_for_an_answer_that_is_gone_on_from(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a document with too many places, of which some pages have few enough
    monkeypatch.setattr(patterns, "_MOST", 30)
    service = texts()
    text = service.read(opened(engine, tmp_path, hostile.sound(6))).result(WAIT)
    query = Query("[a-z]", regex=True)
    first = service.find(text, query, {0, 1}).result(WAIT)
    assert len(first.found) == 20
    # WHEN the search goes on THEN it ends as one search would
    with pytest.raises(InputError, match="too many places"):
        service.find(text, query, {2, 3}, first).result(WAIT)


class Held:
    """A matcher that waits on each page until it may go on."""

    def __init__(self) -> None:
        self.looked = threading.Event()
        self.hold = threading.Event()
        self.pages = 0

    def look(self, sheet: Sheet) -> Places:
        self.pages += 1
        self.looked.set()
        assert self.hold.wait(WAIT)
        return Places(array("I"), array("I"))


@pytest.mark.parametrize("closing", [False, True])
def test_a_pattern_that_nobody_waits_for_is_left_after_its_page(
    engine: Counting,
    texts: Callable[[], Texts],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    closing: bool,
) -> None:
    # GIVEN a pattern that is being looked for, on the first of many pages, and one that waits
    service, held = texts(), Held()
    text = service.read(opened(engine, tmp_path, hostile.sound(20))).result(WAIT)
    with monkeypatch.context() as slow:
        slow.setattr(service_of_texts, "matcher", lambda query: held)
        answer = service.find(text, Query("o+", regex=True))
        assert held.looked.wait(WAIT)
    after = service.find(text, Query("n.mber", regex=True))
    # WHEN the reader types on, or leaves
    if closing:
        engine.close()
        leaving = threading.Thread(target=service.close)
        leaving.start()
        while not service._closed:
            time.sleep(0.001)
        held.hold.set()
        leaving.join(WAIT)
    else:
        assert answer.cancel()
        held.hold.set()
        # THEN the next one is found
        assert len(after.result(WAIT).found) == 20
    # AND no more than that page was looked at
    assert held.pages == 1
    assert answer.done() and after.done()


def test_several_documents_are_found_in_together(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    # GIVEN two documents
    service = texts()
    one = service.read(opened(engine, tmp_path, hostile.sound(2))).result(WAIT)
    two = service.read(opened(engine, tmp_path, hostile.sound(3))).result(WAIT)
    # WHEN both are searched
    found = list(find_in_documents([("one", one), ("two", two)], Query("number")))
    # THEN the places come by document and page, with their lines
    assert [(hit.key, hit.page) for hit in found] == [
        ("one", 0), ("one", 1), ("two", 0), ("two", 1), ("two", 2),
    ]  # fmt: skip
    assert found[4].line.text == "Page number 3"
    assert len(found[4].hit.rects) == 1
    assert len(list(find_in_documents([("one", one)], Query("e"), most=3))) == 3
    # AND none once nobody wants them any more
    with pytest.raises(CancelledError):
        list(find_in_documents([("one", one)], Query("number"), given_up=lambda: True))


def study(service: Texts, doc: Document) -> Findings:
    """As the viewer does: from before, else of the text."""
    known = service.studied(doc).result(WAIT)
    return known or service.study(doc, service.read(doc).result(WAIT)).result(WAIT)


def test_a_document_is_studied_once(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    # GIVEN a document with a heading, a caption and a mention of it, that was studied
    doc = opened(engine, tmp_path, paper())
    first = study(texts(), doc)
    assert [mention.text for mention in first.mentions[0]] == ["Figure 1"]
    assert (sorted(engine.asked), sorted(engine.linked)) == ([0, 1], [0, 1])
    # WHEN it is opened the next time THEN nothing is read, and the same is known
    assert study(texts(), doc) == first
    assert (len(engine.asked), len(engine.linked)) == (2, 2)


def test_what_other_rules_found_is_found_anew(
    engine: Counting,
    texts: Callable[[], Texts],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN findings of a program before this one
    doc = opened(engine, tmp_path, paper())
    with monkeypatch.context() as before:
        before.setattr(packed_findings, "MADE_BY", "rules of before")
        service = texts()
        first = study(service, doc)
        service.close()  # they are kept a moment after they are told
    # WHEN the document is studied THEN its text is taken from the cache, and looked through
    assert texts().studied(doc).result(WAIT) is None
    assert study(texts(), doc) == first
    assert (sorted(engine.asked), sorted(engine.linked)) == ([0, 1], [0, 0, 1, 1])


def test_damaged_findings_cost_a_second_study(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, paper())
    first = study(texts(), doc)
    texts().close()
    cache = TextCache(tmp_path)
    cache.put_findings(doc.info.sha256, packed_findings.MADE_BY, b"nonsense")
    cache.close()
    assert study(texts(), doc) == first


def test_of_endless_documents_the_beginning_is_studied(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.million_pages())
    found = texts().study(doc, None).result(WAIT * 2)
    assert not found.whole
    assert len(engine.asked) == 900


def test_studying_can_be_given_up(
    engine: Counting, texts: Callable[[], Texts], tmp_path: Path
) -> None:
    doc = opened(engine, tmp_path, hostile.sound(50))
    service = texts()
    engine.hold.clear()
    future = service.study(doc, None)
    assert future.cancel()
    engine.hold.set()
    assert service.study(opened(engine, tmp_path, hostile.sound(1)), None).result(WAIT).whole
    assert len(engine.asked) < 10


def paper() -> bytes:
    """Two pages: the first mentions the figure of the second."""
    doc = pymupdf.open()
    for rows in (
        ["1 Introduction", "As Figure 1 says, it is so.", *[FILLER] * 10],
        [*[FILLER] * 4, "Figure 1: All that can be said.", *[FILLER] * 4],
    ):
        page = doc.new_page()
        for number, row in enumerate(rows):
            page.insert_text((72, 90 + 18 * number), row)
    return doc.tobytes()
