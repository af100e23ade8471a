"""Columns that repeat what other tables say, so that a list row needs one read.

papers.authors_text, author_key, published, venue, title_key and ord follow from
authors and editions; whoever changes those calls `refresh` before COMMIT.
"""

from __future__ import annotations

import sqlite3

from reader.domain.fold import fold, title_key
from reader.domain.paper import Author, Link, day_number

_SHOWN_AUTHORS = 6
_ORD_BITS = 24


def authors(connection: sqlite3.Connection, paper: int) -> tuple[Author, ...]:
    """A paper's authors in order."""
    return tuple(
        Author(*row)
        for row in connection.execute(
            "SELECT family, given, literal FROM authors WHERE paper_id = ? ORDER BY position",
            [paper],
        )
    )


def links(connection: sqlite3.Connection, paper: int) -> tuple[Link, ...]:
    """A paper's links in order."""
    return tuple(
        Link(*row)
        for row in connection.execute(
            "SELECT url, kind FROM links WHERE paper_id = ? ORDER BY position", [paper]
        )
    )


def authors_text(people: tuple[Author, ...]) -> str:
    """The authors as a list row shows them: "Gu, Chen, Berthelot, …"."""
    names = [person.short for person in people[:_SHOWN_AUTHORS]]
    return ", ".join(names) + (", …" if len(people) > _SHOWN_AUTHORS else "")


def author_key(people: tuple[Author, ...]) -> str:
    """What a list sorted by author sorts by."""
    return fold(f"{people[0].short} {people[0].given}").strip() if people else ""


def next_ord(connection: sqlite3.Connection, published: str, added: str) -> int:
    """A fresh `ord` for a paper of that date: after all others of the day."""
    base = day_number(published, added) << _ORD_BITS
    row = connection.execute(
        "SELECT max(ord) FROM papers WHERE ord >= ? AND ord < ?", [base, base + (1 << _ORD_BITS)]
    ).fetchone()
    return base if row[0] is None else int(row[0]) + 1


def refresh(connection: sqlite3.Connection, paper: int) -> None:
    """Make a paper's derived columns anew from its authors and editions."""
    row = connection.execute(
        "SELECT title, published, venue, created, ord, preferred FROM papers WHERE id = ?", [paper]
    ).fetchone()
    if row is None:
        return
    title, published, _, created, order, preferred = row
    edition = connection.execute(
        "SELECT uid, published, venue FROM editions WHERE paper_id = ? AND deleted IS NULL "
        "ORDER BY uid = ? DESC, position LIMIT 1",
        [paper, preferred],
    ).fetchone()
    new_published, venue = (edition[1], edition[2]) if edition else ("", "")
    if day_number(new_published, created) != day_number(published, created):
        order = next_ord(connection, new_published, created)
    people = authors(connection, paper)
    connection.execute(
        "UPDATE papers SET title_key = ?, authors_text = ?, author_key = ?, published = ?, "
        "venue = ?, ord = ? WHERE id = ?",
        [
            title_key(title),
            authors_text(people),
            author_key(people),
            new_published,
            venue,
            order,
            paper,
        ],
    )
