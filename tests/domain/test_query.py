"""Search text: every text is valid, and each form means what the help says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.query import And, Node, Not, Or, Phrase, Value, Words, parse_query, year_range

PIECES = st.sampled_from(
    ["-", '"', ":", "OR", "tag:", "has:", "-is:", "title:", "year:", "a", "b c", " ", "(", "é", "2"]
)


@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_a_query(text: str) -> None:
    tree = parse_query(text)
    assert isinstance(tree, And)
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    "text, nodes",
    [
        ("", ()),
        ("   ", ()),
        ("flow", (Words("flow", "", True),)),
        ("flow net", (Words("flow"), Words("net", "", True))),
        ("flow ", (Words("flow", "", True),)),
        ('"a phrase"', (Phrase("a phrase"),)),
        ('"still open', (Phrase("still open"),)),
        ("-flow", (Not(Words("flow", "", True)),)),
        ('-"a phrase"', (Not(Phrase("a phrase")),)),
        ("title:flow", (Words("flow", "title", True),)),
        ("by:gu", (Words("gu", "author", True),)),
        ('authors:"van Gool"', (Phrase("van Gool", "author"),)),
        ("tag:done", (Value("tag", "done"),)),
        ('page:"Jun 11"', (Value("page", "Jun 11"),)),
        ("-has:pdf", (Not(Value("has", "pdf")),)),
        ("HAS:pdf", (Value("has", "pdf"),)),
        ("in:Topics/Scaling", (Value("collection", "Topics/Scaling"),)),
        ("doi:10.1000/x", (Value("doi", "10.1000/x"),)),
        ("a OR b", (Or((Words("a"), Words("b", "", True))),)),
        ("a OR b OR c d", (Or((Words("a"), Words("b"), Words("c"))), Words("d", "", True))),
        ("or", (Words("or", "", True),)),
        ("tag:", (And(),)),
        ("https://a.b/c", (Words("https://a.b/c", "", True),)),
        ("RL:x", (Words("RL:x", "", True),)),
    ],
)
def test_the_forms(text: str, nodes: tuple[Node, ...]) -> None:
    assert parse_query(text) == And(nodes)


def test_a_finished_query_has_no_open_end() -> None:
    assert parse_query("flow", typing=False) == And((Words("flow"),))


@pytest.mark.parametrize(
    "text, years",
    [
        ("2025", ("2025", "2025")),
        ("2020..2024", ("2020", "2024")),
        ("2020-2024", ("2020", "2024")),
        ("2020..", ("2020", "9999")),
        ("..2020", ("0000", "2020")),
        ("20", None),
        ("", None),
        ("..", None),
        ("x", None),
    ],
)
def test_years(text: str, years: tuple[str, str] | None) -> None:
    assert year_range(text) == years
