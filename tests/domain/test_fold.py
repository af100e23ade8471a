"""Folding: whatever is typed finds what was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.fold import fold, index_words, phrase_words, query_words, title_key

# What the index's tokenizer keeps whole: ASCII letters and digits, anything beyond ASCII.
TOKEN = re.compile(r"[A-Za-z0-9\x80-\U0010ffff]+")


def found(query: str, text: str, *, typing: bool = False) -> bool:
    """Whether the index words of a text answer all the query's groups."""
    words = set(index_words(text))
    groups = query_words(query)
    for number, group in enumerate(groups):
        last = typing and number == len(groups) - 1
        if not any(word in words or (last and _begins(word, words)) for word in group):
            return False
    return True


def _begins(word: str, words: set[str]) -> bool:
    return any(other.startswith(word) for other in words)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Schrödinger", "schrodinger"),
        (r"Schr\"odinger", "schrodinger"),
        (r"Schr{\"o}dinger", "schrodinger"),
        (r"\'{E}tude", "etude"),
        (r"\o{}re", "ore"),
        ("STRASSE", "straße"),
        ("ﬁne", "fine"),
        ("Łódź", "lodz"),
        ("Ελλάς", "ελλασ"),
    ],
)
def test_case_accents_and_latex_are_folded(one: str, other: str) -> None:
    assert fold(one).replace(" ", "") == fold(other)


@pytest.mark.parametrize(
    "query, text",
    [
        ("pretraining", "pre-training"),
        ("pre-training", "pretraining"),
        ("pre training", "pre-training"),
        ("pre‑training", "pre-training"),
        ("c++", "A C++ compiler"),
        ("c", "A C++ compiler"),
        ("objective-c++", "Objective-C++ for all"),
        ("c#", "in C#."),
        ("it's", "it’s"),
        ("深度", "关于深度学习的研究"),
        ("深度学习", "关于深度学习的研究"),
        ("o'reilly", "OReilly"),
        ("state-of-the-art", "state of the art"),
    ],
)
def test_what_is_typed_finds_what_was_written(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize("query, text", [("c++", "C code"), ("学度", "深度学习"), ("cat", "cats")])
def test_and_nothing_else(query: str, text: str) -> None:
    assert not found(query, text)


def test_a_word_still_being_typed_is_a_beginning() -> None:
    assert found("transf", "transformers", typing=True)
    assert not found("transf learning", "transformers learning", typing=True)


@given(st.text())
def test_a_text_finds_itself(text: str) -> None:
    assert found(text, text)


def test_a_latex_letter_takes_the_spaces_after_it_and_not_the_next_line() -> None:
    assert found("naive", r"na\i ve") and found("naive", 'na\\"{\\i}ve')
    assert found("0", "\\i \n 0") and found("words", "\\o\nwords")


@given(st.text(), st.text())
def test_a_text_is_found_in_a_longer_one(before: str, text: str) -> None:
    assert found(text, f"{before} \n {text} , {before}")


@given(st.text(alphabet=st.sampled_from("aÄ-'’+#c深度 .\\{}\"1_")))
def test_every_word_is_one_token_of_the_index(text: str) -> None:
    # A word that the index's own tokenizer would cut makes a query it refuses.
    for word in [*index_words(text), *(word for group in query_words(text) for word in group)]:
        assert TOKEN.fullmatch(word), word


@given(st.text())
def test_folding_twice_changes_no_words(text: str) -> None:
    assert list(index_words(fold(text))) == list(index_words(text)) or "\\" in text


def test_titles_that_differ_in_signs_only_have_one_key() -> None:
    assert title_key("LoLDU: Low-Rank  Adaptation") == title_key("loldu low rank adaptation")
    assert title_key("A") != title_key("B")


def test_the_words_of_a_phrase_stand_in_order_and_east_asian_ones_alone() -> None:
    assert phrase_words("Pre-training, on 深度 C++") == ["pre", "training", "on", "深", "度", "c"]
