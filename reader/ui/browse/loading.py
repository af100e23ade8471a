"""What the library page reads, as functions for the read lane."""

from __future__ import annotations

from array import array
from itertools import groupby

from reader.domain.lists import MarkFilter, Overview, Row, Scope, TagMark
from reader.domain.paper import Paper
from reader.domain.value import dataclass
from reader.services.access import Reader
from reader.ui.models.papers import Section

_FIRST_ROWS = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list should show."""

    scope: Scope
    text: str
    sort: str
    name: str = ""  # the scope's name, for a page's heading
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read, with the rows that are seen first."""

    wanted: Wanted
    orders: array[int]
    sections: tuple[Section, ...]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper with its tags' colours, how many annotations it has, whether its file is there."""

    paper: Paper
    tags: tuple[TagMark, ...]
    order: int
    marks: int = 0
    lost: str = ""  # the name of its file, where that is missing


def listed(reader: Reader, wanted: Wanted, limit: int | None = None) -> Listed:
    """Read a list and its first rows."""
    orders = reader.orders(wanted.scope, wanted.text, wanted.sort, limit=limit)
    rows = reader.rows(orders[:_FIRST_ROWS], wanted.scope)
    return Listed(wanted, orders, _sections(reader, wanted, orders), rows)


def _sections(reader: Reader, wanted: Wanted, orders: array[int]) -> tuple[Section, ...]:
    if wanted.sort != "position" or not orders:
        return ()
    if wanted.scope.kind == "page":
        return (Section(0, " · ".join(part for part in (wanted.name, wanted.feed) if part)),)
    if wanted.scope.kind != "feed":
        return ()
    dates = reader.page_dates(wanted.scope.uid)
    sections: list[Section] = []
    place = 0
    for date, papers in groupby(orders, key=lambda order: dates.get(order, "")):
        sections.append(Section(place, date))
        place += sum(1 for _ in papers)
    return tuple(sections)


def shown(reader: Reader, order: int) -> Shown | None:
    """A paper by its ord, None when it is gone."""
    rows = reader.rows([order])
    if not rows:
        return None
    paper = reader.paper(rows[0].uid)
    marks = reader.count_marks(MarkFilter(paper=paper.uid)) if paper.attachments else 0
    return Shown(paper, rows[0].tags, order, marks, rows[0].file if rows[0].lost else "")


def overview(reader: Reader) -> Overview:
    """The sidebar's names and counts."""
    return reader.overview()
