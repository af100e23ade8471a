"""Where a slot's annotations and bookmarks were in a file that it once held.

Read out of the log of changes: what a field was at a moment is the old value of
its first change since then.  So a file that comes back, after however many
others, has everything exactly where it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import field

from reader.domain.marking import Annotation, Part
from reader.domain.value import dataclass
from reader.library import annotations

_PLACE = ("parts", "quote", "before", "after", "sha256", "placed")
_POINT = ("page", "x", "y")


@dataclass(frozen=True, slots=True)
class Kept:
    """An annotation's place and its evidence there."""

    parts: tuple[Part, ...]
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Former:
    """Places in one file, by uid; `None` for an annotation that had none there."""

    annotations: Mapping[str, Kept | None] = field(default_factory=dict)
    bookmarks: Mapping[str, tuple[int, float, float]] = field(default_factory=dict)


def of(connection: sqlite3.Connection, attachment: str, sha256: str) -> Former:
    """Where all was when a slot (its uid) last held the file of that hash; empty if it never did."""
    moment = _moment(connection, attachment, sha256)
    if moment is None:
        return Former()
    was, born = _since(connection, attachment, moment)
    marks: dict[str, Kept | None] = {}
    for one in annotations.of_attachment(connection, attachment):
        if one.uid not in born:
            marks[one.uid] = _kept(one, was.get(one.uid, {}), sha256)
    points: dict[str, tuple[int, float, float]] = {}
    for uid, *now in connection.execute(
        "SELECT uid, page, x, y FROM bookmarks WHERE attachment = ? AND deleted IS NULL",
        [attachment],
    ):
        if uid not in born:
            before = was.get(uid, {})
            page, x, y = (before.get(name, value) for name, value in zip(_POINT, now, strict=True))
            points[uid] = int(page or 0), float(x or 0), float(y or 0)
    return Former(marks, points)


def _moment(connection: sqlite3.Connection, attachment: str, sha256: str) -> int | None:
    """The first change of the step by which the slot last lost the file."""
    row = connection.execute(
        "SELECT batch FROM changes WHERE entity = 'attachment' AND entity_uid = ? "
        "AND field = 'sha256' AND old = ? ORDER BY id DESC LIMIT 1",
        [attachment, sha256],
    ).fetchone()
    if row is None:
        return None
    # Undo puts places back before the file: the whole step has to be behind the moment.
    return int(
        connection.execute("SELECT min(id) FROM changes WHERE batch = ?", [row[0]]).fetchone()[0]
    )


def _since(
    connection: sqlite3.Connection, attachment: str, moment: int
) -> tuple[dict[str, dict[str, str | None]], set[str]]:
    """What fields were at a moment, by uid, and what was made only since."""
    was: dict[str, dict[str, str | None]] = {}
    born: set[str] = set()
    names = ("created", *dict.fromkeys((*_PLACE, *_POINT)))
    for uid, name, old in connection.execute(
        "SELECT entity_uid, field, old FROM changes WHERE id >= ? "
        f"AND entity IN ('annotation', 'bookmark') AND field IN ({', '.join('?' * len(names))}) "
        "AND entity_uid IN (SELECT uid FROM annotations WHERE attachment = ? "
        "UNION SELECT uid FROM bookmarks WHERE attachment = ?) ORDER BY id",
        [moment, *names, attachment, attachment],
    ):
        if name == "created":
            if old is None:
                born.add(uid)
        else:
            was.setdefault(uid, {}).setdefault(name, old)
    return was, born


def _kept(one: Annotation, was: Mapping[str, str | None], sha256: str) -> Kept | None:
    placed = was.get("placed", str(int(one.placed)))
    made_on = was.get("sha256", one.sha256)
    if placed != "1" or made_on not in (sha256, ""):
        return None
    parts = was.get("parts")
    return Kept(
        annotations.parts_of(parts) if parts else one.parts,
        *(str(was.get(name, getattr(one, name)) or "") for name in ("quote", "before", "after")),
    )
