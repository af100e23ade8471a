"""The lines of a page, each with what it is by itself.

Text copied from a page and the text of saved HTML become the same `Line`s, so
that one reader serves both.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import Enum, auto

from reader.domain.value import dataclass


class Kind(Enum):
    """What a line is, looked at alone."""

    TEXT = auto()  # a title, an abstract, an organisation, or anything unknown
    BANNER = auto()  # a fixed text of the site
    BREAK = auto()  # the border of a card (saved HTML only)
    NUMBER = auto()  # upvotes or comments; "-" stands for none
    DATE = auto()
    AUTHORS = auto()  # "12 authors"
    DOT = auto()  # the middle dot between authors and date
    SUBMITTED = auto()  # "Submitted by", with the name or before it
    UPVOTE = auto()  # "Upvote", with the number or before it
    GITHUB = auto()  # "GitHub 3.29k"
    PAPER_PAGE = auto()  # "arXiv Page"


@dataclass(frozen=True, slots=True)
class Day:
    """A date as a page states it; `iso` is "" when it has no year."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `number` counts from 1 in the file, `gap` says an empty line came before.

    `heading` marks a line that the page itself sets as a heading, `address` is
    the address the line links to.
    """

    number: int
    text: str
    kind: Kind = Kind.TEXT
    count: int | None = None
    name: str = ""
    day: Day | None = None
    gap: bool = False
    heading: bool = False
    address: str = ""


# Compared without white space and case: copies run words together ("byAK and").
_STRONG_BANNERS = frozenset(
    "".join(text.split()).casefold()
    for text in (
        "Get trending papers in your email inbox once a day!",
        "Get trending papers in your email inbox!",
        "by AK and the research community",
        "Trending Papers",
        "Daily Papers",
        "Daily Papers - Hugging Face",
        "Trending Papers - Hugging Face",
    )
)
_BANNERS = _STRONG_BANNERS | frozenset(
    "".join(text.split()).casefold()
    for text in """new|Subscribe|Daily|Weekly|Monthly|Previous|Next|Hugging Face|Hugging Face's logo
by|AK|and the research community|Models|Datasets|Spaces|Buckets|Buckets new|Posts|Docs|Enterprise
Pricing|Log In|Sign Up|Website|Tasks|HuggingChat|Collections|Languages|Organizations|Community|Blog
Learn|Discord|Forum|Solutions|Team & Enterprise|Hugging Face PRO|Enterprise Support|Storage Buckets
Inference Providers|Inference Endpoints|System theme|Company|TOS|Privacy|About|Careers|Jobs
© Hugging Face|Search|View all|Load more|Sort by|Papers|Read more""".replace("\n", "|").split("|")
)
_NUMBER = re.compile(r"^(\d[\d,]*(?:\.\d+)?)\s*([kKmM]?)$")
_AUTHORS = re.compile(r"^(?:[-*•·]\s*)?\d+ authors?$", re.IGNORECASE)
_SUBMITTED = re.compile(r"^Submitted by\b:?\s*(.{0,80})$", re.IGNORECASE)
_UPVOTE = re.compile(r"^Upvotes?\b:?\s*(\S*)$", re.IGNORECASE)
_GITHUB = re.compile(r"^GitHub\b:?\s*(\S*)$", re.IGNORECASE)
_PAPER_PAGE = re.compile(r"^(?:View )?arXiv( Page)?$", re.IGNORECASE)
_ORNAMENT = re.compile(r"^(?:[+]\d+|[*•]|\[[-+x ]\])$")
_TAIL = re.compile(r"^(?P<who>.*?)\s*[·•]\s*(?P<when>[^·•]{4,40}?)(?:\s*[·•]\s*(?P<count>\d+))?$")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
_MARKS_IN_A_ROW = re.compile(
    r"^(?P<upvote>Upvote [\d.,km-]+)?\s*(?P<github>GitHub [\d.,km]+)?\s*(?P<page>arXiv Page)?$",
    re.IGNORECASE,
)
_ADDRESS_LINE = re.compile(r"^https?://\S+$")

_MONTHS = {
    "jan": "january",
    "feb": "february",
    "mar": "march",
    "apr": "april",
    "may": "may",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DATES = (
    re.compile(rf"^{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?$"),
    re.compile(rf"^(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?:,? (?P<year>\d{{4}}))?$"),
    re.compile(r"^(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})$"),
)


def parse_day(text: str) -> Day | None:
    """The date a line states ("Jun 11", "Published on Oct 4, 2026", "2026-10-04"), else None."""
    stated = re.sub(r"^Published(?: on)?:?\s+", "", text.strip(), flags=re.IGNORECASE)
    if len(stated) > 40:
        return None
    bare = re.sub(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", "", stated, flags=re.IGNORECASE)
    for pattern in _DATES:
        if match := pattern.match(bare):
            found = match.groupdict()
            month = _month(found.get("month")) or int(found.get("number") or 0)
            try:
                # A leap year stands in: "Feb 29" is a date of some year.
                day = date(int(found["year"] or 2000), month, int(found["day"]))
            except ValueError:
                return None
            return Day(stated, day.isoformat() if found["year"] else "")
    return None


def _month(name: str | None) -> int:
    lowered = (name or "").lower()
    short = lowered[:3]
    if lowered in (short, _MONTHS.get(short), "sept"):
        return list(_MONTHS).index(short) + 1 if short in _MONTHS else 0
    return 0


def parse_count(text: str) -> int | None:
    """A count as the page writes it: "12", "1,234", "3.29k", "110k"; else None."""
    match = _NUMBER.match(text.strip())
    if not match or len(match[1]) > 15:
        return None
    factor = {"": 1, "k": 1_000, "m": 1_000_000}[match[2].lower()]
    value = float(match[1].replace(",", ""))
    if factor == 1 and not value.is_integer():
        return None
    return round(value * factor)


def is_strong_banner(line: Line) -> bool:
    """Whether the line is a text that only this page has."""
    return "".join(line.text.split()).casefold() in _STRONG_BANNERS


def split_lines(text: str) -> list[Line]:
    """The lines of a copied page, classified; a value on the next line is pulled up."""
    lines: list[Line] = []
    gap = False
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped:
            gap = True
            continue
        if _ADDRESS_LINE.match(stripped) and _belongs_above(lines, stripped, gap=gap):
            lines[-1] = replace(lines[-1], address=stripped)
            continue
        for line in _plain(Line(number, stripped, gap=gap)):
            lines.extend(classify(line))
        gap = False
    return pull_up(lines)


def _belongs_above(lines: list[Line], address: str, *, gap: bool) -> bool:
    # Some tools write a link's address below its text; without a gap it may be wrapped text.
    if not lines or lines[-1].address or "://huggingface.co/" not in address:
        return False
    return gap or "/papers/" in address


def _plain(line: Line) -> list[Line]:
    """The line without Markdown's heading mark and links; several links are several lines."""
    text = line.text
    heading = re.match(r"^#{1,6} +(?=\S)", text)
    if heading:
        text = text[heading.end() :]
    links = _MARKDOWN_LINK.findall(text)
    if links and not _MARKDOWN_LINK.sub("", text).strip():
        return [
            replace(line, text=name.strip(), heading=bool(heading), address=address)
            for name, address in links
            if name.strip()
        ]
    return [replace(line, text=text, heading=bool(heading))]


def classify(line: Line) -> list[Line]:
    """The line with its kind; "Org · Published on ..." becomes several."""
    text = line.text
    if "".join(text.split()).casefold() in _BANNERS or _ORNAMENT.match(text):
        return [replace(line, kind=Kind.BANNER)]
    if len(text) > 200:
        return [line]
    if marked := _bare_value(line) or _mark(line):
        return [marked]
    if (row := _MARKS_IN_A_ROW.match(text)) and len(parts := [it for it in row.groups() if it]) > 1:
        return [mark for part in parts for mark in classify(replace(line, text=part))]
    return _split_tail(line)


def _bare_value(line: Line) -> Line | None:
    """The line as a dot, a number or a date, None when it is more than that."""
    if line.text in ("·", "•"):
        return replace(line, kind=Kind.DOT)
    if line.text in ("-", "–", "—"):
        return replace(line, kind=Kind.NUMBER)
    if (count := parse_count(line.text)) is not None:
        return replace(line, kind=Kind.NUMBER, count=count)
    if day := parse_day(line.text):
        return replace(line, kind=Kind.DATE, day=day)
    return None


def _mark(line: Line) -> Line | None:
    """The line as one of the words a card carries, else None."""
    if _AUTHORS.match(line.text):
        return replace(line, kind=Kind.AUTHORS)
    if match := _SUBMITTED.match(line.text):
        return replace(line, kind=Kind.SUBMITTED, name=match[1].strip())
    for kind, pattern in ((Kind.UPVOTE, _UPVOTE), (Kind.GITHUB, _GITHUB)):
        if (match := pattern.match(line.text)) and _is_count(match[1]):
            return replace(line, kind=kind, count=parse_count(match[1]), name=match[1])
    return replace(line, kind=Kind.PAPER_PAGE) if _PAPER_PAGE.match(line.text) else None


def _is_count(text: str) -> bool:
    return text in ("", "-") or parse_count(text) is not None


def _split_tail(line: Line) -> list[Line]:
    """ "12 authors · May 30 · 3" and "Some Lab · Published on Oct 4, 2026" in their parts."""
    match = _TAIL.match(line.text)
    day = parse_day(match["when"]) if match else None
    if not match or not day:
        return [line]
    parts: list[Line] = []
    if match["who"]:
        parts += classify(replace(line, text=match["who"]))
    parts.append(replace(line, text="·", kind=Kind.DOT, gap=False, address=""))
    parts.append(replace(line, text=match["when"], kind=Kind.DATE, day=day, gap=False, address=""))
    if match["count"]:
        parts += classify(replace(line, text=match["count"], gap=False))
    return parts


def pull_up(lines: list[Line]) -> list[Line]:
    """ "Upvote", "GitHub" and "Submitted by" joined with the value on the line after."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and last.kind is Kind.SUBMITTED and not last.name and line.kind is Kind.TEXT:
            joined[-1] = replace(last, name=line.text)
        elif (
            last
            and last.kind in (Kind.UPVOTE, Kind.GITHUB)
            and not last.name
            and line.kind is Kind.NUMBER
        ):
            joined[-1] = replace(
                last, count=line.count, name=line.text, address=last.address or line.address
            )
        else:
            joined.append(line)
    return joined
