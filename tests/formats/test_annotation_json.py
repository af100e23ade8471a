"""Annotations as JSON: they come back as they were, and what means nothing is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.domain.marking import Annotation, Kind, Part
from reader.formats.annotation_json import from_dict, to_dict

NUMBER = st.floats(-1e6, 1e6)
QUAD = st.tuples(*[NUMBER] * 8)
STROKE = st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=3).map(tuple)
PART = st.builds(
    Part,
    st.integers(0, 9999),
    st.lists(QUAD, min_size=1, max_size=3).map(tuple),
    st.lists(STROKE, max_size=2).map(tuple),
)
TEXT = st.text(max_size=12)
ANNOTATION = st.builds(
    Annotation,
    kind=st.sampled_from(Kind),
    parts=st.lists(PART, min_size=1, max_size=2).map(tuple),
    attachment=TEXT,
    color=st.sampled_from(["yellow", "gray", "#00ff7f"]),
    quote=TEXT,
    before=TEXT,
    after=TEXT,
    comment=TEXT,
    tags=st.lists(TEXT, max_size=2).map(tuple),
    size=st.floats(0, 100),
    author=TEXT,
    note=TEXT,
    card=TEXT,
    placed=st.booleans(),
    nm=TEXT,
    seen=TEXT,
    uid=TEXT,
)


@given(ANNOTATION)
def test_an_annotation_comes_back_as_it_was(annotation: Annotation) -> None:
    value = json.loads(json.dumps(to_dict(annotation), allow_nan=False))
    assert from_dict(value) == annotation
    assert value["page"] == annotation.parts[0].page
    assert value["quads"] == [list(quad) for quad in annotation.parts[0].quads]


GOOD: dict[str, Any] = to_dict(
    Annotation(Kind.NOTE, (Part(0, ((1.0, 2.0, 3.0, 2.0, 1.0, 1.0, 3.0, 1.0),)),))
)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "wish"}, {"kind": None}, {"color": "mauve"}, {"color": 7}, {"parts": []},
        {"parts": None}, {"parts": [{"quads": [[1] * 8]}]}, {"parts": [{"page": -1}]},
        {"parts": [{"page": True}]}, {"parts": [{"page": 0, "quads": [[1] * 7]}]},
        {"parts": [{"page": 0, "quads": [["a"] * 8]}]}, {"parts": [{"page": 0, "quads": 3}]},
        {"parts": [{"page": 0, "quads": [[float("nan")] * 8]}]}, {"parts": ["x"]},
        {"parts": [{"page": 0, "quads": [[1e99] * 8]}]}, {"comment": 3}, {"tags": [3]},
        {"parts": [{"page": 0, "strokes": [[[1, 2]]]}]}, {"placed": "no"}, {"size": "big"},
    ],
)  # fmt: skip
def test_what_means_nothing_is_said(change: dict[str, Any]) -> None:
    assert from_dict(GOOD).kind is Kind.NOTE
    with pytest.raises(InputError):
        from_dict(GOOD | change)


def test_another_value_is_no_annotation() -> None:
    for value in (None, [], "x", 3):
        with pytest.raises(InputError):
            from_dict(value)
