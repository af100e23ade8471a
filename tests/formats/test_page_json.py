"""The service's JSON in its three forms, with its traps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reader.domain.errors import InputError
from reader.domain.paper import Author, Edition, Link
from reader.formats import Parsed, detect
from reader.formats.trending_page import TrendingPage


def daily() -> dict[str, Any]:
    """A daily item with everything the service may say."""
    user = {"_id": "1", "avatarUrl": "/avatars/a.svg", "fullname": "Mia Berg", "user": "mia"}
    return {
        "paper": {
            "id": "2401.10010",
            "title": "Kites and\n  Wind",
            "summary": "  Kites fly in $O(n^2)$ wind & rain,\nhttps://kites.example.org/demo.\n",
            "authors": [
                {"_id": "2", "name": "Mia van den Berg", "hidden": False, "user": user},
                {"_id": "3", "name": "Not Shown", "hidden": True},
                {"_id": "4", "name": "Kite Team"},
            ],
            "publishedAt": "2024-01-18T17:08:18.000Z",
            "submittedOnDailyAt": "2024-01-22T00:00:00.000Z",
            "submittedOnDailyBy": user,
            "upvotes": 0,
            "projectPage": "https://kites.example.org/",
            "githubRepo": "kite-lab/kites",
            "githubStars": 12,
            "ai_summary": "Kites fly.",
            "ai_keywords": ["kites"],
            "organization": {"name": "kite-lab", "fullname": "Kite Lab", "avatar": "https://x/y"},
        },
        "publishedAt": "2024-01-17T12:08:18.000Z",
        "title": "Kites and\n  Wind",
        "summary": "other",
        "numComments": 2,
        "submittedBy": {"name": "mia", "fullname": "Mia Berg"},
        "organization": {"name": "outer", "fullname": "Outer"},
    }


def parse(value: Any) -> Parsed:
    data = json.dumps(value).encode()
    assert isinstance(detect(data, "x"), TrendingPage)
    return TrendingPage().parse(data, "daily.json")


def test_a_daily_item_keeps_everything_and_avoids_the_outer_date() -> None:
    parsed = parse([daily()])
    (paper,) = parsed.papers
    assert parsed.problems == ()
    assert paper.title == "Kites and Wind"
    assert paper.abstract.startswith("Kites fly in $O(n^2)$ wind & rain,\nhttps://")
    assert paper.authors == (Author("van den Berg", "Mia"), Author(literal="Kite Team"))
    assert paper.editions == (
        Edition(kind="preprint", published="2024-01-18", arxiv_id="2401.10010"),
    )
    assert paper.links == (
        Link("https://github.com/kite-lab/kites", "code"),
        Link("https://kites.example.org/", "project"),
        Link("https://kites.example.org/demo", "project"),
    )
    (entry,) = paper.pages
    assert (entry.date, entry.iso, entry.position) == ("2024-01-22", "2024-01-22", 1)
    assert (entry.upvotes, entry.comments, entry.github_stars) == (0, 2, 12)
    assert (entry.submitted_by, entry.organization) == ("mia", "Kite Lab")
    assert (entry.summary, entry.source) == ("Kites fly.", "daily.json")


def test_the_flat_and_the_wrapped_form_give_the_same_paper() -> None:
    item = daily()
    (nested,) = parse([item]).papers
    # WHEN the paper stands at the top, or is wrapped as in a search
    (flat,) = parse(item["paper"]).papers
    (wrapped,) = parse([{"paper": item["paper"], "title": item["title"]}]).papers
    # THEN only the comments, which stand outside of it, are missing
    for paper in (flat, wrapped):
        assert (paper.title, paper.abstract, paper.authors) == (
            nested.title,
            nested.abstract,
            nested.authors,
        )
        assert paper.pages[0].comments is None
        assert paper.pages[0].upvotes == 0


def test_what_an_item_does_not_say_stays_empty() -> None:
    (paper,) = parse([{"paper": {"id": "hep-th/9901001", "title": "T", "summary": "S"}}]).papers
    assert paper.editions == (Edition(kind="preprint", arxiv_id="hep-th/9901001"),)
    assert (paper.authors, paper.links) == ((), ())
    entry = paper.pages[0]
    assert (entry.date, entry.iso, entry.upvotes, entry.summary) == ("", None, None, "")


def test_an_id_that_is_a_number_in_the_file_keeps_its_zeros() -> None:
    data = b'[{"paper": {"id": 2401.10010, "title": "T", "summary": "S", "upvotes": 3}}]'
    assert TrendingPage().parse(data, "x").papers[0].arxiv_id == "2401.10010"


def test_hard_wrapped_abstracts_are_joined_and_their_paragraphs_kept() -> None:
    lines = ["Kites have been flown for many hundreds of years in all the known worlds"] * 4
    item = {"id": "2401.10011", "title": "T", "summary": "\n".join(lines) + "\n\n  Second.\nThird."}
    (paper,) = parse(item).papers
    assert paper.abstract == " ".join(lines) + "\n\nSecond.\nThird."


def test_bad_items_are_problems_and_the_rest_is_read() -> None:
    good = daily()
    bad_links = {"id": "x y", "title": "Links", "summary": "", "githubRepo": "javascript:alert(1)"}
    parsed = parse([good, 7, {"paper": 3}, {"paper": {"id": "2401.00001"}}, bad_links, good])
    # THEN the good one is there once, however often it is listed
    assert [paper.title for paper in parsed.papers] == ["Kites and Wind", "Links"]
    assert [it.pages[0].position for it in parsed.papers] == [1, 2]
    assert [problem.where for problem in parsed.problems] == [
        "item 2",
        "item 3",
        "item 4",
        "item 5",
        "item 5",
    ]
    assert parsed.papers[1].links == ()


@pytest.mark.parametrize(
    "data",
    [
        b'{"error": "Invalid date"}',
        b"[]",
        b'{"kites": 3}',
        b'[{"paper": {"id": "2401.00001", "title": "cut',
        b"[" * 100_000,
        b'{"paper":' * 50_000,
    ],
    ids=["error", "empty", "other", "cut", "deep-list", "deep-object"],
)
def test_other_json_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        TrendingPage().parse(data, "x.json")
    assert caught.value.message.endswith(".")


def test_strange_values_survive() -> None:
    data = (
        b'[{"paper": {"id": "2401.00002", "title": "T \\ud800 \\u0000", "summary": "S",'
        b'"upvotes": NaN, "githubStars": 1' + b"0" * 9000 + b', "authors": {"a": 1}}}]'
    )
    parsed = TrendingPage().parse(data, "x")
    assert parsed.papers[0].title == "T � �"
    assert parsed.papers[0].pages[0].upvotes is None
    assert parsed.papers[0].pages[0].github_stars is None
    assert len(parsed.problems) == 2


def test_an_error_reply_that_was_saved_says_what_it_is() -> None:
    data = b'{"error": "Invalid date"}'
    with pytest.raises(InputError, match=r"error reply of the service \(“Invalid date”\)\.$"):
        detect(data, "daily.json").parse(data, "daily.json")


def test_what_is_no_date_or_count_is_listed_and_the_paper_kept() -> None:
    # GIVEN a paper with values of other kinds than the service gives
    paper = {
        "id": "2601.00001",
        "title": "Kites",
        "summary": 5,
        "publishedAt": "2026-13-45",
        "submittedOnDailyAt": None,
        "upvotes": "12",
        "githubStars": 3,
        "ai_summary": "",
    }
    data = json.dumps([paper]).encode()
    # WHEN it is read THEN it is kept without them, and each is told
    parsed = detect(data, "daily.json").parse(data, "daily.json")
    [kept] = parsed.papers
    assert (kept.title, kept.abstract, kept.editions[0].published) == ("Kites", "", "")
    assert (kept.pages[0].upvotes, kept.pages[0].github_stars) == (None, 3)
    assert [(it.where, it.reason) for it in parsed.problems] == [
        ("item 1", "“publishedAt: 2026-13-45” is not understood; left out."),
        ("item 1", "“upvotes: 12” is not understood; left out."),
        ("item 1", "“summary: 5” is not understood; left out."),
    ]
