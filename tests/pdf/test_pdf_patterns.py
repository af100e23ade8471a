"""Patterns: the quick way finds what the thorough one finds, and says when it cannot serve."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.pdf import patterns
from reader.pdf.finding import Book, Query
from reader.pdf.folding import Span, fold_text
from reader.pdf.pattern_parts import FAR, Runs, steps
from reader.pdf.pattern_reading import understand
from reader.pdf.patterns import matcher
from reader.pdf.shelf import is_word
from reader.pdf.text import PageText
from tests.pdf.test_pdf_text import page

LINES = st.lists(
    st.sampled_from(
        ["a-", "pre-", "Train -", "b c", "a", "--", "x-y", "- ", "the cat-", "The CAT the",
         "o\ufb00-", "\ufb01t éa", "aa ab-", "STRASSE ß", "1.5 (x)", "ΟΔΟΣ-", "οδός", "क्षि a-", "②-b"]
    ),
    min_size=1,
    max_size=9,
)  # fmt: skip
ATOMS = st.sampled_from(
    ["a", "b", "A", "t", "-", " ", ".", "the", "é", "σ", r"\w", r"\W", r"\d", r"\s", r"\S", r"\.",
     "[a-z]", "[A-T]", "[^a]", "[^A-Z -]", r"[\w-]", "[aeß]", r"(\w)", "(a|b)", "(?:a|ab)", "(a-?b)"]
)  # fmt: skip
REPEATS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,3}", "+?", "*?", "{2,}"])
EDGES = st.sampled_from(
    ["", "", "", r"\b", r"\B", "^", "$", "(?=a)", "(?! )", "(?<=a)", "(?<!-)", r"\1", "|"]
)
PATTERNS = st.builds(
    lambda parts, edge, tail: edge + "".join(map("".join, parts)) + tail,
    st.lists(st.tuples(ATOMS, REPEATS), min_size=1, max_size=4),
    EDGES,
    EDGES,
)


def by_definition(text: PageText, query: Query) -> list[Span]:
    """What either reading has by one call of `regex`, each place once."""
    flags = regex.VERSION0 if query.case else regex.VERSION0 | regex.IGNORECASE
    pattern = regex.compile(fold_text(query.text), flags)
    folded = text.folded()
    found: set[Span] = set()
    for reading in (folded.joined, folded.hyphened):
        if reading is not None:
            spans = [match.span() for match in pattern.finditer(reading.text)]
            found.update(
                reading.span(*span)
                for span in spans
                if span[0] < span[1] and not (query.words and not is_word(reading.text, *span))
            )
    return sorted(found)


@given(LINES, PATTERNS, st.booleans(), st.booleans())
@example(["the cat-", "a"], r"\w+ \w+", False, False)
@example(["a-", "b c", "x-y", "a-", "a"], r"\b\w+ \w+", False, True)
@example(["o\ufb00-", "a"], "f", False, False)
@example(["inter-", "national"], r"-?nat\w+", False, False)
@example(["aaba ab-", "aa"], r"\w+b", False, False)
@example(["ab cd ef"], r"\w+ \w", False, False)
@example(["a-", "b ab", "ba"], r"\w+?b", False, True)
@example(["a-", "b ab", "ba-", "a"], r"\w+(?=-?a)", False, False)
def test_a_pattern_finds_what_it_finds_by_definition(
    lines: list[str], pattern: str, case: bool, words: bool
) -> None:
    # GIVEN a page with divided words, accents and ligatures
    text, query = page(*lines), Query(pattern, words=words, case=case, regex=True)
    try:
        match = matcher(query)
    except InputError:
        return
    # THEN what is found is what is written
    found = Book([text.folded()]).find(query, match)
    assert sorted(set(found.on(0))) == by_definition(text, query)


@pytest.mark.parametrize(
    "pattern",
    ["a", r"\w+", r"\w+tion", r"\b\w+ \w+", r"(\w+) \1", "[a-z]+-[a-z]+", r"(?:\w+ ){3}", "a|e",
     r"\w+(?= of)", r"(?<=the )\w+", r"\w+\s+\w+", ".", ".*", "(?:ab|c)+d", r"\bthe\b"],
)  # fmt: skip
def test_ordinary_patterns_are_known_to_be_quick(pattern: str) -> None:
    known = understand(pattern, case=False)
    assert known is not None
    assert steps(known.part, Runs(32, 8)) < 1_000


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", r"(\w+\s?)*x", "(a|aa)+$", "(a|a)*b", ".*x", ".*.*", "(?:.+)+", r"([\w ]+)+-",
     r"(?=.*)a", r"\w+(?:\W*\w+)*:", r"(.*)\1x"],
)  # fmt: skip
def test_patterns_that_may_take_long_are_known(pattern: str) -> None:
    known = understand(pattern, case=False)
    assert known is not None
    assert steps(known.part, Runs(32, 8)) == FAR


def test_each_way_of_repeats_that_overlap_is_counted() -> None:
    known = understand("a?" * 10 + "b", case=False)
    assert known is not None
    assert steps(known.part, Runs(32, 8)) > 2**10


@pytest.mark.parametrize(
    "pattern",
    [r"\p{Lu}", "(?i)a", "a{e<=1}", "[[:alpha:]]", "a++", "(?>a)", r"\X", "[a--b]", "(?P<n>a)",
     r"(a)*\1", r"(?:(a)|b)\1", r"\2(a)", "(a*)*", "a{2}{3}", "(?<=a+)b", "[а-я]", "Ꭰ", "(" * 40],
)  # fmt: skip
def test_what_is_not_certain_is_left_to_the_thorough_way(pattern: str) -> None:
    assert understand(pattern, case=False) is None


@pytest.mark.parametrize("pattern", ["(a+)+$", r"(\w+\s?)*x", "(a|aa)+$"])
def test_a_pattern_that_explodes_is_stopped(pattern: str) -> None:
    # GIVEN a page on which it would never end
    text, query = page("a" * 3_000 + "! x"), Query(pattern, regex=True)
    book, match = Book([text.folded()]), matcher(query, seconds=0.3)
    # WHEN it is looked for, THEN it ends with a sentence
    start = time.monotonic()
    with pytest.raises(InputError, match="takes too long"):
        book.find(query, match)
    assert time.monotonic() - start < 5


def test_the_time_of_all_looks_counts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a clock on which each look takes six tenths of what a pattern may take
    clock = iter(range(0, 1_000, 6))
    monkeypatch.setattr(patterns.time, "monotonic", lambda: next(clock) / 10)
    query, book = Query("cat", regex=True), Book([page("a cat").folded()] * 4)
    match = matcher(query, seconds=1.0)
    # WHEN the second look was late THEN there is no third, in whichever search
    known = book.find(query, match, {1})
    known = book.find(query, match, {2}, known)
    with pytest.raises(InputError, match="takes too long"):
        book.find(query, match, None, known)


def test_a_pattern_is_stopped_where_places_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_MOST", 10)
    query, book = Query(r"\w", regex=True), Book([page("pre-", "trained").folded()])
    assert len(book.find(query, matcher(query))) == 10
    with pytest.raises(InputError, match="too many places"):
        Book([page("a word more").folded(), page("and one").folded()]).find(query, matcher(query))


@pytest.mark.parametrize("pattern", ["a", r"\bc\w*", "x*", "(?<=c)a", "a|", "^a", "t$", r"\S+"])
def test_a_search_that_is_cut_off_goes_on_where_it_was(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN what is found at once on many pages
    text, query = page("a cat sat on the mat, accidentally a cat"), Query(pattern, regex=True)
    book = Book([text.folded()] * 30)
    expected = book.find(query, matcher(query))
    # WHEN every call is cut off
    monkeypatch.setattr(patterns, "_STEPS", 0)
    monkeypatch.setattr(patterns, "_MOMENT", 0.0)
    cut_off = book.find(query, matcher(query))
    # THEN the same is found, some pages later too
    assert [cut_off.on(at) for at in range(30)] == [expected.on(at) for at in range(30)]
