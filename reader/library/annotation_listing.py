"""Annotations over the whole library: filtered, newest first, a window at a time.

Every question is put so that SQLite walks an index that already is in order and
stops after a window: with a million annotations a window takes milliseconds.
Each pair of a colour and a kind that is asked for is a walk, and the walks are merged.
Where dates are asked for, the walk goes along the dates, newest first, unless what
else is asked for leaves only a few to be looked at.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from itertools import islice

from reader.domain.fold import query_words
from reader.domain.lists import MarkFilter, MarkRow
from reader.domain.marking import Kind
from reader.domain.value import dataclass
from reader.library.annotations import by_keys
from reader.library.mark_words import expression

_FEW = 5_000  # rows that are looked at one by one in some milliseconds
_STRETCH = 20_000  # entries of the index of dates that are taken at once
_NEWEST = (1 << 63) - 1
_CREATED = "SELECT created FROM annotations WHERE id = ?"
_WITHIN = (
    "FROM annotations a INDEXED BY annotations_by_date "
    "WHERE a.deleted IS NULL AND a.created >= ? AND a.created < ?"
)
_STARTS = f"SELECT a.created {_WITHIN} ORDER BY a.created DESC"
_ENDS = f"SELECT min(a.id), max(a.id) {_WITHIN}"
_LIVE = (
    "a.deleted IS NULL AND EXISTS (SELECT 1 FROM attachments s JOIN papers p ON p.id = s.paper_id "
    "WHERE s.uid = a.attachment AND s.deleted IS NULL AND p.deleted IS NULL AND p.gone IS NULL)"
)
_OF_PAPER = (
    "a.attachment IN (SELECT s.uid FROM attachments s JOIN papers p ON p.id = s.paper_id "
    "WHERE p.uid = ?)"
)
_TAGGED = (
    "EXISTS (SELECT 1 FROM annotation_tags m JOIN tags g ON g.id = m.tag_id "
    "WHERE m.annotation_id = a.id AND g.deleted IS NULL AND g.name IN ({}))"
)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through an index: where it reads, its key, what it asks and takes over."""

    source: str
    key: str
    conditions: tuple[str, ...] = ()
    values: tuple[object, ...] = ()
    done: frozenset[str] = frozenset()  # the fields of the filter that it answers


def keys(
    connection: sqlite3.Connection, wanted: MarkFilter, below: int | None, most: int
) -> list[int]:
    """The next `most` keys smaller than `below` (None: from the newest on), newest first."""
    start = _NEWEST if below is None else below
    return list(islice(_merged(connection, wanted, start, most), most))


def count(connection: sqlite3.Connection, wanted: MarkFilter, most: int) -> int:
    """How many there are, counted up to `most`."""
    return sum(1 for _ in islice(_merged(connection, wanted, _NEWEST, most), most))


def rows(connection: sqlite3.Connection, wanted: list[int]) -> list[MarkRow]:
    """The rows of keys, in that order."""
    marks = ", ".join("?" * len(wanted))
    homes = {
        uid: (key, paper, title, path)
        for key, uid, paper, title, path in connection.execute(
            "SELECT a.id, a.uid, p.uid, p.title, s.path FROM annotations a "
            "JOIN attachments s ON s.uid = a.attachment JOIN papers p ON p.id = s.paper_id "
            f"WHERE a.id IN ({marks})",
            wanted,
        )
    }
    found = by_keys(connection, wanted)
    return [MarkRow(homes[it.uid][0], it, *homes[it.uid][1:]) for it in found if it.uid in homes]


def cards(connection: sqlite3.Connection) -> list[str]:
    """The kinds of claim cards in use, by their names: a step through the index for each."""
    found: list[str] = []
    while row := connection.execute(
        "SELECT card FROM annotations INDEXED BY annotations_by_card "
        "WHERE deleted IS NULL AND card <> '' AND card > ? ORDER BY card LIMIT 1",
        [found[-1] if found else ""],
    ).fetchone():
        found.append(row[0])
    return found


def asks_index(wanted: MarkFilter) -> bool:
    """Whether the filter's text is looked for in the full-text index."""
    return bool(query_words(wanted.text))


def _merged(
    connection: sqlite3.Connection, wanted: MarkFilter, below: int, most: int
) -> Iterator[int]:
    found = _walks(connection, wanted)
    if _along_dates(connection, wanted, found):
        yield from _dated(connection, wanted, found, below, most)
        return
    walks = [_rows(connection, walk, wanted, below, most) for walk in found]
    before = None
    for key in heapq.merge(*walks, reverse=True):
        if key != before:
            yield key
        before = key


def _rows(
    connection: sqlite3.Connection, walk: _Walk, wanted: MarkFilter, below: int, most: int
) -> Iterator[int]:
    asked, values = _conditions(wanted, walk.done)
    where = " AND ".join([*walk.conditions, f"{walk.key} < ?", *asked, _LIVE])
    sql = f"SELECT a.id FROM {walk.source} WHERE {where} ORDER BY {walk.key} DESC LIMIT ?"
    for row in connection.execute(sql, [*walk.values, below, *values, most]):
        yield row[0]


def _along_dates(connection: sqlite3.Connection, wanted: MarkFilter, walks: list[_Walk]) -> bool:
    """Whether the dates are walked along: unless what else is asked for leaves few."""
    if not (wanted.since or wanted.until):
        return False
    if not walks[0].conditions:  # nothing else is asked for
        return True
    left = _FEW
    for walk in walks:
        where = " AND ".join(walk.conditions)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {walk.source} WHERE {where} LIMIT ?)"
        left -= connection.execute(sql, [*walk.values, left + 1]).fetchone()[0]
        if left < 0:
            return True
    return False


def _dated(
    connection: sqlite3.Connection,
    wanted: MarkFilter,
    walks: list[_Walk],
    below: int,
    most: int,
) -> Iterator[int]:
    """Those of a time, the newest date first; with words, a stretch of the dates after another."""
    since, until = wanted.since, wanted.until + "~"  # a day is in it up to its last moment
    asked, values = _conditions(wanted, frozenset({"since", "until"}))
    if below != _NEWEST:
        [last] = connection.execute(_CREATED, [below]).fetchone() or ("",)
        until = min(until, last + " ")  # the walk begins there, it need not get there
        asked.append("(a.created, a.id) < (?, ?)")
        values += [last, below]
    if not query_words(wanted.text):
        yield from _stretch(connection, since, until, asked, values, most)
        return
    # Of a common word only what was made about that time is taken from the index.
    asked.append(
        "a.id IN (SELECT rowid FROM idx.marks WHERE marks MATCH ? AND rowid BETWEEN ? AND ?)"
    )
    values += walks[0].values
    reached = False
    while not reached:
        row = connection.execute(f"{_STARTS} LIMIT 1 OFFSET {_STRETCH}", [since, until]).fetchone()
        reached = row is None
        start = since if row is None else row[0]
        ends = connection.execute(_ENDS, [start, until]).fetchone()
        yield from _stretch(connection, start, until, asked, [*values, *ends], most)
        until = start


def _stretch(
    connection: sqlite3.Connection,
    since: str,
    until: str,
    asked: list[str],
    values: list[object],
    most: int,
) -> Iterator[int]:
    where = " AND ".join([_WITHIN, *asked, _LIVE])
    sql = f"SELECT a.id {where} ORDER BY a.created DESC, a.id DESC LIMIT ?"
    for row in connection.execute(sql, [since, until, *values, most]):
        yield row[0]


def _walks(connection: sqlite3.Connection, wanted: MarkFilter) -> list[_Walk]:
    if words := expression(connection, wanted.text):
        source = "idx.marks CROSS JOIN annotations a ON a.id = marks.rowid"
        return [_Walk(source, "marks.rowid", ("marks MATCH ?",), (words,))]
    if wanted.paper:
        return [_Walk("annotations a", "a.id", (_OF_PAPER,), (wanted.paper,), frozenset({"paper"}))]
    if wanted.unplaced:
        asked = ("a.placed = 0", "a.deleted IS NULL")
        source = "annotations a INDEXED BY annotations_unplaced"
        return [_Walk(source, "a.id", asked, (), frozenset({"unplaced"}))]
    if wanted.tags:
        source = "annotation_tags t CROSS JOIN annotations a ON a.id = t.annotation_id"
        tagged = ("t.tag_id = (SELECT id FROM tags WHERE name = ? AND deleted IS NULL)",)
        done = frozenset({"tags"})
        return [_Walk(source, "t.annotation_id", tagged, (tag,), done) for tag in wanted.tags]
    if wanted.colors:
        source = "annotations a INDEXED BY annotations_by_color"
        asked = ("a.deleted IS NULL", "a.color = ?", "a.kind = ?")
        return [
            _Walk(source, "a.id", asked, (color, kind), frozenset({"colors", "kinds"}))
            for color in wanted.colors
            for kind in wanted.kinds or tuple(Kind)
        ]
    if wanted.kinds:
        source = "annotations a INDEXED BY annotations_by_kind"
        asked = ("a.deleted IS NULL", "a.kind = ?")
        return [_Walk(source, "a.id", asked, (it,), frozenset({"kinds"})) for it in wanted.kinds]
    if wanted.card:
        source = "annotations a INDEXED BY annotations_by_card"
        asked = ("a.deleted IS NULL", "a.card <> ''", "a.card = ?")
        kinds = cards(connection) if wanted.card == "*" else [wanted.card]
        return [_Walk(source, "a.id", asked, (it,), frozenset({"card"})) for it in kinds]
    return [_Walk("annotations a", "a.id")]


def _conditions(wanted: MarkFilter, done: frozenset[str]) -> tuple[list[str], list[object]]:
    """What a walk has not answered yet."""
    asked: list[str] = []
    values: list[object] = []

    def ask(field: str, sql: str, *given: object) -> None:
        if field not in done and getattr(wanted, field):
            asked.append(sql)
            values.extend(given)

    def places(given: tuple[str, ...]) -> str:
        return ", ".join("?" * len(given))

    ask("colors", f"a.color IN ({places(wanted.colors)})", *wanted.colors)
    ask("kinds", f"a.kind IN ({places(wanted.kinds)})", *wanted.kinds)
    ask("tags", _TAGGED.format(places(wanted.tags)), *wanted.tags)
    ask("paper", _OF_PAPER, wanted.paper)
    ask("since", "a.created >= ?", wanted.since)
    # A day is included up to its last moment.
    ask("until", "a.created < ?", wanted.until + "~")
    ask("card", "a.card <> ''" if wanted.card == "*" else "a.card = ?",
        *([] if wanted.card == "*" else [wanted.card]))  # fmt: skip
    ask("unplaced", "a.placed = 0")
    return asked, values
