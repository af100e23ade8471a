"""Differences of texts, word by word, and states as stretches of writing."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.text_diff import Piece, differences, stretches


def test_a_changed_word_is_told_whole() -> None:
    assert differences("the claim is bold", "the claims are bold") == [
        Piece("same", "the "),
        Piece("removed", "claim"),
        Piece("added", "claims"),
        Piece("same", " "),
        Piece("removed", "is"),
        Piece("added", "are"),
        Piece("same", " bold"),
    ]


def test_equal_texts_have_no_difference() -> None:
    assert differences("a b", "a b") == [Piece("same", "a b")]
    assert differences("", "") == []


@given(st.text("ab c\n.é漢😀"), st.text("ab c\n.é漢😀"))
def test_both_texts_can_be_read_from_their_differences(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(it.text for it in pieces if it.kind != "added") == old
    assert "".join(it.text for it in pieces if it.kind != "removed") == new
    assert all(one.kind != other.kind for one, other in itertools.pairwise(pieces))


@dataclass(frozen=True)
class State:
    at: str
    added: int
    removed: int


def test_a_pause_of_five_minutes_ends_a_stretch() -> None:
    # GIVEN states, the newest first
    states = [
        State("2026-01-01T12:09:00.000Z", 3, 1),
        State("2026-01-01T12:08:59.000Z", 2, 0),
        State("2026-01-01T12:00:00.000Z", 9, 0),
    ]
    # WHEN they are told as stretches THEN the pause stands between them
    found = stretches(states)
    assert [(it.last, it.at, it.begun, it.added, it.removed) for it in found] == [
        (0, states[0].at, states[1].at, 5, 1),
        (2, states[2].at, states[2].at, 9, 0),
    ]
