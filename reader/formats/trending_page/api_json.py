"""The service's JSON: daily lists (nested), one paper (flat), search results (wrapped).

The date of a paper is `paper.publishedAt`; the outer one differs by hours.
Some keys are snake_case inside camelCase, some stand only outside `paper`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.domain.errors import InputError
from reader.domain.paper import Author, Link, iso_date, normal_arxiv
from reader.domain.people import parse_name
from reader.formats.base import Parsed, Problem
from reader.formats.links import web_link
from reader.formats.text import load_json, one_line, whole
from reader.formats.trending_page.build import DAILY, Draft, merged, paper
from reader.formats.trending_page.lines import Day, Line, parse_day
from reader.formats.trending_page.prose import Layout, unwrap

_LISTS = ("dailyPapers", "papers", "results")
_REPOSITORY = re.compile(r"^[A-Za-z0-9][\w.-]*/[\w.-]+$")


class _ItemError(Exception):
    """An item cannot be a paper; the text says why."""


def parse_json(text: str, filename: str) -> Parsed:
    """The papers of a JSON reply.  Raises `InputError` when it is none."""
    value = load_json(text)
    if isinstance(value, dict) and "error" in value and not find_items(value):
        raise InputError(
            f"The file is an error reply of the service (“{one_line(_text(value['error']))[:200]}”).",
            "Download the list again.",
        )
    items = find_items(value)
    if items is None:
        raise InputError(
            "The JSON file is not a list of papers.", "Choose a list of daily papers, or an export."
        )
    return parse_items(items, filename, page_day(value))


def find_items(value: Any) -> list[Any] | None:
    """The items of a reply or of a page's embedded data, None when there are none in it."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    for key in _LISTS:
        if isinstance(value.get(key), list):
            return value[key]
    if isinstance(value.get("paper"), dict) or ("title" in value and "id" in value):
        return [value]
    return next(
        (
            it
            for it in value.values()
            if isinstance(it, list) and it and all(_is_item(item) for item in it)
        ),
        None,
    )


def _is_item(item: Any) -> bool:
    return isinstance(item, dict) and (
        isinstance(item.get("paper"), dict) or {"title", "summary"} <= item.keys()
    )


def page_day(value: Any) -> Day | None:
    """The date of a page's embedded data: a day, or a week or month as it is stated."""
    stated = _text(value.get("dateString")) if isinstance(value, dict) else ""
    if not stated:
        return None
    iso = iso_date(stated) if len(stated) >= 10 else ""
    return Day(iso, iso) if iso else (parse_day(stated) or Day(stated, ""))


def parse_items(items: list[Any], filename: str, day: Day | None, page: str = DAILY) -> Parsed:
    """The items as papers on the named page; those that are none become problems.

    Without the page's own `day`, each paper's day on the list counts.
    """
    problems: list[Problem] = []
    found: list[Draft] = []
    for number, item in enumerate(items, start=1):
        try:
            draft = _draft(item, problems, f"item {number}")
        except _ItemError as error:
            problems.append(Problem(f"item {number}", str(error)))
            continue
        if day is not None:
            draft.date, draft.iso = day.text, day.iso or None
        found.append(draft)
    if not found:
        reason = f" {problems[0].where}: {problems[0].reason}" if problems else ""
        raise InputError(f"The list holds no papers.{reason}", "Choose another day's list.")
    papers = tuple(
        paper(draft, position, page, filename)
        for position, draft in enumerate(merged(found), start=1)
    )
    return Parsed(papers, tuple(problems))


def _draft(item: Any, problems: list[Problem], where: str) -> Draft:
    if not isinstance(item, dict):
        raise _ItemError("Not an object.")
    inner = item.get("paper", item)
    if not isinstance(inner, dict):
        raise _ItemError("“paper” is not an object.")
    title = one_line(_text(inner.get("title")) or _text(item.get("title")))
    if not title:
        raise _ItemError("It has no title.")
    draft = Draft(title, _abstract(_text(inner.get("summary")) or _text(item.get("summary"))))
    draft.arxiv_id = _identifier(inner, problems, where)
    draft.published = iso_date(_text(inner.get("publishedAt")))
    draft.authors = _authors(inner.get("authors"), problems, where)
    draft.links = _links(inner, problems, where)
    draft.upvotes = _count(inner.get("upvotes"))
    draft.comments = _count(item.get("numComments", inner.get("numComments")))
    draft.stars = _count(inner.get("githubStars", item.get("githubStars")))
    draft.submitted_by = _user(inner.get("submittedOnDailyBy")) or _user(item.get("submittedBy"))
    draft.organization = _organization(inner) or _organization(item)
    draft.summary = one_line(_text(inner.get("ai_summary")) or _text(item.get("ai_summary")))
    # Midnight UTC stands for the day itself: never turned into local time.
    draft.iso = iso_date(_text(inner.get("submittedOnDailyAt"))) or None
    draft.date = draft.iso or ""
    problems += [Problem(where, f"“{it}” is not understood; left out.") for it in _strange(inner)]
    return draft


def _strange(inner: dict[str, Any]) -> Iterator[str]:
    """What stands where dates, counts and texts are expected and is none."""
    for keys, understood in (
        (("publishedAt", "submittedOnDailyAt"), lambda value: iso_date(_text(value))),
        (("upvotes", "githubStars"), lambda value: _count(value) is not None),
        (("summary", "ai_summary"), lambda value: isinstance(value, str)),
    ):
        for key in keys:
            value = inner.get(key)
            if value not in (None, "") and not understood(value):
                yield f"{key}: {one_line(whole(str(value)))[:40]}"


def _text(value: Any) -> str:
    """The value as text when it is text, without lone surrogates and NULs, else ""."""
    return whole(value).replace("\0", "\ufffd").strip() if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    """A count of zero or more; zero is a count, a missing one is None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _abstract(text: str) -> str:
    """The abstract with hard-wrapped lines joined and its paragraphs trimmed."""
    lines: list[Line] = []
    gap = False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(0, stripped, gap=gap and bool(lines)))
        gap = not stripped
    pieces: list[str] = []
    for line in unwrap(lines, Layout()):
        pieces.append(("\n\n" if line.gap else "\n") if pieces else "")
        pieces.append(line.text)
    return "".join(pieces)


def _identifier(inner: dict[str, Any], problems: list[Problem], where: str) -> str:
    given = inner.get("id")
    if given is None:
        return ""
    found = normal_arxiv(_text(given))
    if not found:
        problems.append(Problem(where, f"“{str(given)[:40]}” is not an arXiv id; left out."))
    return found


def _authors(value: Any, problems: list[Problem], where: str) -> tuple[Author, ...]:
    """The authors the page shows: those marked as hidden are not among them."""
    found: list[Author] = []
    for person in value if isinstance(value, list) else []:
        if isinstance(person, dict) and person.get("hidden") is True:
            continue
        name = person if isinstance(person, str) else None
        if isinstance(person, dict):
            name = person.get("name")
        if author := parse_name(_text(name)):
            found.append(author)
    if value is not None and not isinstance(value, list):
        problems.append(Problem(where, "The authors are not a list; left out."))
    return tuple(author for author in found if author != Author())


def _links(inner: dict[str, Any], problems: list[Problem], where: str) -> list[Link]:
    links: list[Link] = []
    for key in ("githubRepo", "projectPage"):
        url = _text(inner.get(key))
        if not url:
            continue
        if key == "githubRepo" and _REPOSITORY.match(url):
            url = f"https://github.com/{url}"
        link = web_link(url)
        if link is None or " " in url:
            problems.append(Problem(where, f"“{url[:60]}” is not a web address; left out."))
        elif link not in links:
            links.append(link)
    return links


def _user(value: Any) -> str:
    """A user's name: `user` inside a paper, `name` outside of it."""
    if not isinstance(value, dict):
        return ""
    return next(
        (name for key in ("user", "name", "fullname") if (name := _text(value.get(key)))), ""
    )


def _organization(value: dict[str, Any]) -> str:
    it = value.get("organization")
    if not isinstance(it, dict):
        return ""
    return one_line(_text(it.get("fullname")) or _text(it.get("name")))
