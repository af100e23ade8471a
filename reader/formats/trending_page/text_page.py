"""A page in plain text: copied from the search page, the trending page, or bare.

The search page shows upvotes or "-", title, abstract, "N authors" or an
organisation, and a date; the trending page shows every paper twice, with
"Submitted by", "Upvote" and "GitHub"; a bare page is a date, then titles and
abstracts in turn.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from reader.domain.errors import InputError
from reader.formats.base import Parsed, Problem
from reader.formats.trending_page.build import DAILY, TRENDING, Draft, merged, paper
from reader.formats.trending_page.cards import Cutter, drafts, paper_id
from reader.formats.trending_page.lines import Day, Kind, Line, is_strong_banner
from reader.formats.trending_page.prose import entries, layout_of, score, settle, unwrap

_MARKS = frozenset({Kind.AUTHORS, Kind.SUBMITTED, Kind.UPVOTE})
_TRENDING_MARKS = frozenset({Kind.SUBMITTED, Kind.UPVOTE, Kind.GITHUB})
_LONG = 300  # characters of abstracts that even a cautious reader believes
_SHORT = 120  # characters of the shortest of them
_TITLE = 250


def has_evidence(lines: Sequence[Line]) -> bool:
    """Whether the lines are such a page: its own words, its marks, or a date and abstracts."""
    if any(is_strong_banner(line) or paper_id(line.address) for line in lines):
        return True
    if sum(line.kind in _MARKS for line in lines) > 1:
        return True
    body, day, _problems = _header(lines)
    return day is not None and _believable(body)


def _believable(lines: Sequence[Line]) -> bool:
    """Whether long abstracts follow titles."""
    layout = layout_of(lines)
    texts = [line for line in settle(lines, layout) if line.kind is Kind.TEXT]
    found = entries(unwrap(texts, layout))
    abstracts = [
        len(entry.abstract)
        for entry in found
        if 0 < len(entry.title) <= _TITLE and score(entry.title) < 2
    ]
    return sum(length for length in abstracts if length >= _SHORT) >= _LONG


def parse_lines(lines: Sequence[Line], filename: str, day: Day | None = None) -> Parsed:
    """The papers of a page's lines.  Raises `InputError` when they hold none.

    `day` is the page's date where it is known from elsewhere than its lines.
    """
    if not has_evidence(lines) and not _believable(lines):
        raise InputError(
            "The file is not a page of papers: it has no titles with abstracts.",
            "Choose a saved or copied page of daily or trending papers.",
        )
    body, stated, problems = _header(lines)
    day = stated or day
    layout = layout_of(body)
    if layout.width and not layout.separated:
        problems.append(
            Problem(
                f"line {body[0].number}",
                "The lines are wrapped, and no empty lines part titles from abstracts: some "
                "titles may have stayed inside abstracts.",
            )
        )
    cutter = Cutter()
    for line in _without_strays(settle(body, layout), problems):
        cutter.take(line)
    cutter.end()
    trending = any(line.kind in _TRENDING_MARKS for line in body)
    found: list[Draft] = []
    for card in cutter.cards:
        some, more = drafts(card, layout, trending)
        found += some
        problems += more
    if not found:
        raise InputError("The page lists no papers.", "Save or copy the page again.")
    page = page_name(lines) or (TRENDING if trending and day is None else DAILY)
    papers = []
    for position, draft in enumerate(merged(found), start=1):
        if day is not None:
            draft.date, draft.iso = day.text, day.iso or None
        papers.append(paper(draft, position, page, filename))
    return Parsed(tuple(papers), _in_order([*problems, *cutter.problems]))


def page_name(lines: Sequence[Line]) -> str:
    """Which page the heading above "by AK and the research community" says it is, else ""."""
    name = ""
    for line in lines:
        words = "".join(line.text.split()).casefold()
        if line.kind is not Kind.BANNER or "researchcommunity" in words:
            break
        if words.startswith("trendingpapers"):
            name = TRENDING
        elif words.startswith("dailypapers"):
            name = DAILY
    return name


def _header(lines: Sequence[Line]) -> tuple[Sequence[Line], Day | None, list[Problem]]:
    """The lines below the page's date, the date, and what above it was not understood.

    Without a date above the first entry the lines come back whole.
    """
    above: list[Line] = []
    banner = False
    for index, line in enumerate(lines):
        match line.kind:
            case Kind.BANNER:
                banner = True
            case Kind.DATE:
                # The words searched for are repeated above the date.
                unknown = above[1:] if banner else above
                return (
                    lines[index + 1 :],
                    line.day,
                    [Problem(f"line {it.number}", f"Unknown text: “{it.text}”.") for it in unknown],
                )
            case Kind.TEXT if len(above) < 3 and len(line.text) <= 120 and not line.heading:
                above.append(line)
            case _:
                break
    return lines, None, []


def _without_strays(lines: Sequence[Line], problems: list[Problem]) -> list[Line]:
    """The lines; on a page without marks, lone numbers and dates are none of the paper's."""
    numbers = sum(line.kind is Kind.NUMBER for line in lines)
    marks = {Kind.AUTHORS, Kind.SUBMITTED, Kind.UPVOTE, Kind.BREAK}
    if numbers > 1 or any(line.kind in marks or line.heading for line in lines):
        return list(lines)
    if any(line.kind is Kind.GITHUB and line.name for line in lines):
        return list(lines)
    if any(
        above.kind is Kind.DOT and below.kind is Kind.DATE
        for above, below in itertools.pairwise(lines)
    ):
        return list(lines)
    kept: list[Line] = []
    for line in lines:
        if line.kind is Kind.TEXT:
            kept.append(line)
        elif line.kind in (Kind.NUMBER, Kind.DATE):
            problems.append(Problem(f"line {line.number}", f"Unknown text: “{line.text}”."))
    return kept


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: int(problem.where.split()[-1])))
