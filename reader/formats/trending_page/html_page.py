"""A saved HTML page: its embedded data first, then its links to papers, then its text.

The page carries the whole list as JSON in the attribute `data-props` of an
element with data-target="DailyPapers".  Where that is missing or broken, the
visible page is read: links to /papers/<id> are the titles.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from reader.domain.errors import InputError
from reader.domain.paper import iso_date
from reader.formats.base import Parsed, Problem
from reader.formats.text import load_json, one_line
from reader.formats.trending_page.api_json import find_items, page_day, parse_items
from reader.formats.trending_page.build import DAILY
from reader.formats.trending_page.cards import paper_id
from reader.formats.trending_page.lines import (
    Day,
    Kind,
    Line,
    classify,
    is_strong_banner,
    parse_day,
    pull_up,
)
from reader.formats.trending_page.text_page import page_name, parse_lines

_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg", "nav", "head"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "kbd", "mark"}
    | {"q", "s", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"}
)
# Links to other days and lists of the site, not to a paper.
_SITE_LIST = re.compile(
    r"(?:https?://(?:www\.)?huggingface\.co)?/papers/?"
    r"(?:(?:date|week|month)/[^/?#]*|trending)?(?:[?#].*)?$"
)
_PAGE_DATE = re.compile(r"huggingface\.co/papers/date/(\d{4}-\d{2}-\d{2})")


class _Page(HTMLParser):
    """Collects embedded data, the title, and the visible text line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.props: list[tuple[bool, str]] = []
        self.lines: list[Line] = []
        self.addresses: list[str] = []  # the page's own, as its head or its saver tells
        self.title = ""
        self._pieces: list[str] = []
        self._line = 1
        self._gap = False
        self._address = ""
        self._anchor = ""
        self._heading = False
        self._in_title = False
        self._hidden: list[str] = []

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        del report
        # The base class raises AssertionError on an unknown "<![...": any file may hold one.
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "data-props" in values:
            self.props.append((values.get("data-target") == "DailyPapers", values["data-props"]))
        if tag == "base" or values.get("rel") == "canonical":
            self.addresses.append(values.get("href", ""))
        if tag == "meta" and values.get("property") == "og:url":
            self.addresses.append(values.get("content", ""))
        if tag == "title":
            self._in_title = True
        if tag in _HIDDEN:
            self._hidden.append(tag)
        if tag not in _INLINE:
            self._flush(gap=True)
        if tag == "article":
            self.lines.append(Line(self.getpos()[0], "", Kind.BREAK))
        if tag in _HEADINGS:
            self._heading = True
        if tag == "a":
            self._anchor = values.get("href", "")
            if paper_id(self._anchor):
                self._flush(gap=self._gap)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _HIDDEN or tag == "title":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                pass
        if tag == "a":
            if paper_id(self._anchor):
                self._flush(gap=False)
            self._anchor = ""
        if tag not in _INLINE:
            self._flush(gap=True)
        if tag in _HEADINGS:
            self._heading = False
        if tag == "article":
            self.lines.append(Line(self.getpos()[0], "", Kind.BREAK))

    def handle_comment(self, data: str) -> None:
        self.addresses.append(data)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._hidden or self._in_title or not data.strip():
            self._pieces += [" "] if data and self._pieces else []
            return
        if not self._pieces:
            self._line = self.getpos()[0]
        self._pieces.append(data)
        self._address = self._address or self._anchor

    def _flush(self, *, gap: bool) -> None:
        if text := one_line("".join(self._pieces)):
            heading = self._heading and bool(paper_id(self._address))
            line = Line(self._line, text, gap=self._gap, heading=heading, address=self._address)
            found = [line] if heading else classify(line)
            if _SITE_LIST.match(self._address):
                found = [replace(it, kind=Kind.BANNER) for it in found]
            self.lines += found
        self._pieces = []
        self._address = ""
        self._gap = gap

    def finish(self) -> None:
        """Take what an unclosed page left open."""
        self.close()
        self._flush(gap=True)


def parse_html(text: str, filename: str) -> Parsed:
    """The papers of a saved page.  Raises `InputError` when it holds none."""
    page = _Page()
    page.feed(_closed(text))
    page.finish()
    title = classify(Line(1, one_line(page.title))) if page.title.strip() else []
    lines = (
        [*title, *pull_up(page.lines)]
        if title and is_strong_banner(title[0])
        else pull_up(page.lines)
    )
    day = _page_day(page)
    problems: list[Problem] = []
    for _named, props in sorted(page.props, key=lambda it: not it[0]):
        parsed = _embedded(props, filename, day, page_name(lines) or DAILY, problems)
        if parsed:
            return Parsed(parsed.papers, (*problems, *parsed.problems))
    try:
        parsed = parse_lines(_titled(lines), filename, day)
    except InputError:
        raise InputError(
            "The HTML file is not a page of papers: it lists none.",
            "Save the page again, whole, after its papers are shown.",
        ) from None
    return Parsed(parsed.papers, (*problems, *parsed.problems))


def _closed(text: str) -> str:
    """The text with marks that never close made plain.

    The base class searches to the end of the file from each of them: a hundred
    thousand would take minutes.
    """
    end = text.rfind(">") + 1
    text = text[:end] + text[end:].replace("<", "&lt;")
    end = text.rfind("-->") + 3 if "-->" in text else 0
    return text[:end] + text[end:].replace("<!--", "&lt;!--")


def _embedded(
    props: str, filename: str, day: Day | None, page: str, problems: list[Problem]
) -> Parsed | None:
    """The papers of embedded data; None when it is of something else or broken."""
    try:
        value = load_json(props)
    except InputError as error:
        if "dailyPapers" in props:
            problems.append(
                Problem("line 1", f"The page's embedded list is damaged. {error.message}")
            )
        return None
    items = find_items(value)
    if not items:
        return None
    try:
        return parse_items(items, filename, page_day(value) or day, page)
    except InputError:
        return None


def _page_day(page: _Page) -> Day | None:
    """The page's date by its own address, else by its title; a link to another day is neither."""
    if (match := _PAGE_DATE.search("\n".join(page.addresses))) and (iso := iso_date(match[1])):
        return Day(iso, iso)
    for part in re.split(r"\s[-–|·]\s|: ", page.title):
        if day := parse_day(part):
            return day
    return None


def _titled(lines: list[Line]) -> list[Line]:
    """The lines with titles certain: where no heading links to a paper, its longest link is one."""
    if any(line.heading for line in lines):
        return lines
    best: dict[str, Line] = {}
    for line in lines:
        key = paper_id(line.address) if line.kind is Kind.TEXT else ""
        if key and (key not in best or len(best[key].text) < len(line.text) <= 250):
            best[key] = line
    titles = {id(line) for line in best.values()}
    return [replace(line, heading=True) if id(line) in titles else line for line in lines]
