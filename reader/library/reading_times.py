"""Time spent on the pages of attachments; not a part of the undo history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from reader.domain.progress import SEEN, PageTime, Progress, progress

_LONGEST = 1e7  # seconds; more is a clock that went wrong


def add(connection: sqlite3.Connection, attachment: str, times: Iterable[PageTime]) -> None:
    """Add times to those of an attachment (its uid)."""
    connection.executemany(
        "INSERT INTO page_times (attachment, page, seconds) VALUES (?, ?, ?) "
        "ON CONFLICT (attachment, page) DO UPDATE SET seconds = seconds + excluded.seconds",
        [
            (attachment, time.page, round(min(time.seconds, _LONGEST), 2))
            for time in times
            if time.seconds > 0 and time.page >= 0
        ],
    )


def times(connection: sqlite3.Connection, attachment: str) -> list[PageTime]:
    """The times of an attachment's pages, in order."""
    rows = connection.execute(
        "SELECT page, seconds FROM page_times WHERE attachment = ? ORDER BY page", [attachment]
    )
    return [PageTime(page, seconds) for page, seconds in rows]


def of_paper(connection: sqlite3.Connection, paper: str) -> Progress:
    """The progress in a paper's attachment that was read longest, else in its first one."""
    found = [
        progress(times(connection, uid), pages or 0)
        for uid, pages in connection.execute(
            "SELECT a.uid, a.pages FROM attachments a JOIN papers p ON p.id = a.paper_id "
            "WHERE p.uid = ? AND a.deleted IS NULL AND a.role <> 'picture' "
            "ORDER BY a.position, a.id",
            [paper],
        ).fetchall()
    ]
    return max(found, key=lambda one: one.seconds, default=Progress())


def of_papers(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, Progress]:
    """The progress of those papers (their internal keys) of which something was read."""
    marks = ", ".join("?" * len(keys))
    found: dict[int, Progress] = {}
    if not keys:
        return found
    for key, pages, seen, seconds in connection.execute(
        "SELECT a.paper_id, a.pages, sum(t.seconds >= ?), sum(t.seconds) FROM attachments a "
        "JOIN page_times t ON t.attachment = a.uid AND t.page < a.pages "
        f"WHERE a.paper_id IN ({marks}) AND a.deleted IS NULL GROUP BY a.id",
        [SEEN, *keys],
    ):
        one = Progress(seen, pages, round(seconds, 1))
        if key not in found or one.seconds > found[key].seconds:
            found[key] = one
    return found
