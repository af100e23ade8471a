"""The table of claims: whatever a quote holds, it stays one cell and no formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.marking import Annotation, Kind, Part
from reader.formats import claims
from reader.formats.claims import Claims

QUAD = (0.0, 10.0, 10.0, 10.0, 0.0, 0.0, 10.0, 0.0)


def card(kind: str, quote: str, page: int = 0, comment: str = "") -> Annotation:
    return Annotation(
        Kind.HIGHLIGHT, (Part(page, (QUAD,)),), quote=quote, card=kind, comment=comment, uid=quote
    )


ROWS = [
    Claims("1", "First", (card("claim", "a | b"), card("claim", "two\nlines", 4, "so?"))),
    Claims("2", "Second", (card("limits", "slow"), card("doubt", "why"), card("Aims", "all"))),
]


def cells(rows: list[Claims]) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(claims.table(rows)), newline="")))


def test_the_kinds_stand_in_their_order_and_own_ones_after() -> None:
    assert claims.kinds(ROWS) == ["claim", "doubt", "Aims", "limits"]


def test_markdown_has_a_row_a_paper() -> None:
    assert "".join(claims.markdown(ROWS)) == (
        "| Paper | Claim | Doubt | Aims | Limits |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| First | a \\| b (p. 1)<br>two lines (so?) (p. 5) |  |  |  |\n"
        "| Second |  | why (p. 1) | all (p. 1) | slow (p. 1) |\n"
    )


def test_csv_has_the_paper_its_id_and_a_cell_a_kind() -> None:
    assert cells(ROWS) == [
        ["Paper", "Id", "Claim", "Doubt", "Aims", "Limits"],
        ["First", "1", "a | b (p. 1)\ntwo lines (so?) (p. 5)", "", "", ""],
        ["Second", "2", "", "why (p. 1)", "all (p. 1)", "slow (p. 1)"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\uff1d1"])
def test_no_cell_is_a_formula(text: str) -> None:
    found = cells([Claims("1", text, (card("claim", text), card(text, "x")))])
    for row in found:
        for cell in row:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\uff1d"))


@given(st.text(min_size=1), st.text())
def test_any_text_stays_in_its_row(title: str, quote: str) -> None:
    rows = [Claims("1", title, (card("claim", quote),)), ROWS[0]]
    assert len("".join(claims.markdown(rows)).split("\n")) == 5
    found = cells(rows)
    assert [len(row) for row in found] == [3, 3, 3]


def test_json_counts_pages_from_0() -> None:
    told = claims.to_dict(ROWS[0])
    assert (told["paper"], told["title"]) == ("1", "First")
    assert told["cards"][1] == {
        "id": "two\nlines", "kind": "claim", "page": 4, "label": "5", "quote": "two\nlines",
        "comment": "so?",
    }  # fmt: skip
