"""Selecting, copying and finding on a page made by hand."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pdf.finding import find_in_page
from reader.pdf.text import PageText, clean


def page(*blocks: str) -> PageText:
    """Blocks of lines; a character is 10 wide, a line 10 high, a block starts 30 lower."""
    chars, boxes = "", array("f")
    lines: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    y = 0.0
    for block in blocks:
        start = len(chars)
        for line in block.splitlines():
            lines.append((len(chars), len(chars) + len(line)))
            for column in range(len(line)):
                boxes.extend((10.0 * column, y, 10.0 * column + 10, y + 10))
            chars += line
            y += 12
        spans.append((start, len(chars)))
        y += 30
    return PageText(chars, boxes, tuple(lines), tuple(spans))


def found(text: PageText, needle: str) -> list[str]:
    return [text.chars[hit.start : hit.end] for hit in find_in_page(text, needle)]


@pytest.mark.parametrize(
    "needle, expected",
    [
        ("café", ["Café"]),
        ("CAFE", ["Café"]),
        ("naive bayes", ["naïveBayes"]),  # over a line break
        ("training", ["trainingthe", "training"]),
        ("pre-training", ["pre-training"]),
        ("efficient", ["eﬃcient"]),
        ("missing", []),
        ("", []),
        ("   ", []),
    ],
)
def test_finding_ignores_case_accents_and_line_breaks(needle: str, expected: list[str]) -> None:
    text = page("Café of naïve\nBayes in pre-\ntraining", "an eﬃcient train-\ning")
    hits = find_in_page(text, needle)
    if needle == "training":
        assert [len(hit.rects) for hit in hits] == [1, 2]
    else:
        assert found(text, needle) == expected


def test_a_hit_over_a_line_end_has_a_rect_for_each_line() -> None:
    text = page("ab cd-\nef gh")
    (hit,) = find_in_page(text, "cdef")
    assert hit.rects == ((30, 0, 60, 10), (0, 12, 20, 22))
    assert text.copy(hit.start, hit.end) == "cdef"


def test_all_hits_come_in_order_and_do_not_overlap() -> None:
    hits = find_in_page(page("aaaa aa"), "aa")
    assert [(hit.start, hit.end) for hit in hits] == [(0, 2), (2, 4), (5, 7)]


def test_copying_joins_lines_and_hyphens_and_keeps_blocks_apart() -> None:
    text = page("We use pre-\ntraining and GPT-\n4 with a long\nline", "Next")
    whole = text.copy(0, len(text.chars))
    assert whole == "We use pretraining and GPT-4 with a long line\nNext"
    assert text.copy(3, 6) == "use"
    assert text.copy(5, 5) == ""


def test_a_soft_hyphen_is_joined_also_where_the_word_goes_on_in_another_block() -> None:
    text = page("a word that is bro\u00ad", "ken at the end of a column", "well-", "Next")
    assert (
        text.copy(0, len(text.chars)) == "a word that is broken at the end of a column\nwell-\nNext"
    )


def test_a_double_click_takes_the_word() -> None:
    text = page("don't stop, x_1 now", "ab")
    words = [text.chars[low:high] for low, high in text.words()]
    assert words == ["don't", "stop", "x_1", "now", "ab"]
    assert text.word_at(10) == (10, 11)
    assert text.word_at(17) == (16, 19)
    assert text.word_at(999) == (999, 999)
    assert text.line_at(20) == (19, 21)


def test_a_click_finds_the_character_and_a_drag_the_gap() -> None:
    text = page("abc\ndef", "ghi")
    assert text.char_at(15, 5) == 1
    assert text.char_at(500, 500) is None
    # left half, right half, beyond the line, between lines, beyond the page
    places = [(11, 5), (19, 5), (90, 3), (0, 13), (500, 500), (-9, -9)]
    assert [text.caret_at(x, y) for x, y in places] == [1, 2, 3, 3, 9, 0]
    assert page().caret_at(1, 1) == 0


def test_cleaning_keeps_the_length() -> None:
    assert clean("a\0b\ud800c\x1bd\te") == "a\ufffdb\ufffdc\ufffdd\te"
    assert clean("plain") == "plain"


def test_a_page_that_ends_in_an_empty_line_is_searched() -> None:
    assert page("0\n\x85").lines[-1] == (1, 1)
    assert len(find_in_page(page("0\n\x85"), "0")) == 1


lines = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=5)


@given(lines, st.data())
def test_whatever_stands_on_a_line_is_found(texts: list[str], data: st.DataObject) -> None:
    texts = ["".join(text.split("\x00")) for text in texts if len(text.splitlines()) == 1]
    text = page("\n".join(texts)) if texts else page("x")
    if not text.lines:
        return
    low, high = data.draw(st.sampled_from(text.lines))
    if low == high:
        return
    start = data.draw(st.integers(low, high - 1))
    needle = text.chars[start : data.draw(st.integers(start + 1, high))]
    hits = find_in_page(text, needle)
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text.chars)
        assert hit.rects
    if needle.isascii() and needle.isalnum():
        assert hits
    text.copy(start, high)
    text.words()
