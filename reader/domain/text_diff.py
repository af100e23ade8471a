"""What changed between two texts, word by word; and a note's states as stretches of writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Protocol

from reader.domain.value import dataclass

_WORD = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
_MOST = 6_000  # pieces on a side that are compared word by word; longer stretches line by line
_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Both texts as one: what stayed, what came, what went, in reading order."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    pieces = [Piece("same", old[:start])] if start else []
    last_old, last_new = len(old) - end, len(new) - end
    pieces += _between(old[start:last_old], new[start:last_new])
    if end:
        pieces.append(Piece("same", old[last_old:]))
    return _joined(pieces)


def _shared(old: str, new: str) -> int:
    """How many characters the texts begin with alike, ending between two words."""
    most = min(len(old), len(new))
    count = next((at for at in range(most) if old[at] != new[at]), most)
    while 0 < count and _inside(old, count) | _inside(new, count):
        count -= 1
    return count


def _inside(text: str, at: int) -> bool:
    return at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _between(old: str, new: str) -> Iterator[Piece]:
    left, right = _WORD.findall(old), _WORD.findall(new)
    if max(len(left), len(right)) > _MOST:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(left[a:b]))
            continue
        if b > a:
            yield Piece("removed", "".join(left[a:b]))
        if d > c:
            yield Piece("added", "".join(right[c:d]))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Changes with only a space between them are told as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return found


class State(Protocol):
    """A saved state: when, and how many characters came and went."""

    @property
    def at(self) -> str: ...
    @property
    def added(self) -> int: ...
    @property
    def removed(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """States written without a pause: `last` is the place of the newest in what was given."""

    last: int
    begun: str
    at: str
    added: int
    removed: int


def stretches(states: Sequence[State]) -> list[Stretch]:
    """The states (newest first) as stretches of writing; a pause of five minutes ends one."""
    found: list[Stretch] = []
    for place, state in enumerate(states):
        before = found[-1] if found else None
        if before is not None and _moment(before.begun) - _moment(state.at) < _PAUSE:
            added, removed = before.added + state.added, before.removed + state.removed
            found[-1] = Stretch(before.last, state.at, before.at, added, removed)
        else:
            found.append(Stretch(place, state.at, state.at, state.added, state.removed))
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
