"""Lists: which papers, in which order, and what a list row shows."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable

from reader.domain.errors import InputError
from reader.domain.lists import Named, Overview, Row, Scope, TagMark
from reader.domain.progress import Progress
from reader.domain.query import And, parse_query
from reader.library import reading_times
from reader.library.matching_rows import condition

SORTS = {
    "newest": "p.ord DESC",
    "oldest": "p.ord",
    "title": "p.title_key, p.ord DESC",
    "author": "p.author_key = '', p.author_key, p.ord DESC",
    "venue": "p.venue = '', p.venue, p.ord DESC",
    "added": "p.created DESC, p.ord DESC",
    "state": "CASE p.reading_state WHEN 'reading' THEN 0 WHEN 'unread' THEN 1 ELSE 2 END, "
    "p.ord DESC",
    "position": "",
}
# A page that states no year counts as of the day it was imported.
_BY_DATE = "coalesce({0}.iso, {0}.created) DESC, {0}.id DESC"
_POSITIONS = {"page": "s.position", "feed": "s.place, s.position"}
# The newest page a paper p stood on; {} narrows the pages fg.
_NEWEST_PAGE = (
    "(SELECT f.page_id FROM page_entries f JOIN pages fg ON fg.id = f.page_id "
    f"WHERE f.paper_id = p.id {{}} ORDER BY {_BY_DATE.format('fg')} LIMIT 1)"
)
_OF_FEED = _NEWEST_PAGE.format("AND fg.feed = ?")
_SNIPPET = 160
_LIVE = "p.deleted IS NULL AND p.gone IS NULL"


def _scope(scope: Scope) -> tuple[str, str, list[object]]:
    """(extra tables, condition, values) of a scope."""
    match scope.kind:
        case "trash":
            return "", "p.deleted IS NOT NULL AND p.gone IS NULL", []
        case "unread" | "reading" | "read":
            return "", f"{_LIVE} AND p.reading_state = ?", [scope.kind]
        case "starred":
            return "", f"{_LIVE} AND p.starred = 1", []
        case "page":
            return (
                "JOIN page_entries s ON s.paper_id = p.id "
                "AND s.page_id = (SELECT id FROM pages WHERE uid = ?)",
                _LIVE,
                [scope.uid],
            )
        case "feed":
            # The newest page a paper stood on; a paper is listed once.
            return (
                "JOIN (SELECT f.paper_id, f.position, min(fg.place) AS place FROM (SELECT id, "
                f"row_number() OVER (ORDER BY {_BY_DATE.format('pages')}) AS place "
                "FROM pages WHERE feed = ?) fg JOIN page_entries f ON f.page_id = fg.id "
                "GROUP BY f.paper_id) s ON s.paper_id = p.id",
                _LIVE,
                [scope.uid],
            )
        case "tag":
            return (
                "JOIN paper_tags s ON s.paper_id = p.id "
                "AND s.tag_id = (SELECT id FROM tags WHERE uid = ?)",
                _LIVE,
                [scope.uid],
            )
        case "collection":
            return (
                "",
                f"{_LIVE} AND p.id IN (SELECT m.paper_id FROM collection_papers m "
                "JOIN collections c ON c.id = m.collection_id, collections top "
                "WHERE top.uid = ? AND c.deleted IS NULL AND (c.id = top.id "
                "OR substr(c.path, 1, length(top.path) + 1) = top.path || '/'))",
                [scope.uid],
            )
        case _:
            return "", _LIVE, []


def orders(
    connection: sqlite3.Connection,
    scope: Scope,
    text: str = "",
    sort: str = "newest",
    *,
    typing: bool = True,
    limit: int | None = None,
) -> array[int]:
    """The ords of the papers in a scope that match a text, in order.

    `sort` is one of SORTS; "position" is the place on the page in a page's
    scope and newest elsewhere.
    """
    if sort not in SORTS:
        raise InputError(f"There is no order “{sort}”.", f"Choose one of {', '.join(SORTS)}.")
    tables, where, values = _scope(scope)
    found, more = _condition(text, typing) if text.strip() else ("1", [])
    order = SORTS[sort] or _POSITIONS.get(scope.kind, SORTS["newest"])
    sql = f"SELECT p.ord FROM papers p {tables} WHERE {where} AND ({found}) ORDER BY {order}"
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    return array("q", (row[0] for row in connection.execute(sql, [*values, *more])))


def _condition(text: str, typing: bool) -> tuple[str, list[object]]:
    # A terminal may hand over half characters, which no database takes.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return condition(parse_query(whole, typing=typing))


def uses_index(text: str) -> bool:
    """Whether the search text needs the full-text index."""
    tree = parse_query(text)
    return tree != And() and "idx." in condition(tree)[0]


def rows(connection: sqlite3.Connection, wanted: Iterable[int], scope: Scope) -> list[Row]:
    """The rows of the given ords, in that order; papers that are gone are left out."""
    keys = list(wanted)
    marks = ", ".join("?" * len(keys))
    page = [scope.uid] if scope.kind in ("page", "feed") else []
    places = {"page": "(SELECT id FROM pages WHERE uid = ?)", "feed": _OF_FEED}
    place = f"e.page_id = {places.get(scope.kind, _NEWEST_PAGE.format(''))}"
    found = {
        row[0]: row
        for row in connection.execute(
            f"SELECT p.ord, p.uid, p.title, p.authors_text, substr(p.abstract, 1, {_SNIPPET}), "
            "p.venue, p.published, p.created, p.reading_state, p.starred, "
            "(SELECT a.path FROM attachments a WHERE a.paper_id = p.id AND a.deleted IS NULL "
            "AND a.role <> 'picture' ORDER BY a.position, a.id LIMIT 1), "
            "EXISTS (SELECT 1 FROM notes n WHERE n.paper_id = p.id AND n.deleted IS NULL "
            "AND n.text <> ''), coalesce(g.date, ''), e.position, p.id, p.remark "
            f"FROM papers p LEFT JOIN page_entries e ON e.paper_id = p.id AND {place} "
            f"LEFT JOIN pages g ON g.id = e.page_id WHERE p.ord IN ({marks})",
            [*page, *keys],
        )
    }
    tags = _tags(connection, [row[14] for row in found.values()])
    read = reading_times.of_papers(connection, [row[14] for row in found.values() if row[10]])
    return [_row(found[key], tags, read) for key in keys if key in found]


def _row(row: tuple, tags: dict[int, tuple[TagMark, ...]], read: dict[int, Progress]) -> Row:
    return Row(
        *row[:9],
        starred=bool(row[9]),
        has_pdf=row[10] is not None,
        has_note=bool(row[11]),
        tags=tags.get(row[14], ()),
        page=row[12],
        position=row[13],
        remark=row[15],
        progress=read.get(row[14], Progress()).share,
        file=row[10] or "",
    )


def _tags(connection: sqlite3.Connection, keys: list[int]) -> dict[int, tuple[TagMark, ...]]:
    marks = ", ".join("?" * len(keys))
    found: dict[int, tuple[TagMark, ...]] = {}
    for key, uid, name, color in connection.execute(
        "SELECT m.paper_id, t.uid, t.name, t.color FROM paper_tags m JOIN tags t ON t.id = m.tag_id "
        f"WHERE m.paper_id IN ({marks}) AND t.deleted IS NULL ORDER BY t.name",
        keys,
    ):
        found[key] = (*found.get(key, ()), TagMark(uid, name, color))
    return found


def page_dates(connection: sqlite3.Connection, feed: str) -> dict[int, str]:
    """ord -> date of the newest page of a feed a paper stood on, for a list's headings."""
    return dict(
        connection.execute(
            "SELECT p.ord, g.date FROM page_entries e JOIN pages g ON g.id = e.page_id "
            "JOIN papers p ON p.id = e.paper_id WHERE g.feed = ? "
            "ORDER BY coalesce(g.iso, g.created), g.id",
            [feed],
        )
    )


def uids(connection: sqlite3.Connection, wanted: Iterable[int]) -> list[str]:
    """The uids of ords, in order."""
    return [
        row[0]
        for order in wanted
        if (row := connection.execute("SELECT uid FROM papers WHERE ord = ?", [order]).fetchone())
    ]


def order_of(connection: sqlite3.Connection, uid: str) -> int | None:
    """The ord of a paper, None when there is none."""
    row = connection.execute("SELECT ord FROM papers WHERE uid = ?", [uid]).fetchone()
    return int(row[0]) if row else None


def overview(connection: sqlite3.Connection) -> Overview:
    """Names and counts for the sidebar."""
    states = {"unread": 0, "reading": 0, "read": 0}
    states.update(
        connection.execute(
            f"SELECT p.reading_state, count(*) FROM papers p WHERE {_LIVE} GROUP BY 1"
        )
    )
    states["all"] = sum(states.values())
    for name, sql in (
        ("starred", f"p.starred = 1 AND {_LIVE}"),
        ("trash", "p.deleted IS NOT NULL AND p.gone IS NULL"),
    ):
        states[name] = connection.execute(f"SELECT count(*) FROM papers p WHERE {sql}").fetchone()[
            0
        ]
    states["notes"] = connection.execute(
        "SELECT count(*) FROM notes WHERE paper_id IS NULL AND deleted IS NULL"
    ).fetchone()[0]
    return Overview(states, _pages(connection), _collections(connection), _all_tags(connection))


def _pages(connection: sqlite3.Connection) -> tuple[Named, ...]:
    return tuple(
        Named(uid, date, count, feed=feed, iso=iso or "")
        for uid, feed, date, iso, count in connection.execute(
            "SELECT g.uid, g.feed, g.date, g.iso, (SELECT count(*) FROM page_entries e "
            f"JOIN papers p ON p.id = e.paper_id WHERE e.page_id = g.id AND {_LIVE}) "
            "FROM pages g WHERE g.deleted IS NULL "
            f"ORDER BY g.feed, {_BY_DATE.format('g')}"
        )
    )


def _collections(connection: sqlite3.Connection) -> tuple[Named, ...]:
    return tuple(
        Named(uid, path, count)
        for uid, path, count in connection.execute(
            "SELECT c.uid, c.path, (SELECT count(DISTINCT m.paper_id) FROM collections k "
            "JOIN collection_papers m ON m.collection_id = k.id JOIN papers p ON p.id = m.paper_id "
            "WHERE k.deleted IS NULL AND (k.id = c.id OR substr(k.path, 1, length(c.path) + 1) "
            f"= c.path || '/') AND {_LIVE}) "
            "FROM collections c WHERE c.deleted IS NULL ORDER BY c.path"
        )
    )


def _all_tags(connection: sqlite3.Connection) -> tuple[Named, ...]:
    return tuple(
        Named(uid, name, count, color)
        for uid, name, color, count in connection.execute(
            "SELECT t.uid, t.name, t.color, (SELECT count(*) FROM paper_tags m "
            f"JOIN papers p ON p.id = m.paper_id WHERE m.tag_id = t.id AND {_LIVE}) "
            "FROM tags t WHERE t.deleted IS NULL ORDER BY t.name"
        )
    )
