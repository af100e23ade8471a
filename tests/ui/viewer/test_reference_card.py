"""What the preview of a reference says around the title."""

from __future__ import annotations

import dataclasses

import pytest

from reader.services.findings import Reference
from reader.ui.viewer.jump.card import around_title

ENTRY = Reference(
    1, "1", "A. Jones, “On flows,” Journal of Flows, vol. 3, 2019.", "On flows", ("A. Jones",),
    "2019", "", "", 0, (),
)  # fmt: skip


@pytest.mark.parametrize(
    "changed, before, after",
    [
        ({}, "A. Jones", "Journal of Flows, vol. 3, 2019."),
        # A title that was told apart wrongly hides nothing of the entry.
        (
            {"text": "Community model. http://a.org. Online, 2016.", "title": "Online"},
            "Community model. http://a.org.",
            "2016.",
        ),
        # What only a link of the file says is added, and what the entry says is not repeated.
        ({"doi": "10.1/x"}, "A. Jones", "Journal of Flows, vol. 3, 2019. · 10.1/x"),
        ({"doi": "10.1/X", "text": "On flows. doi:10.1/x"}, "", "doi:10.1/x"),
        (
            {"arxiv_id": "quant-ph/08", "text": "On flows. arXiv quant-ph/08"},
            "",
            "arXiv quant-ph/08",
        ),
        ({"title": "Onflows", "arxiv_id": "2101.1"}, "A. Jones", "2019 · arXiv:2101.1"),
        ({"title": ""}, "", ""),
    ],
)
def test_an_entry_is_told_whole(changed: dict[str, str], before: str, after: str) -> None:
    assert around_title(dataclasses.replace(ENTRY, **changed)) == (before, after)


def test_very_many_authors_are_cut() -> None:
    people = tuple(f"Author Number{number}" for number in range(30))
    entry = dataclasses.replace(ENTRY, text=", ".join(people) + ". On flows. 2019", authors=people)
    before, after = around_title(entry)
    assert before.endswith("Number5, …") and after == "2019"
