"""Quotes found again by their words: exactly, by their context, changed; or not at all."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.pdf.anchor import Sought, best, find, squeeze
from reader.pdf.anchor.aligning import blocks

RANDOM = random.Random(3)
WORDS = [
    "".join(RANDOM.choice(string.ascii_lowercase) for _ in range(RANDOM.randint(2, 9)))
    for _ in range(900)
]
TEXT = "".join(RANDOM.choice(WORDS) for _ in range(4_000))
QUOTE = "themeasureofcertaintyiswhatcountsinallofthis"


def around(text: str, start: int, end: int, width: int) -> Sought:
    """What would be looked for, were a stretch of a text annotated."""
    return Sought(text[start:end], text[max(start - width, 0) : start], text[end : end + width])


def put(at: int, words: str = QUOTE) -> str:
    return TEXT[:at] + words + TEXT[at:]


@given(
    st.integers(0, len(TEXT) - 400),
    st.integers(1, 300),
    st.sampled_from([27, 400]),
    st.text(string.ascii_lowercase, max_size=500),
)
@settings(max_examples=60, deadline=None)
def test_what_is_certain_is_right_however_much_stands_before(
    start: int, size: int, width: int, more: str
) -> None:
    # GIVEN any stretch of a text, and the text with something before it
    end = start + size
    # WHEN it is looked for
    place, places = best(more + TEXT, around(TEXT, start, end, width))
    # THEN it is found, and if that is certain, it is the very place
    assert any(one.start == start + len(more) for one in places)
    if place is not None:
        assert (place.start, place.end) == (start + len(more), end + len(more))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=120, deadline=None)
def test_no_text_is_too_odd_to_be_looked_for(
    text: str, quote: str, before: str, after: str
) -> None:
    # GIVEN any texts at all WHEN one is looked for in the other
    found = find(squeeze(text), Sought(squeeze(quote), squeeze(before), squeeze(after)))
    # THEN every place lies within the text
    for place in found:
        assert 0 <= place.start < place.end <= len(squeeze(text))
        assert 0 <= place.certainty <= 1


@given(st.text("ab", max_size=40), st.text("ab", max_size=40))
def test_blocks_are_the_same_in_both_and_in_order(one: str, other: str) -> None:
    at, there = 0, 0
    for first, second, size in blocks(one, other):
        assert one[first : first + size] == other[second : second + size] != ""
        assert first >= at and second >= there
        at, there = first + size, second + size


def test_of_two_places_the_context_tells_which() -> None:
    # GIVEN a sentence that stands twice
    text = put(5_000)[:9_000] + QUOTE + put(5_000)[9_000:]
    for at in (5_000, 9_000):
        # WHEN each is looked for with the little context an annotation keeps
        place, _ = best(text, around(text, at, at + len(QUOTE), 27))
        # THEN each is found where it is
        assert place is not None and place.start == at


def test_a_twin_is_not_taken_for_what_is_gone() -> None:
    # GIVEN a sentence that stood twice, of which one is gone
    old = put(5_000)[:9_000] + QUOTE + put(5_000)[9_000:]
    new = TEXT[:9_000] + QUOTE + TEXT[9_000:]
    # WHEN the one that is gone is looked for
    place, places = best(new, around(old, 5_000, 5_000 + len(QUOTE), 27))
    # THEN nothing is certain, and the other is offered
    assert place is None
    assert [one.start for one in places] == [9_000]


def test_two_places_with_the_same_context_are_left_to_the_reader() -> None:
    # GIVEN a passage that stands twice, word for word
    passage = TEXT[4_900:5_000] + QUOTE + TEXT[5_000:5_100]
    text = TEXT[:2_000] + passage + TEXT[2_000:7_000] + passage + TEXT[7_000:]
    # WHEN a sentence of it is looked for THEN both are offered and none is certain
    place, places = best(text, Sought(QUOTE, passage[73:100], passage[-100:-73]))
    assert place is None
    assert len(places) == 2


@pytest.mark.parametrize(
    "changed",
    [
        QUOTE.replace("certainty", "confidence"),
        QUOTE.replace("ofcertainty", "ofourcertainty"),
        QUOTE.replace("whatcounts", "counts"),
        QUOTE[:20] + "12" + QUOTE[20:],
    ],
)
def test_a_changed_sentence_is_found_between_what_was_around_it(changed: str) -> None:
    # GIVEN a sentence with a word replaced, put in, taken out, or a number of a line within
    old = put(5_000)
    # WHEN it is looked for
    place, _ = best(put(5_000, changed), around(old, 5_000, 5_000 + len(QUOTE), 27))
    # THEN the whole of it is covered
    assert place is not None and place.likeness < 1
    assert (place.start, place.end) == (5_000, 5_000 + len(changed))


def test_a_sentence_that_is_gone_is_not_placed_on_its_neighbour() -> None:
    # GIVEN two sentences beside each other that differ by a word, and the first is taken out
    first, second = "variantareachesfourpercentontherest.", "variantbreachesninepercentontherest."
    old, new = put(5_000, first + second), put(5_000, second)
    # WHEN the first is looked for THEN it is not certain, with little context or much
    for width in (27, 400):
        assert best(new, around(old, 5_000, 5_000 + len(first), width))[0] is None


def test_short_words_need_what_is_right_beside_them() -> None:
    # GIVEN a word that stands everywhere
    text = TEXT.replace("a", "anda")
    at = text.index("anda", 6_000)
    # WHEN it is looked for by itself THEN it could be anywhere
    assert best(text, Sought("anda"))[0] is None
    # AND with its context it is found
    place, _ = best(text, around(text, at, at + 4, 27))
    assert place is not None and place.start == at


def test_a_quote_over_pages_is_found_though_a_figure_came_in_between() -> None:
    # GIVEN a quote parted by a caption
    old, quote = TEXT, TEXT[5_000:5_200]
    new = TEXT[:5_110] + "figurethreeanoverviewofallthatwasmeasuredhere" * 3 + TEXT[5_110:]
    # WHEN it is looked for
    place, _ = best(new, around(old, 5_000, 5_200, 400))
    # THEN its two ends are found, and the caption is no part of it
    assert place is not None
    assert (place.start, place.end) == (5_000, 5_200 + 135)
    assert sum(size for _, _, size in place.blocks) >= len(quote) - 8


def test_a_very_long_quote_is_found_by_its_ends() -> None:
    # GIVEN a quote of many pages with a word changed in the middle
    old = TEXT
    new = TEXT[:6_000] + "changed" + TEXT[6_005:]
    # WHEN it is looked for THEN it reaches from its beginning to its end
    place, _ = best(new, around(old, 3_000, 9_000, 400))
    assert place is not None and (place.start, place.end) == (3_000, 9_002)


@pytest.mark.parametrize(
    "text, letters",
    [
        ("pre-\ntrained e\ufb03cient", "pretrainedefficient"),
        ("soft\u00adhyphen non\u2011breaking", "softhyphennonbreaking"),
        ("a\x00b\ud800c\u202ed\ufffde", "abcde"),
        ("\u201cquoted\u201d \u2014 it\u2019s", '"quoted"\u2013it\'s'),
        ("caf\u00e9", "cafe\u0301"),
        ("cafe\u0301", "cafe\u0301"),
        ("x\u00b2 \u00bd", "x21\u20442"),
    ],
)
def test_letters_are_what_typesetting_leaves_alone(text: str, letters: str) -> None:
    assert squeeze(text) == letters
