"""Text copied from the search page and from the trending page."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.domain.paper import Edition, Link, Paper
from reader.formats import Parsed, Problem
from reader.formats.trending_page import TrendingPage
from reader.formats.trending_page.lines import parse_count, parse_day

LONG = "We study kites in strong wind and find that they fly. " * 8 + "The end is near."
SEARCH = f"""new
Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
Subscribe
Daily Papers
by AK and the research community
strong kites
Daily
Weekly
Monthly
Jun 11
128
Kites: A Study of Wind
{LONG}
12 authors
·
May 30
3
-
Models of Rope and
Some Knots
{LONG} See https://knots.example.org/a_(b).
Rope Lab
·
Oct 7, 2024
0
A Third Paper about Strings
We look at strings.
1 author · Jan 2, 2023 · 4
Previous
"""
TRENDING = f"""Trending Papers
by AK and the research community

Submitted by

flyer

Kites: A Study of Wind

{LONG}

Rope LabRope Lab · Published on Oct 4, 2026

Upvote

117

GitHub 3.29k arXiv Page

Submitted by

flyer

Kites: A Study of Wind

{LONG}

Rope Lab · Oct 4, 2026

Upvote

117

GitHub 3.29k

arXiv Page

Trees for Everyone with
Leaves

A multi-agent framework using large trees simulates real woods, improving metrics.

-

-

4 authors

· Published on Dec 28, 2024

Upvote

-

GitHub 110k

arXiv Page

Trees for Everyone with
Leaves

A multi-agent framework using large trees simulates real woods, improving metrics.

4 authors

· Dec 28, 2024

Upvote

-

GitHub 110k

arXiv Page
"""


def parse(text: str) -> Parsed:
    data = text.encode()
    assert TrendingPage().sniff(data, "page.txt")
    return TrendingPage().parse(data, "page.txt")


def by_title(parsed: Parsed) -> dict[str, Paper]:
    return {paper.title: paper for paper in parsed.papers}


def test_the_search_page_keeps_upvotes_authors_line_and_dates() -> None:
    # WHEN a search result is read, a title over two lines and a menu word in a title included
    parsed = parse(SEARCH)
    kites, knots, strings = parsed.papers
    assert parsed.problems == ()
    # THEN each entry keeps what it says
    assert (kites.title, kites.abstract) == ("Kites: A Study of Wind", LONG)
    assert (kites.pages[0].upvotes, kites.pages[0].comments) == (128, 3)
    assert kites.pages[0].organization == ""
    # AND a date without a year gives no date
    assert kites.editions == ()
    assert (knots.title, knots.pages[0].upvotes) == ("Models of Rope and Some Knots", None)
    assert knots.pages[0].organization == "Rope Lab"
    assert knots.editions == (Edition(published="2024-10-07"),)
    assert knots.links == (Link("https://knots.example.org/a_(b)", "project"),)
    assert (strings.pages[0].upvotes, strings.pages[0].comments) == (0, 4)
    assert strings.abstract == "We look at strings."
    assert strings.published == "2023-01-02"
    assert [it.pages[0].position for it in parsed.papers] == [1, 2, 3]
    assert {(it.pages[0].page, it.pages[0].date) for it in parsed.papers} == {
        ("Daily papers", "Jun 11")
    }


def test_the_trending_page_shows_each_paper_twice_and_gives_it_once() -> None:
    parsed = parse(TRENDING)
    kites, trees = parsed.papers
    assert parsed.problems == ()
    # THEN the marks of a card are kept
    entry = kites.pages[0]
    assert (entry.upvotes, entry.github_stars, entry.submitted_by) == (117, 3290, "flyer")
    assert (entry.organization, entry.page, entry.date) == ("Rope Lab", "Trending papers", "")
    assert (kites.abstract, kites.published) == (LONG, "2026-10-04")
    # AND one sentence in the abstract's place is the page's summary, not the abstract
    assert trees.title == "Trees for Everyone with Leaves"
    assert (trees.abstract, trees.pages[0].upvotes) == ("", None)
    assert trees.pages[0].summary.startswith("A multi-agent framework")
    assert (trees.published, trees.pages[0].github_stars) == ("2024-12-28", 110_000)


def test_the_same_pages_read_alike_with_an_empty_line_after_every_line() -> None:
    for text in (SEARCH.replace("Rope and\nSome", "Rope and Some"), SEARCH.replace("\n", "\r\n")):
        loose = parse(text.replace("\n", "\n\n"))
        assert [it.pages[0].upvotes for it in loose.papers] == [128, None, 0]


def test_addresses_beside_titles_give_ids_and_code() -> None:
    # GIVEN a page saved as Markdown
    text = f"""# Daily Papers
## by AK and the research community
Jun 29
[101](https://huggingface.co/login?next=%2Fpapers%2F2606.00683)
### [Kites: A Study of Wind](https://huggingface.co/papers/2606.00683)
[{LONG}](https://huggingface.co/papers/2606.00683)
- 12 authors
[GitHub 131](https://github.com/kite/wind) [arXiv Page](https://arxiv.org/abs/2606.00683)
[-](https://huggingface.co/login?next=%2Fpapers%2F2606.01111)
### [Second](https://huggingface.co/papers/2606.01111)
{LONG}
- 2 authors
"""
    first, second = parse(text).papers
    assert first.editions == (Edition(kind="preprint", arxiv_id="2606.00683"),)
    assert first.links == (Link("https://github.com/kite/wind", "code"),)
    assert (first.pages[0].upvotes, first.pages[0].github_stars) == (101, 131)
    assert (second.arxiv_id, second.pages[0].upvotes) == ("2606.01111", None)


def test_numbers_without_a_paper_are_problems() -> None:
    text = SEARCH.replace("\n3\n-\n", "\n3\n55\n-\n")
    assert parse(text).problems == (Problem("line 19", "The number “55” belongs to no paper."),)


@pytest.mark.parametrize(
    "text, iso",
    [
        ("Jun 11", ""),
        ("Feb 29", ""),
        ("Published on Oct 4, 2026", "2026-10-04"),
        ("11 September 2025", "2025-09-11"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("Wednesday, Jun 11, 2025", "2025-06-11"),
        ("2026-01-31", "2026-01-31"),
    ],
)
def test_dates_have_an_iso_form_only_with_a_year(text: str, iso: str) -> None:
    day = parse_day(text)
    assert day is not None
    assert day.iso == iso


@pytest.mark.parametrize(
    "text", ["Jun 31", "Feb 29, 2023", "Mayo 3", "Kites 11", "11", "2025-13-01"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_counts_as_the_page_writes_them() -> None:
    counts = {"0": 0, "12": 12, "1,234": 1234, "3.29k": 3290, "110k": 110_000, "1.5M": 1_500_000}
    assert {text: parse_count(text) for text in counts} == counts
    assert [parse_count(text) for text in ("-", "3.5", "k", "", "9" * 40)] == [None] * 5


WORDS = st.text(string.ascii_lowercase, min_size=2, max_size=9).filter(
    lambda word: word not in ("http", "https")
)
TITLES = st.lists(WORDS, min_size=3, max_size=9).map(
    lambda words: " ".join(word.capitalize() for word in words)
)
SENTENCES = st.lists(WORDS, min_size=6, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=6, max_size=9).map(" ".join)
ENTRIES = st.lists(
    st.tuples(TITLES, st.lists(PARAGRAPHS, min_size=1, max_size=2)),
    min_size=2,
    max_size=6,
    unique_by=lambda entry: entry[0].casefold().replace(" ", ""),
)


@settings(deadline=None, max_examples=60)
@given(entries=ENTRIES, day=st.integers(1, 28), tight=st.booleans())
def test_a_page_written_from_papers_gives_those_papers(
    entries: list[tuple[str, list[str]]], day: int, tight: bool
) -> None:
    # GIVEN a page made of titles and abstracts of one or two paragraphs
    lines = ["Subscribe", "byAK and the research community", f"Jun {day}"]
    for title, paragraphs in entries:
        lines += [title, *paragraphs]
    # WHEN it is read
    parsed = parse(("\n" if tight else "\n\n").join(lines))
    # THEN it comes back
    assert [(paper.title, paper.abstract) for paper in parsed.papers] == [
        (title, "\n\n".join(paragraphs)) for title, paragraphs in entries
    ]
    assert {it.pages[0].date for it in parsed.papers} == {f"Jun {day}"}


@settings(deadline=None, max_examples=60)
@given(
    entries=ENTRIES,
    votes=st.lists(st.none() | st.integers(0, 5000), min_size=6, max_size=6),
    comments=st.lists(st.none() | st.integers(0, 90), min_size=6, max_size=6),
)
def test_a_search_page_written_from_papers_gives_those_papers(
    entries: list[tuple[str, list[str]]], votes: list[int | None], comments: list[int | None]
) -> None:
    lines = ["Daily Papers", "by AK and the research community", "Jun 11"]
    for (title, paragraphs), vote, comment in zip(entries, votes, comments, strict=False):
        lines += ["-" if vote is None else str(vote), title, *paragraphs, "3 authors", "·"]
        lines += ["Oct 7, 2024"] if comment is None else ["Oct 7, 2024", str(comment)]
    parsed = parse("\n".join(lines))
    assert [
        (it.title, it.abstract, it.pages[0].upvotes, it.pages[0].comments) for it in parsed.papers
    ] == [
        (title, "\n\n".join(paragraphs), vote, comment)
        for (title, paragraphs), vote, comment in zip(entries, votes, comments, strict=False)
    ]


def test_a_bare_page_of_two_short_abstracts_is_a_page() -> None:
    abstract = (
        "We study how kites fly over small gardens, and show that a longer rope helps in every "
        "wind that we tried, at no cost for the gardener or for the neighbours. "
    ).strip()
    text = f"Jun 12\n\nKites over Gardens\n\n{abstract}\n\nRopes, Revisited\n\n{abstract}\n"
    assert [(paper.title, paper.abstract) for paper in parse(text).papers] == [
        ("Kites over Gardens", abstract),
        ("Ropes, Revisited", abstract),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dear diary,\n\nJun 11\n\nwe went to the sea.\n\nIt was nice.\n",
        "# Read me\n\nThis is a program. It does things.\n\n## Install\n\nRun it.\n",
        "name,count\nkite,3\nrope,4\n",
        "Trending Papers\n\nJun 11\n",
    ],
)
def test_text_that_is_no_page_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        TrendingPage().parse(text.encode(), "notes.txt")
    assert caught.value.message.endswith(".")
    assert caught.value.hint


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "title, said",
    [
        ("Knots and Rope Technical Report", "Knots 3 ties better."),
        ("Old Paper without Stars", "A sentence that says it in brief, without a full stop"),
        ("Kites Are All You Need", "Kites beat planes"),
        (
            "Models of Rope and\nSome Knots",
            "Rope is modelled by knots, which saves most of the time.",
        ),
    ],
)
def test_one_sentence_summaries_however_short_are_no_titles(
    gap: str, title: str, said: str
) -> None:
    # GIVEN a page of trending papers with a summary that looks like a title
    def card(date: str) -> list[str]:
        return ["Submitted by", "flyer", title, said, "Rope Lab", "·", date, "Upvote", "7"]

    lines = ["Trending Papers", *card("Published on Oct 4, 2026"), *card("Oct 4, 2026")]
    # WHEN it is read THEN it is one paper, with the title and the summary apart
    parsed = TrendingPage().parse(gap.join(lines).encode(), "page.txt")
    [paper] = parsed.papers
    assert (paper.title, paper.abstract) == (" ".join(title.split()), "")
    assert paper.pages[0].summary == said
    assert paper.pages[0].organization == "Rope Lab"
    assert parsed.problems == ()
