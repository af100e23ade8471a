"""Files of papers, read: small ones here, large ones in a process of their own.

Reading a large file is seconds of Python and of calls that hold the
interpreter's lock: in a thread of the window's process it would stall the
window.  What comes back is decoded a few papers at a time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from reader.domain.errors import InputError
from reader.domain.paper import (
    Attachment,
    Author,
    Edition,
    Link,
    Note,
    PageEntry,
    Paper,
    ReadingState,
)
from reader.formats import Parsed, Problem, annotation_json, by_name, detect
from reader.formats.base import FreeNote
from reader.system import own_process

LARGE = 256 << 10  # bytes; a start costs 0.1 s, reading so much here 10 to 40 ms
_TOGETHER = 32  # papers in a line, so that decoding one takes a millisecond


def parse(
    path: Path, name: str, format_name: str = ""
) -> Generator[Paper | FreeNote | Problem, None, None]:
    """The papers of a file in its order and its free notes, after what was not understood.

    Raises InputError when it is of no format, OSError when it cannot be read.
    """
    if path.stat().st_size <= LARGE:
        yield from _both(_parsed(path, name, format_name))
        return
    with closing(own_process.lines(__name__, str(path), name, format_name)) as lines:
        for line in lines:
            try:
                message: dict[str, Any] = json.loads(line)
                found = [
                    *(Problem(**it) for it in message.get("problems", ())),
                    *(_paper(it) for it in message.get("papers", ())),
                    *(_free_note(it) for it in message.get("notes", ())),
                ]
                refused = message.get("refused")
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise InputError("The file could not be read.", "", repr(error)) from error
            if refused:
                raise InputError(*map(str, refused))
            yield from found


def _parsed(path: Path, name: str, format_name: str) -> Parsed:
    data = path.read_bytes()
    fmt = by_name(format_name) if format_name else detect(data, name)
    return fmt.parse(data, name)


def _both(parsed: Parsed) -> Iterator[Paper | FreeNote | Problem]:
    yield from parsed.problems
    yield from parsed.papers
    yield from parsed.notes


def _free_note(value: dict[str, Any]) -> FreeNote:
    return FreeNote(
        Note(**value["note"]),
        tuple(Attachment(**it) for it in value["pictures"]),
        _paper(value["about"]) if value["about"] else None,
    )


def _paper(value: dict[str, Any]) -> Paper:
    """The paper that was taken apart in the child."""
    parts: dict[str, Callable[..., Any]] = {
        "authors": Author,
        "editions": Edition,
        "links": Link,
        "notes": Note,
        "attachments": Attachment,
        "pages": PageEntry,
    }
    for key, kind in parts.items():
        value[key] = tuple(kind(**it) for it in value[key])
    value["annotations"] = tuple(annotation_json.from_dict(it) for it in value["annotations"])
    for key in ("tags", "collections"):
        value[key] = tuple(value[key])
    value["reading_state"] = ReadingState(value["reading_state"])
    return Paper(**value)


def main(path: str, name: str, format_name: str) -> None:
    """What runs in the process: a line for the problems, then lines of papers and notes."""
    try:
        parsed = _parsed(Path(path), name, format_name)
    except InputError as error:
        _say({"refused": [error.message, error.hint, error.details]})
        return
    except OSError as error:
        _say({"refused": [f"It cannot be read ({error.strerror or error})."]})
        return
    _say({"problems": [asdict(it) for it in parsed.problems]})
    for start in range(0, len(parsed.papers), _TOGETHER):
        some = parsed.papers[start : start + _TOGETHER]
        _say({"papers": [_taken_apart(it) for it in some]})
    for start in range(0, len(parsed.notes), _TOGETHER):
        _say({"notes": [asdict(it) for it in parsed.notes[start : start + _TOGETHER]]})


def _taken_apart(paper: Paper) -> dict[str, Any]:
    marks = [annotation_json.to_dict(it) for it in paper.annotations]
    return asdict(replace(paper, annotations=())) | {"annotations": marks}


def _say(message: dict[str, Any]) -> None:
    # ASCII: a lone surrogate passes, whatever the locale.
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
