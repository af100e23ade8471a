"""Every saved state of a note, kept as what changed since the one before.

Typing changes one stretch of a text, so a state is the stretch: `start`
characters of its base stay, `cut` ones go, `text` stands in their place.  Every
WHOLE-th state, and one that shares little with its base, is a whole text, so
that no state is far from one.
"""

from __future__ import annotations

import sqlite3

from reader.domain.errors import NotFoundError
from reader.domain.value import dataclass

WHOLE = 64


@dataclass(frozen=True, slots=True)
class NoteState:
    """A state in a note's timeline: its key, when it was saved, characters that came and went."""

    key: int
    at: str
    added: int
    removed: int


def keep(connection: sqlite3.Connection, note: str, old: str, new: str, at: str) -> None:
    """Add the state `new` of a note (its uid) whose text has been `old` until now."""
    last, known = _last(connection, note)
    if known != old and (old or last is not None):
        # The first state of an older library, or a text changed by another program.
        last, known = _insert(connection, note, at, (None, 0, 0, old)), old
    if new == known:
        return
    start, cut, middle = _stretch(known or "", new)
    chain = _since_whole(connection, note)
    if last is None or chain >= WHOLE or 2 * len(middle) > len(new):
        _insert(connection, note, at, (None, 0, 0, new))
    else:
        _insert(connection, note, at, (last, start, cut, middle))


def _insert(
    connection: sqlite3.Connection, note: str, at: str, state: tuple[int | None, int, int, str]
) -> int:
    base, start, cut, text = state
    done = connection.execute(
        "INSERT INTO note_states (note, at, base, start, cut, text) VALUES (?, ?, ?, ?, ?, ?)",
        [note, at, base, start, cut, text],
    )
    assert done.lastrowid is not None
    return done.lastrowid


def _last(connection: sqlite3.Connection, note: str) -> tuple[int | None, str | None]:
    row = connection.execute(
        "SELECT id FROM note_states WHERE note = ? ORDER BY id DESC LIMIT 1", [note]
    ).fetchone()
    return (row[0], text_of(connection, note, row[0])) if row else (None, None)


def _since_whole(connection: sqlite3.Connection, note: str) -> int:
    return connection.execute(
        "SELECT count(*) FROM (SELECT base FROM note_states WHERE note = ? "
        "ORDER BY id DESC LIMIT ?) WHERE base IS NOT NULL",
        [note, WHOLE],
    ).fetchone()[0]


def _stretch(old: str, new: str) -> tuple[int, int, str]:
    """(start, cut, text): what to put where in `old` to get `new`."""
    most = min(len(old), len(new))
    start = _shared(old, new, most, from_end=False)
    end = _shared(old, new, most - start, from_end=True)
    return start, len(old) - start - end, new[start : len(new) - end]


def _shared(old: str, new: str, most: int, *, from_end: bool) -> int:
    """How many characters the texts share at one end, at most so many: by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if from_end:
            same = old[len(old) - middle :] == new[len(new) - middle :]
        else:
            same = old[:middle] == new[:middle]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def text_of(connection: sqlite3.Connection, note: str, key: int) -> str:
    """The note's text in a state; raises NotFoundError."""
    steps: list[tuple[int, int, str]] = []
    wanted: int | None = key
    while wanted is not None:
        row = connection.execute(
            "SELECT base, start, cut, text FROM note_states WHERE id = ? AND note = ?",
            [wanted, note],
        ).fetchone()
        if row is None:
            raise NotFoundError("That state of the note is not in the library any more.")
        wanted = row[0]
        steps.append((row[1], row[2], row[3]))
    text = ""
    for start, cut, middle in reversed(steps):
        text = text[:start] + middle + text[start + cut :]
    return text


def timeline(connection: sqlite3.Connection, note: str) -> list[NoteState]:
    """All states of a note, the newest first."""
    rows = connection.execute(
        "SELECT id, at, base, cut, text FROM note_states WHERE note = ? ORDER BY id", [note]
    )
    states: list[NoteState] = []
    length = 0
    for key, at, base, cut, text in rows:
        now = len(text) if base is None else length - cut + len(text)
        if base is None:  # how much of it is new is not kept: tell the difference in length
            states.append(NoteState(key, at, max(now - length, 0), max(length - now, 0)))
        else:
            states.append(NoteState(key, at, len(text), cut))
        length = now
    states.reverse()
    return states
