"""Queries over a whole document, patterns with a time limit, and texts packed to be kept."""

from __future__ import annotations

import threading
import time
import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.pdf.finding import Book, Places, Query, Sheet, find_in_page, hit_line
from reader.pdf.packing import pack_book, pack_page, unpack_book, unpack_page
from reader.pdf.patterns import matcher
from reader.pdf.text import PageText, Style
from tests.pdf.test_pdf_text import page

TEXT = page(
    "Straße des Pre-\ntraining, naïve", "οδός: the fi\ufb01 “quoted” cat — concat\u00adenate cat"
)


def found(query: Query, text: PageText = TEXT) -> list[str]:
    hits = find_in_page(text, query, matcher(query))
    return [text.chars[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    "query, expected",
    [
        (Query("cat", words=True), ["cat", "cat"]),
        (Query("cat"), ["cat", "cat", "cat"]),
        (Query("concatenate"), ["concat\u00adenate"]),
        (Query("pretraining", words=True), ["Pre-training"]),
        (Query("pre-training", words=True), ["Pre-training"]),
        (Query("pre-training", case=True), []),
        (Query("Pre-training", case=True), ["Pre-training"]),
        (Query("naive", case=True), ["naïve"]),
        (Query("NAIVE", case=True), []),
        (Query("STRASSE"), ["Straße"]),
        (Query('"quoted" cat -'), ["“quoted” cat —"]),
        (Query("fifi"), ["fi\ufb01"]),
        (Query("ΟΔΟΣ"), ["οδός"]),
        (Query("οδος"), ["οδός"]),
        (Query("i", words=True), []),
        (Query(r"c\w+e\b", regex=True), ["concat\u00adenate"]),
        (Query(r"CAT$", regex=True), ["cat"]),
        (Query(r"CAT$", regex=True, case=True), []),
        (Query(r"cat", regex=True, words=True), ["cat", "cat"]),
        (Query(r"pre-?training", regex=True), ["Pre-training"]),
        (Query(r"na.ve", regex=True), ["naïve"]),
        (Query(r"x*", regex=True), []),
        (Query("", regex=True), []),
        (Query("(a"), []),
    ],
)
def test_each_option_does_its_part(query: Query, expected: list[str]) -> None:
    assert found(query) == expected


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "\\", "(?P<1>a)", "(" * 3000, "a" * 2000])
def test_a_pattern_that_is_wrong_is_told(pattern: str) -> None:
    with pytest.raises(InputError) as caught:
        matcher(Query(pattern, regex=True))
    assert caught.value.message.startswith("This") and caught.value.hint


def test_a_pattern_without_end_is_stopped_and_lets_others_work() -> None:
    # GIVEN a pattern that would backtrack for ever
    text = page("a" * 5_000 + "!")
    query = Query("(a|aa)+$", regex=True)
    beats = 0
    done = threading.Event()

    def beat() -> None:
        nonlocal beats
        while not done.wait(0.001):
            beats += 1

    other = threading.Thread(target=beat)
    other.start()
    # WHEN it is looked for
    start = time.monotonic()
    try:
        with pytest.raises(InputError, match="takes too long"):
            find_in_page(text, query, matcher(query, seconds=0.3))
    finally:
        done.set()
        other.join()
    # THEN it ends in time, and other threads went on meanwhile
    assert time.monotonic() - start < 5
    assert beats > 20


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))), st.text("aé ﬁ-\u00ad", max_size=60)
)
def test_many_parts_are_mapped_as_each_alone(parts: list[tuple[int, int]], text: str) -> None:
    reading = page(text or "a").folded().joined
    known = sorted(
        (start, min(start + length, len(reading.text)))
        for start, length in parts
        if start < len(reading.text)
    )
    assert reading.spans(known) == [reading.span(*part) for part in known]


def test_a_pattern_is_looked_for_on_some_pages_alone() -> None:
    book = Book([page("a cat").folded() for _ in range(4)])
    query = Query("c.t", regex=True)
    assert book.find(query, matcher(query), {1, 3}).counts() == {1: 1, 3: 1}


@pytest.mark.parametrize("pattern", ["c.t", "pre-?t", r"\w+", "okapi"])
def test_what_is_known_is_gone_on_from_page_by_page_once(pattern: str) -> None:
    # GIVEN a book of which some pages have places, one has none, and one could not be read
    texts = [page("a cat"), TEXT, None, page("no"), page("pre-\ntrained cat"), page("the cat")]
    book = Book([text.folded() if text else None for text in texts])
    query, seen = Query(pattern, regex=True), list[str]()
    match = matcher(query)
    assert match is not None

    class Noting:
        def look(self, sheet: Sheet) -> Places:
            seen.append(sheet.joined)
            return match.look(sheet)

    # WHEN a pattern is looked for in steps, which overlap
    steps = [book.find(query, Noting(), {3, 4})]
    before = steps[0].counts(), steps[0].on(4)
    steps += [book.find(query, Noting(), {4, 5, 0}, steps[-1])]
    steps += [book.find(query, Noting(), None, steps[-1])]
    # THEN each page was looked at once
    assert seen == [one.folded().joined.text for at in (3, 4, 0, 5, 1) if (one := texts[at])]
    # AND all is found as by one search, what was known is left as it was
    whole = book.find(query, matcher(query))
    assert (steps[-1].counts(), len(steps[-1])) == (whole.counts(), len(whole))
    assert list(steps[-1].counts()) == sorted(steps[-1].counts())
    for number in range(len(texts)):
        assert steps[-1].on(number) == whole.on(number)
        assert steps[-1].tops(number, 9) == whole.tops(number, 9)
    assert (steps[0].counts(), steps[0].on(4)) == before
    assert len({id(step) for step in steps}) == 3


def test_a_book_finds_what_its_pages_find() -> None:
    # GIVEN pages of which one could not be read
    texts = [TEXT, page("cat and\ncat"), None, page(""), page("pre-\ntraining cat")]
    book = Book([text.folded() if text else None for text in texts])
    # WHEN anything is looked for
    for query in (Query("cat"), Query("pre-training"), Query("a"), Query("ca.", regex=True)):
        everywhere = book.find(query, matcher(query))
        # THEN each page has the places that it has by itself
        for number, text in enumerate(texts):
            alone = find_in_page(text, query, matcher(query)) if text else []
            assert everywhere.on(number) == [(hit.start, hit.end) for hit in alone]
            assert everywhere.count(number) == len(alone)
        assert len(everywhere) == sum(everywhere.counts().values())
    # and nothing goes over the end of a page
    assert len(book.find(Query("cat cat"))) == 0
    assert (
        len(book.find(Query(r"cat\s+cat", regex=True), matcher(Query(r"t\s+c", regex=True)))) == 0
    )


def test_marks_are_as_high_as_their_lines() -> None:
    book = Book([page("one\ntwo cat\n\nthree cat").folded()])
    assert book.find(Query("cat")).tops(0, 40) == [12.0, 36.0]
    assert len(book.find(Query("t")).tops(0, 2)) <= 4


def test_of_many_places_some_have_marks() -> None:
    # GIVEN thirty divided words, which are found whole and in parts
    query = Query(r"\w+", regex=True)
    places = Book([page("ab-\ncd\n" * 30).folded()]).find(query, matcher(query))
    # THEN of the whole ones and of the parts as many are marked as asked for
    assert len(places.tops(0, 90)) == len(places) == 90
    assert len(places.tops(0, 9)) == 9


@given(st.text("abÀé-\u00ad \ufb01ßς", max_size=60), st.text("abe-f ", min_size=1, max_size=3))
def test_every_place_says_what_was_looked_for(text: str, wanted: str) -> None:
    lines = page("\n".join(part for part in text.split(" ") if part) or "x")
    for hit in find_in_page(lines, wanted):
        inside = PageText(
            lines.chars[hit.start : hit.end], lines.boxes[4 * hit.start : 4 * hit.end]
        )
        assert 0 <= hit.start < hit.end <= len(lines.chars)
        assert inside.chars
        assert hit.rects


def test_the_line_of_a_place_is_shortened_around_it() -> None:
    long = page("word " * 40 + "needle " + "more " * 60)
    (hit,) = find_in_page(long, "needle")
    line = hit_line(long, hit.start, hit.end)
    assert line.text[line.start : line.end] == "needle"
    assert line.text.startswith("…word") and line.text.endswith("…") and len(line.text) < 200


def test_the_line_of_a_place_over_a_line_end_is_joined() -> None:
    (hit,) = find_in_page(TEXT, "pretraining")
    line = hit_line(TEXT, hit.start, hit.end)
    assert (line.text, line.start, line.end) == ("Straße des Pretraining, naïve", 11, 22)


# ---- kept


def test_pages_and_books_come_back_as_they_were() -> None:
    styled = PageText(
        TEXT.chars, TEXT.boxes, TEXT.lines, TEXT.blocks,
        (Style(0, 9.5, bold=True, font="Nimbus"), Style(4, 7.0, italic=True, mono=True, raised=True)),
    )  # fmt: skip
    for text in (styled, PageText(), page("one")):
        again = unpack_page(pack_page(text))
        assert (again.chars, again.boxes, again.lines) == (text.chars, text.boxes, text.lines)
        assert (again.blocks, again.styles) == (text.blocks, text.styles)
    book = Book([TEXT.folded(), None, PageText().folded(), page("a cat").folded()])
    again = unpack_book(pack_book(book))
    for wanted in ("cat", "pre-training", "a"):
        first, second = book.find(Query(wanted)), again.find(Query(wanted))
        assert [first.on(n) for n in range(4)] == [second.on(n) for n in range(4)]
        assert first.tops(0, 40) == second.tops(0, 40)
    assert again.pages[1] is None
    assert len(unpack_book(pack_book(Book([]))).pages) == 0


@given(st.data())
def test_damaged_bytes_are_refused_or_harmless(data: st.DataObject) -> None:
    for packed, unpack in (
        (pack_page(TEXT), unpack_page),
        (pack_book(Book([TEXT.folded()])), unpack_book),
    ):
        broken = bytearray(packed)
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at] ^= data.draw(st.integers(1, 255))
        cut = data.draw(st.integers(0, len(broken)))
        for attempt in (bytes(broken), packed[:cut]):
            try:
                unpack(attempt)
            except ValueError:
                continue
            # The last byte before the checksum may have bits that mean nothing.
            assert zlib.decompress(attempt) == zlib.decompress(packed)


def test_boxes_that_are_no_numbers_are_refused() -> None:
    text = PageText("a", array("f", [float("nan")] * 4), ((0, 1),), ((0, 1),))
    with pytest.raises(ValueError, match="do not match"):
        unpack_page(pack_page(text))


@pytest.mark.parametrize("pattern", ["[ae.-]", r"\W"])
def test_a_page_has_as_many_places_as_are_counted_on_it(pattern: str) -> None:
    # GIVEN characters that stand for several, and a hyphen that only one reading has
    text = page("\u2026 \u00e6on is a pre-\ntrain\u2026")
    query = Query(pattern, regex=True)
    places = Book([text.folded()]).find(query, matcher(query))
    # THEN each place that is counted can be gone to
    assert places.count(0) == len(places) == len(places.on(0)) > 0
