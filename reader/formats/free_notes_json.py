"""The notes of no paper in the program's own JSON: a list behind the papers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from reader.domain.paper import Attachment, Note
from reader.formats.base import FreeNote, Problem
from reader.formats.text import is_safe, whole

_KEYS = {"id": "uid", "text": "text", "created": "created", "modified": "modified"}
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def written(notes: Iterable[FreeNote]) -> Iterator[str]:
    """The end of the file behind its papers, with the notes where there are any."""
    before, after = '\n], "notes": [\n', ""
    for free in notes:
        value: dict[str, Any] = {key: getattr(free.note, name) for key, name in _KEYS.items()}
        if free.pictures:
            value["pictures"] = [{"path": it.path, "sha256": it.sha256} for it in free.pictures]
        yield before + whole(json.dumps(value, ensure_ascii=False))
        before, after = ",\n", "\n]}\n"
    yield after or "\n]}\n"


def read(values: Any, problems: list[Problem]) -> tuple[FreeNote, ...]:
    """The notes of a list; what means nothing is left out and told among the problems."""
    if values is None:
        return ()
    if not isinstance(values, list):
        problems.append(Problem("notes", "“notes” is not a list."))
        return ()
    found: list[FreeNote] = []
    for number, value in enumerate(values, start=1):
        fields = [value.get(key) or "" for key in _KEYS] if isinstance(value, dict) else [None]
        if not all(isinstance(field, str) for field in fields):
            problems.append(Problem(f"note {number}", "It is no note."))
            continue
        uid, text, *times = map(whole, fields)
        if text.strip():
            note = Note(uid if _UID.fullmatch(uid) else "", text, *map(_time, times))
            found.append(FreeNote(note, tuple(_pictures(value.get("pictures")))))
    return tuple(found)


def _pictures(values: Any) -> Iterator[Attachment]:
    """Files by path and hash; those without one, and those that climb out of a folder, are none."""
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict):
            given = [value.get(key) for key in ("path", "sha256")]
            path, digest = (it if isinstance(it, str) else "" for it in given)
            if is_safe(path) and _SHA256.fullmatch(digest):
                yield Attachment(path=whole(path), sha256=digest, role="picture")


def _time(text: str) -> str:
    """A time that can be kept; "" for now."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text
