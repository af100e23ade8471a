"""Saved HTML: embedded data, then links to papers, then visible text."""

from __future__ import annotations

import contextlib
import html
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.domain.paper import Link
from reader.formats import Parsed, detect
from reader.formats.trending_page import TrendingPage

LONG = "We study kites in strong wind & rain and find that they fly. " * 8
CARDS = """
<article><a href="/papers/2506.06276"><img src="x.png"></a>
 <div>Submitted by <img alt="x"> flyer</div><div><label>42</label></div>
 <h3><a href="/papers/2506.06276" class="line-clamp-3">Kites &amp; <i>Wind</i>: A
   Study</a></h3>
 <ul><li></li><li>· 12 authors</li></ul><a href="/papers/2506.06276#community">5</a></article>
<article><div>-</div><h3><a href="https://huggingface.co/papers/2506.06277">Second Paper</a></h3>
 <p>{long}</p><span>Rope Lab</span> <div>·</div> <div>Published on Jun 3, 2025</div>
 <a href="https://github.com/rope/lab">GitHub 1.5k</a></article>
"""


def page(props: Any, *, title: str = "Daily Papers - Hugging Face", quote: str = '"') -> bytes:
    attribute = html.escape(json.dumps(props), quote=True)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title><style>a{{}}</style></head><body><main>"
        f"<div class=x data-target={quote}DailyPapers{quote} data-props={quote}{attribute}{quote}>"
        f"{CARDS.format(long=LONG)}</div></main></body></html>"
    ).encode()


def parse(data: bytes) -> Parsed:
    assert isinstance(detect(data, "page.html"), TrendingPage)
    return TrendingPage().parse(data, "page.html")


ITEM = {"paper": {"id": "2506.06276", "title": 'A "quoted" <b>title</b> & more', "summary": LONG}}


@pytest.mark.parametrize("quote", ['"', "'"])
def test_embedded_data_comes_before_the_visible_page(quote: str) -> None:
    # GIVEN a saved page with data in an attribute and cards beside it
    parsed = parse(page({"dateString": "2025-06-11", "dailyPapers": [ITEM]}, quote=quote))
    # THEN the data is read, unescaped once
    (paper,) = parsed.papers
    assert paper.title == 'A "quoted" <b>title</b> & more'
    assert (paper.pages[0].date, paper.pages[0].iso) == ("2025-06-11", "2025-06-11")


def test_a_week_is_no_date_and_the_page_title_may_give_one() -> None:
    (paper,) = parse(page({"dateString": "2025-W24", "dailyPapers": [ITEM]})).papers
    assert (paper.pages[0].date, paper.pages[0].iso) == ("2025-W24", None)
    (paper,) = parse(page({"dailyPapers": [ITEM]}, title="Daily Papers - Jun 11, 2025")).papers
    assert (paper.pages[0].date, paper.pages[0].iso) == ("Jun 11, 2025", "2025-06-11")


def test_the_trending_page_is_called_so() -> None:
    data = page({"dailyPapers": [ITEM]}, title="Trending Papers - Hugging Face")
    assert parse(data).papers[0].pages[0].page == "Trending papers"


def test_the_address_a_page_was_saved_from_dates_it() -> None:
    data = page({"dailyPapers": [ITEM]}).replace(
        b"<html>",
        b"<html><!-- saved from url=(44)https://huggingface.co/papers/date/2025-06-11 -->",
    )
    assert parse(data).papers[0].pages[0].iso == "2025-06-11"


def test_links_to_other_days_are_neither_papers_nor_the_date() -> None:
    # GIVEN the newest page, saved by a browser that wrote its links out
    site = "https://huggingface.co/papers"
    links = f'<a href="{site}/date/2026-06-10">Previous day</a><a href="{site}">Lists</a>'
    text = (
        f'<html><body><main>{links}<a href="/papers/trending">Others</a>{CARDS.format(long=LONG)}'
    )
    # WHEN it is read
    parsed = TrendingPage().parse(text.encode(), "page.html")
    # THEN its papers are all there is, and no date is made up
    assert [paper.title for paper in parsed.papers] == ["Kites & Wind: A Study", "Second Paper"]
    assert parsed.problems == ()
    assert {entry.date for paper in parsed.papers for entry in paper.pages} == {""}
    # AND the address it was saved from still dates it
    head = f'<html><head><link rel="canonical" href="{site}/date/2026-06-11"></head>'
    dated = TrendingPage().parse(text.replace("<html>", head).encode(), "page.html")
    assert {entry.date for paper in dated.papers for entry in paper.pages} == {"2026-06-11"}


@pytest.mark.parametrize("props", ["{}", "null", '{"dailyPapers": [{"pap', '{"dailyPapers": []}'])
def test_without_sound_data_the_cards_are_read(props: str) -> None:
    data = page({}).replace(b'data-props="{}"', f'data-props="{html.escape(props)}"'.encode())
    parsed = parse(data)
    kites, second = parsed.papers
    # THEN links to papers give ids and titles, and the card's marks are kept
    assert (kites.title, kites.arxiv_id) == ("Kites & Wind: A Study", "2506.06276")
    entry = kites.pages[0]
    assert entry.page == "Daily papers"
    assert (entry.upvotes, entry.comments, entry.submitted_by) == (42, 5, "flyer")
    assert (second.title, second.arxiv_id) == ("Second Paper", "2506.06277")
    assert (second.abstract, second.published) == (LONG.strip(), "2025-06-03")
    assert second.links == (Link("https://github.com/rope/lab", "code"),)
    assert (second.pages[0].upvotes, second.pages[0].github_stars) == (None, 1500)
    assert second.pages[0].organization == "Rope Lab"
    # AND broken data is said to be broken
    assert bool(parsed.problems) == props.endswith('{"pap')


def test_links_without_headings_or_cards_are_titles() -> None:
    data = (
        b'<html><body><a href="/papers/2506.00001">7</a><a href="/papers/2506.00001">First One</a>'
        b'<p>x</p><a href="/papers/2506.00002">Second One</a></body>'
    )
    parsed = TrendingPage().parse(data, "x")
    assert len(parsed.problems) == 1  # the lone "x"
    assert [(paper.title, paper.arxiv_id) for paper in parsed.papers] == [
        ("First One", "2506.00001"),
        ("Second One", "2506.00002"),
    ]


def test_a_page_of_bare_text_in_html_is_read_as_text() -> None:
    data = (
        "<html><body><h2>Trending Papers</h2><p>Jun 11</p><h3>Kites and Strong Wind</h3>"
        f"<p>{LONG}</p><h3>Rope and Its Many Knots</h3><p>{LONG}</p></body></html>"
    ).encode()
    parsed = parse(data)
    assert [paper.title for paper in parsed.papers] == [
        "Kites and Strong Wind",
        "Rope and Its Many Knots",
    ]
    assert parsed.papers[0].abstract == " ".join(LONG.split()).replace("&amp;", "&")


def test_html_that_is_no_page_is_refused() -> None:
    with pytest.raises(InputError, match="not a page of papers"):
        TrendingPage().parse(b"<!doctype html><html><body><h1>403</h1>Forbidden</body>", "x.html")


WHOLE = page({"dailyPapers": [ITEM]})


@settings(deadline=None, max_examples=150)
@given(cut=st.integers(20, len(WHOLE)), at=st.integers(20, len(WHOLE)), junk=st.sampled_from(
    ["<![x", "<!DOCTYPE", "</", "<a href='", "&#xfffffff;", "<!--", "<![CDATA[", "<?", "<script>"]
))  # fmt: skip
def test_broken_html_gives_papers_or_a_sentence(cut: int, at: int, junk: str) -> None:
    data = (WHOLE[:at] + junk.encode() + WHOLE[at:])[:cut]
    with contextlib.suppress(InputError):
        TrendingPage().parse(data, "x.html")


@pytest.mark.parametrize("mark", ["<!--", '<a x="', "</", "<![", "<?", "<svg>"])
def test_a_page_of_open_marks_does_not_hang(mark: str) -> None:
    # GIVEN marks that never close, which the parser below would search for again and again
    with pytest.raises(InputError):
        TrendingPage().parse(b"<html>/papers/1" + mark.encode() * 40_000, "x.html")
