"""The notes of no paper in the program's own JSON: a list behind the papers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from reader.domain.paper import Note
from reader.formats.base import Problem
from reader.formats.text import whole

_KEYS = ("id", "text", "created", "modified")
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def written(notes: Iterable[Note]) -> Iterator[str]:
    """The end of the file behind its papers, with the notes where there are any."""
    before, after = '\n], "notes": [\n', ""
    for it in notes:
        value = {"id": it.uid, "text": it.text, "created": it.created, "modified": it.modified}
        yield before + whole(json.dumps(value, ensure_ascii=False))
        before, after = ",\n", "\n]}\n"
    yield after or "\n]}\n"


def read(values: Any, problems: list[Problem]) -> tuple[Note, ...]:
    """The notes of a list; what means nothing is left out and told among the problems."""
    if values is None:
        return ()
    if not isinstance(values, list):
        problems.append(Problem("notes", "“notes” is not a list."))
        return ()
    found: list[Note] = []
    for number, value in enumerate(values, start=1):
        fields = [value.get(key) or "" for key in _KEYS] if isinstance(value, dict) else [None]
        if not all(isinstance(field, str) for field in fields):
            problems.append(Problem(f"note {number}", "It is no note."))
            continue
        uid, text, *times = map(whole, fields)
        if text.strip():
            found.append(Note(uid if _UID.fullmatch(uid) else "", text, *map(_time, times)))
    return tuple(found)


def _time(text: str) -> str:
    """A time that can be kept; "" for now."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text
