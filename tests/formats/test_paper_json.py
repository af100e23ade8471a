"""The program's own JSON: out and back whole, and careful with strangers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.domain.paper import (
    Attachment,
    Author,
    Edition,
    Link,
    Note,
    PageEntry,
    Paper,
    ReadingState,
)
from reader.formats import Parsed, detect
from reader.formats.paper_json import PaperJson, to_dict

TEXT = st.text(max_size=20)
TITLE = TEXT.filter(str.strip)
DATE = st.sampled_from(["", "2025", "2025-06", "2024-02-29"])
TIME = st.sampled_from(["", "2026-11-24T14:39:27.123Z", "2025-06-11"])
EDITION = st.builds(
    Edition,
    uid=TEXT,
    kind=TEXT,
    version=TEXT,
    published=DATE,
    venue=TEXT,
    doi=st.sampled_from(["", "10.1000/x.1"]),
    arxiv_id=st.sampled_from(["", "2506.06276", "hep-th/9901001"]),
)
COUNT = st.none() | st.integers(0, 2**40)
PATHS = st.text("abc é.pdf", min_size=1, max_size=20).filter(lambda path: ".." not in path)
PAPERS = st.builds(
    Paper,
    title=TITLE,
    uid=TEXT,
    authors=st.lists(st.builds(Author, TEXT, TEXT, TEXT), max_size=3).map(tuple),
    abstract=TEXT,
    editions=st.lists(EDITION, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, TEXT, TEXT), max_size=3).map(tuple),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    collections=st.lists(TEXT, max_size=3).map(tuple),
    reading_state=st.sampled_from(ReadingState),
    starred=st.booleans(),
    notes=st.lists(st.builds(Note, TEXT, TEXT, TIME, TIME), max_size=3).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, TEXT, PATHS, TEXT, COUNT, TEXT, st.integers(0, 2**40), TEXT),
        max_size=2,
    ).map(tuple),
    pages=st.lists(
        st.builds(
            PageEntry,
            TEXT,
            TEXT,
            st.none() | DATE.filter(bool),
            st.integers(0, 10**6),
            TEXT,
            COUNT,
            COUNT,
            COUNT,
            TEXT,
            TEXT,
            TEXT,
        ),
        max_size=2,
    ).map(tuple),
    added=TIME,
    modified=TIME,
    deleted=TIME,
)


def written(papers: list[Paper]) -> bytes:
    return "".join(PaperJson().write(papers)).encode()


def parse(value: Any) -> Parsed:
    return PaperJson().parse(json.dumps(value).encode(), "x.json")


def export(*papers: Any, version: Any = 1) -> dict[str, Any]:
    return {"format": "paper-reader", "version": version, "papers": list(papers)}


@settings(deadline=None, max_examples=150)
@given(papers=st.lists(PAPERS, max_size=3))
def test_papers_come_back_as_they_were(papers: list[Paper]) -> None:
    data = written(papers)
    assert isinstance(detect(data, "export"), PaperJson)
    assert PaperJson().parse(data, "export.json") == Parsed(tuple(papers))


def test_the_keys_a_script_relies_on() -> None:
    paper = Paper(
        "T",
        uid="u",
        authors=(Author("Berg", "Mia"), Author(literal="Kite Team")),
        editions=(Edition("e", "preprint", "v2", "2025-06", "", "", "2506.06276"), Edition("f")),
        notes=(Note("n", "first"), Note("m", "second")),
        attachments=(Attachment("a", "T.pdf", "00ff", 9),),
        pages=(PageEntry("Daily papers", "Jun 11", None, 1),),
    )
    value = to_dict(paper)
    assert list(value)[:18] == [
        "id",
        "title",
        "authors",
        "abstract",
        "published",
        "venue",
        "doi",
        "arxiv_id",
        "links",
        "tags",
        "collections",
        "reading_state",
        "starred",
        "note",
        "attachments",
        "pages",
        "editions",
        "added",
    ]
    assert value["authors"] == [{"family": "Berg", "given": "Mia"}, {"literal": "Kite Team"}]
    assert (value["published"], value["arxiv_id"]) == ("2025-06", "2506.06276")
    assert (value["venue"], value["doi"], value["note"]) == (None, None, "first")
    assert value["reading_state"] == "unread"
    entry = value["pages"][0]
    assert {key: entry[key] for key in ("page", "date", "iso", "position")} == {
        "page": "Daily papers",
        "date": "Jun 11",
        "iso": None,
        "position": 1,
    }
    assert {"path", "sha256", "pages"} <= value["attachments"][0].keys()


def test_an_empty_export_is_whole() -> None:
    assert json.loads(written([])) == export()
    assert PaperJson().parse(written([]), "x") == Parsed(())


@pytest.mark.parametrize(
    "value, words",
    [
        (export(version=2), "newer version"),
        (export(version=10**30), "version"),
        (export(version=None), "version"),
        (export(version=True), "version"),
        ({"format": "paper-reader", "version": 1}, "no list"),
        ({"format": "kites"}, "not an export"),
        ([1], "not an export"),
    ],
)
def test_what_cannot_be_read_safely_is_refused(value: Any, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        parse(value)
    assert caught.value.hint


@pytest.mark.parametrize(
    "bad",
    [
        7,
        {},
        {"title": 3},
        {"title": ""},
        {"title": " \n"},
        {"title": "T", "authors": "Mia"},
        {"title": "T", "authors": ["Mia"]},
        {"title": "T", "tags": [1]},
        {"title": "T", "starred": "yes"},
        {"title": "T", "reading_state": "half"},
        {"title": "T", "pages": [{"position": "one"}]},
        {"title": "T", "pages": [{"position": 10**40}]},
        {"title": "T", "links": {"url": "x"}},
        {"title": "T", "abstract": ["x"]},
    ],
)
def test_one_bad_paper_is_a_problem_and_the_rest_is_read(bad: Any) -> None:
    parsed = parse(export({"title": "Before"}, bad, {"title": "After"}))
    assert [paper.title for paper in parsed.papers] == ["Before", "After"]
    assert [problem.where for problem in parsed.problems] == ["item 2"]
    assert parsed.problems[0].reason.endswith(".")


def test_a_hand_written_paper_needs_only_a_title() -> None:
    item = {
        "title": "T",
        "doi": "doi:10.1000/X",
        "note": "n",
        "unknown": {"a": 1},
        "arxiv_id": None,
    }
    (paper,) = parse(export(item)).papers
    assert paper == Paper("T", editions=(Edition(doi="10.1000/x"),), notes=(Note(text="n"),))


@pytest.mark.parametrize(
    "path",
    ["../x.pdf", "a/../../x", "a\\..\\x", "..", "a\0"],
)
def test_an_attachment_outside_of_the_library_is_left_out(path: str) -> None:
    item = {"title": "T", "attachments": [{"path": path}, {"path": "T..pdf"}]}
    parsed = parse(export(item))
    assert [it.path for it in parsed.papers[0].attachments] == ["T..pdf"]
    assert [problem.where for problem in parsed.problems] == ["item 1"]


@pytest.mark.parametrize(
    "changed, words, kept",
    [
        ({"title": "T" * 2001}, "2,001 characters", {"title": "T" * 2000}),
        ({"published": "2025-02-30"}, "“2025-02-30” (published) is not a date", {}),
        ({"published": "June 2025"}, "not a date", {}),
        ({"editions": [{"published": "2025-13"}]}, "2025-13", {"editions": (Edition(),)}),
        ({"doi": "nature/12"}, "“nature/12” (doi) is not a DOI", {}),
        ({"arxiv_id": "2506.1"}, "not an arXiv id", {}),
        ({"added": "yesterday"}, "“yesterday” (added) is not a time", {}),
        ({"deleted": "2025-06-31T00:00:00Z"}, "not a time", {}),
        (
            {"notes": [{"text": "n", "created": "noon"}]},
            "“noon” (created)",
            {"notes": (Note(text="n"),)},
        ),
        (
            {"pages": [{"page": "P", "date": "Jun 31", "iso": "2025-06-31", "position": 1}]},
            "“2025-06-31” (iso)",
            {"pages": (PageEntry("P", "Jun 31", None, 1),)},
        ),
    ],
)
def test_a_value_that_means_nothing_is_named_and_the_paper_is_read(
    changed: dict[str, Any], words: str, kept: dict[str, Any]
) -> None:
    parsed = parse(export({"title": "Before"}, {"title": "T", "abstract": "A"} | changed))
    assert parsed.papers == (Paper("Before"), replace(Paper("T", abstract="A"), **kept))
    (problem,) = parsed.problems
    assert problem.where == "item 2"
    assert words in problem.reason
    assert problem.reason.endswith(".")


def test_a_time_where_a_date_is_wanted_is_its_date() -> None:
    parsed = parse(export({"title": "T", "published": "2025-06-11T08:00:00Z"}))
    assert (parsed.papers[0].published, parsed.problems) == ("2025-06-11", ())


def test_hostile_values_survive() -> None:
    start = b'{"format": "paper-reader", "version": 1, "papers": ['
    with pytest.raises(InputError, match="deep"):
        PaperJson().parse(start + b'{"title":' * 60_000, "x")
    with pytest.raises(InputError, match="line 2"):
        PaperJson().parse(start + b'\n{"title": "T"', "x")
    numbers = b'{"title": "a\\udfff", "pages": [{"upvotes": NaN, "position": 1}]}'
    huge = b'{"title": "b", "pages": [{"upvotes": 1' + b"0" * 9000 + b"}]}"
    parsed = PaperJson().parse(start + numbers + b"," + huge + b"]}", "x")
    assert [paper.title for paper in parsed.papers] == ["a�"]
    assert [problem.where for problem in parsed.problems] == ["item 2"]
