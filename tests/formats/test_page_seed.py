"""The saved page that comes with the program, as it is and as people damage it."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from reader.domain.paper import Link, PageEntry
from reader.formats import Parsed, detect
from reader.formats.trending_page import TrendingPage

SEED = Path(__file__).parents[2] / "seeds" / "trending-papers-jun-11.txt"
DATA = SEED.read_bytes()
LINES = [line for line in DATA.decode().split("\n") if line.strip()]
HEAD, BODY = LINES[:5], LINES[5:]
PAIRS = list(zip(BODY[::2], BODY[1::2], strict=True))


def parse(text: str | bytes) -> Parsed:
    data = text.encode() if isinstance(text, str) else text
    assert isinstance(detect(data, "page.txt"), TrendingPage)
    return TrendingPage().parse(data, "page.txt")


def pairs(parsed: Parsed) -> list[tuple[str, str]]:
    return [(paper.title, paper.abstract) for paper in parsed.papers]


def test_the_page_is_read_whole_and_character_for_character() -> None:
    # WHEN the page is read
    parsed = parse(DATA)
    # THEN it has its 113 papers in order, and nothing was left over
    assert len(PAIRS) == 113
    assert pairs(parsed) == PAIRS
    assert parsed.problems == ()
    # AND each knows its place, with no year made up, and nothing else is invented
    for position, paper in enumerate(parsed.papers, start=1):
        assert paper.pages == (
            PageEntry("Daily papers", "Jun 11", None, position, source="page.txt"),
        )
        assert (paper.uid, paper.authors, paper.editions, paper.notes) == ("", (), (), ())


def test_links_in_abstracts_have_kinds_and_no_punctuation() -> None:
    papers = {paper.title.split(":")[0]: paper for paper in parse(DATA).papers}
    links = [link for paper in papers.values() for link in paper.links]
    assert len(links) == 37
    assert all(link.url[-1] not in ".,;:)}" for link in links)
    assert papers["LoLDU"].links == (Link("https://github.com/SKDDJ/LoLDU", "code"),)
    assert [link.kind for link in links].count("code") == 33
    assert Link("https://step-law.github.io/", "project") in links
    assert Link("https://huggingface.co/inclusionAI", "model") in links


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + DATA,
        DATA.decode().encode("utf-16"),
        b"\xfe\xff" + DATA.decode().encode("utf-16-be"),
        DATA.replace(b"\n", b"\r\n"),
        DATA.replace(b"\n", b"\r"),
        DATA.replace(b"\n\n", b"\n"),
        DATA.replace(b"\n\n", b"\n \xc2\xa0\n\n\t\n"),
        DATA.replace(b"byAK and", b"by  AK\tand "),
        DATA.replace(b"byAK and the research community", b"by\n\nAK\n\nand the research community"),
        b"Models\nDatasets\nLog In\n" + DATA + b"\n\nPrevious\n\nNext\n\nPrivacy\n",
    ],
    ids=["bom", "utf-16", "utf-16-be", "crlf", "cr", "tight", "loose", "spaced", "parts", "nav"],
)
def test_the_same_page_in_other_clothes_gives_the_same_papers(data: bytes) -> None:
    parsed = parse(data)
    assert pairs(parsed) == PAIRS
    assert parsed.papers[0].pages[0].date == "Jun 11"
    assert parsed.problems == ()


@pytest.mark.parametrize("width", [72, 80, 100])
@pytest.mark.parametrize("hyphens", [True, False])
def test_wrapped_paragraphs_are_joined(width: int, hyphens: bool) -> None:
    # GIVEN a page wrapped at a width, also at hyphens, with one word "Models" left alone on a line
    wrapped = [
        textwrap.fill(line, width, break_on_hyphens=hyphens, break_long_words=False)
        for line in LINES
    ]
    # THEN titles and abstracts come back as one line each, and addresses unbroken
    parsed = parse("\n\n".join(wrapped))
    assert pairs(parsed) == PAIRS
    assert sum(len(paper.links) for paper in parsed.papers) == 37


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_titles_broken_over_two_lines_are_joined(separator: str) -> None:
    def broken(title: str) -> str:
        words = title.split(" ")
        half = len(words) // 2
        return " ".join(words[:half]) + "\n" + " ".join(words[half:])

    body = [text for title, abstract in PAIRS for text in (broken(title), abstract)]
    assert pairs(parse(separator.join(HEAD + body))) == PAIRS


@pytest.mark.parametrize("missing", range(0, 113, 8))
def test_a_title_without_abstract_keeps_its_neighbours_whole(missing: int) -> None:
    # GIVEN the page without one abstract
    title = PAIRS[missing][0]
    body = [text for pair in PAIRS for text in (pair if pair[0] != title else (title,))]
    # WHEN it is read
    parsed = parse("\n\n".join(HEAD + body))
    # THEN only that abstract is missing, and the plan names its line
    want = [pair if pair[0] != title else (title, "") for pair in PAIRS]
    assert pairs(parsed) == want
    assert [problem.where for problem in parsed.problems] == [f"line {11 + 4 * missing}"]


@pytest.mark.parametrize("index", range(3, 113, 9))
def test_an_abstract_in_two_paragraphs_stays_one_abstract(index: int) -> None:
    title, abstract = PAIRS[index]
    sentences = re.split(r"(?<=\.) (?=[A-Z])", abstract)
    parts = [" ".join(sentences[:3]), " ".join(sentences[3:])]
    body = [it for pair in PAIRS for it in (pair if pair[0] != title else (title, *parts))]
    parsed = parse("\n\n".join(HEAD + body))
    assert pairs(parsed)[index] == (title, "\n\n".join(parts))
    assert len(parsed.papers) == 113


def test_a_year_on_the_page_gives_an_iso_date() -> None:
    parsed = parse(DATA.replace(b"\nJun 11\n", b"\nJun 11, 2025\n"))
    assert {(it.pages[0].date, it.pages[0].iso) for it in parsed.papers} == {
        ("Jun 11, 2025", "2025-06-11")
    }


def test_what_is_no_paper_is_listed_with_its_line() -> None:
    # GIVEN lines that belong to nothing
    text = DATA.decode().rstrip("\n") + "\n\nxyzzy\n\n17\n"
    # THEN the papers are whole and the lines are named
    parsed = parse(text)
    assert pairs(parsed) == PAIRS
    assert [problem.where for problem in parsed.problems] == ["line 463", "line 465"]


def test_wrapped_text_without_empty_lines_says_that_it_is_doubtful() -> None:
    parsed = parse("\n".join(textwrap.fill(line, 80) for line in LINES))
    assert "wrapped" in parsed.problems[0].reason
