"""The program's own JSON: every paper whole, so that an export comes back as it was.

The file is {"format": "paper-reader", "version": 1, "papers": [...]}, one paper
a line, with "notes" behind them where there are notes of no paper.  Keys may be
added later and are never renamed; unknown keys are skipped when reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

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
    iso_date,
    normal_arxiv,
    normal_doi,
)
from reader.formats import annotation_json, free_notes_json
from reader.formats.base import FreeNote, Parsed, Problem
from reader.formats.text import decode, is_safe, load_json, whole

FORMAT = "paper-reader"
VERSION = 1
LONGEST_TITLE = 2000

T = TypeVar("T")


class PaperJson:
    """Reads and writes the program's own JSON."""

    name = "json"
    title = "Paper Reader JSON"
    endings = (".json",)
    ending = ".json"

    def sniff(self, data: bytes, filename: str) -> bool:
        del filename  # the content says it
        try:
            text = decode(data)
        except InputError:
            return False
        return bool(
            text.lstrip().startswith("{") and re.search(rf'"format"\s*:\s*"{FORMAT}"', text)
        )

    def parse(self, data: bytes, filename: str) -> Parsed:
        del filename  # the file's own page entries say where the papers are from
        value = load_json(whole(decode(data)))
        papers: list[Paper] = []
        problems: list[Problem] = []
        for number, item in enumerate(_items(value), start=1):
            where = f"item {number}"
            try:
                paper, left_out = _paper(item)
            except _FieldError as error:
                problems.append(Problem(where, str(error)))
                continue
            papers.append(paper)
            problems += [Problem(where, reason) for reason in left_out]
        notes = free_notes_json.read(value.get("notes"), problems)
        return Parsed(tuple(papers), tuple(problems), notes)

    def write(self, papers: Iterable[Paper], notes: Iterable[FreeNote] = ()) -> Iterator[str]:
        yield f'{{"format": "{FORMAT}", "version": {VERSION}, "papers": ['
        separator = "\n"
        for paper in papers:
            line = json.dumps(to_dict(paper), ensure_ascii=False, allow_nan=False)
            yield separator + whole(line)
            separator = ",\n"
        yield from free_notes_json.written(notes)


def to_dict(paper: Paper) -> dict[str, Any]:
    """The paper as JSON values; unknown published, venue, doi and arxiv_id are None.

    `published`, `venue`, `doi`, `arxiv_id` and `note` repeat the preferred
    edition and the first note for simple readers; reading back uses `editions`
    and `notes`.
    """
    return {
        "id": paper.uid,
        "title": paper.title,
        "authors": [_author_dict(author) for author in paper.authors],
        "abstract": paper.abstract,
        "published": paper.published or None,
        "venue": paper.venue or None,
        "doi": paper.doi or None,
        "arxiv_id": paper.arxiv_id or None,
        "links": [{"url": link.url, "kind": link.kind} for link in paper.links],
        "tags": list(paper.tags),
        "collections": list(paper.collections),
        "reading_state": paper.reading_state.value,
        "starred": paper.starred,
        "note": paper.note,
        "attachments": [_attachment_dict(it) for it in paper.attachments],
        "pages": [asdict(entry) for entry in paper.pages],
        "editions": [_edition_dict(edition) for edition in paper.editions],
        "added": paper.added,
        "modified": paper.modified,
        "deleted": paper.deleted,
        "notes": [
            {"id": it.uid, "text": it.text, "created": it.created, "modified": it.modified}
            for it in paper.notes
        ],
        "remark": paper.remark,
        "annotations": [annotation_json.to_dict(it) for it in paper.annotations],
    }


def _author_dict(author: Author) -> dict[str, str]:
    if not author.literal:
        return {"family": author.family, "given": author.given}
    split = {"family": author.family, "given": author.given}
    return {"literal": author.literal} | {key: text for key, text in split.items() if text}


def _attachment_dict(it: Attachment) -> dict[str, Any]:
    return {
        "id": it.uid,
        "path": it.path,
        "sha256": it.sha256,
        "pages": it.pages,
        "role": it.role,
        "size": it.size,
        "edition": it.edition,
    }


def _edition_dict(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.uid,
        "kind": edition.kind,
        "version": edition.version,
        "published": edition.published or None,
        "venue": edition.venue or None,
        "doi": edition.doi or None,
        "arxiv_id": edition.arxiv_id or None,
    }


class _FieldError(Exception):
    """A paper's value has the wrong type; the text says which."""


def _items(value: Any) -> list[Any]:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError(
            "The JSON file is not an export of Paper Reader.", "Choose a file written by export."
        )
    version = value.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputError(
            "The export does not say its version, so it cannot be read safely.",
            "Export the papers again.",
        )
    if version > VERSION:
        raise InputError(
            f"The export was written by a newer version of Paper Reader (format {version}, this "
            f"one reads up to {VERSION}); it was left as it is.",
            "Update Paper Reader, then import it again.",
        )
    items = value.get("papers")
    if not isinstance(items, list):
        raise InputError("The export holds no list of papers.", "Export the papers again.")
    return items


def _paper(item: Any) -> tuple[Paper, list[str]]:
    """The paper of one item, and what of it had to be left out."""
    if not isinstance(item, dict):
        raise _FieldError("Not a paper but another value.")
    left_out: list[str] = []
    title = _title(item, left_out)
    attachments = _each(item, "attachments", _attachment)
    safe = tuple(it for it in attachments if is_safe(it.path))
    left_out += [
        f"The attachment “{it.path[:60]}” lies outside of the library; left out."
        for it in attachments
        if not is_safe(it.path)
    ]
    several = _each(item, "editions", _edition(left_out)) if "editions" in item else None
    paper = Paper(
        title=title,
        uid=_text(item, "id"),
        authors=_each(item, "authors", _author),
        abstract=_text(item, "abstract"),
        editions=_only_edition(item, left_out) if several is None else several,
        links=_each(item, "links", _link),
        tags=_texts(item, "tags"),
        collections=_texts(item, "collections"),
        reading_state=_state(item),
        starred=_flag(item, "starred"),
        remark=_text(item, "remark"),
        notes=_each(item, "notes", _note(left_out)) if "notes" in item else _only_note(item),
        attachments=safe,
        annotations=annotation_json.read(_list(item, "annotations"), left_out),
        pages=_each(item, "pages", _page(left_out)),
        added=_time(item, "added", left_out),
        modified=_time(item, "modified", left_out),
        deleted=_time(item, "deleted", left_out),
    )
    return paper, left_out


def _title(item: dict[str, Any], left_out: list[str]) -> str:
    title = _text(item, "title")
    if not title.strip():
        raise _FieldError("It has no title.")
    if len(title) > LONGEST_TITLE:
        left_out.append(
            f"The title “{title[:40]}…” has {len(title):,} characters; "
            f"what follows the first {LONGEST_TITLE:,} was left out."
        )
    return title[:LONGEST_TITLE]


def _understood(
    item: dict[str, Any], key: str, read: Callable[[str], str], left_out: list[str], what: str
) -> str:
    """The text of a key as `read` makes it; what it makes nothing of is left out and told."""
    text = _text(item, key)
    found = read(text) if text else ""
    if text.strip() and not found:
        left_out.append(f"“{text[:40]}” ({key}) is not {what}; left out.")
    return found


def _date(item: dict[str, Any], key: str, left_out: list[str]) -> str:
    return _understood(item, key, _whole_date, left_out, "a date such as 2025-06-11")


def _whole_date(text: str) -> str:
    return iso_date(text) if len(text.strip()) <= 10 else iso_date(_real_time(text))


def _time(item: dict[str, Any], key: str, left_out: list[str]) -> str:
    return _understood(item, key, _real_time, left_out, "a time such as 2025-06-11T08:00:00Z")


def _real_time(text: str) -> str:
    try:
        datetime.fromisoformat(text.strip())
    except ValueError:
        return ""
    return text.strip()


def _text(item: dict[str, Any], key: str, default: str = "") -> str:
    value = item.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise _FieldError(f"“{key}” is not text.")
    # Text from outside may spell a lone surrogate as an escape; no database holds one.
    return whole(value)


def _number(item: dict[str, Any], key: str) -> int | None:
    value = item.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise _FieldError(f"“{key}” is not a whole number of usual size.")
    return value


def _flag(item: dict[str, Any], key: str) -> bool:
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise _FieldError(f"“{key}” is neither true nor false.")
    return value


def _list(item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _FieldError(f"“{key}” is not a list.")
    return value


def _each(item: dict[str, Any], key: str, read: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
    values = _list(item, key)
    if not all(isinstance(value, dict) for value in values):
        raise _FieldError(f"“{key}” holds something else than objects.")
    return tuple(read(value) for value in values)


def _texts(item: dict[str, Any], key: str) -> tuple[str, ...]:
    values = _list(item, key)
    if not all(isinstance(value, str) for value in values):
        raise _FieldError(f"“{key}” holds something else than text.")
    return tuple(whole(value) for value in values)


def _state(item: dict[str, Any]) -> ReadingState:
    value = _text(item, "reading_state", ReadingState.UNREAD)
    try:
        return ReadingState(value)
    except ValueError:
        raise _FieldError(f"“{value[:40]}” is not a reading state.") from None


def _author(value: dict[str, Any]) -> Author:
    return Author(_text(value, "family"), _text(value, "given"), _text(value, "literal"))


def _link(value: dict[str, Any]) -> Link:
    return Link(_text(value, "url"), _text(value, "kind", "web"))


def _note(left_out: list[str]) -> Callable[[dict[str, Any]], Note]:
    def read(value: dict[str, Any]) -> Note:
        created, modified = (_time(value, key, left_out) for key in ("created", "modified"))
        return Note(_text(value, "id"), _text(value, "text"), created, modified)

    return read


def _edition(left_out: list[str]) -> Callable[[dict[str, Any]], Edition]:
    def read(value: dict[str, Any]) -> Edition:
        return Edition(
            uid=_text(value, "id"),
            kind=_text(value, "kind", "unknown"),
            version=_text(value, "version"),
            published=_date(value, "published", left_out),
            venue=_text(value, "venue"),
            doi=_understood(value, "doi", normal_doi, left_out, "a DOI"),
            arxiv_id=_understood(value, "arxiv_id", normal_arxiv, left_out, "an arXiv id"),
        )

    return read


def _only_edition(item: dict[str, Any], left_out: list[str]) -> tuple[Edition, ...]:
    """The edition that the simple keys describe, for files written by hand."""
    keys = ("published", "venue", "doi", "arxiv_id")
    edition = _edition(left_out)({key: item.get(key) for key in keys})
    return (edition,) if edition != Edition() else ()


def _only_note(item: dict[str, Any]) -> tuple[Note, ...]:
    text = _text(item, "note")
    return (Note(text=text),) if text else ()


def _attachment(value: dict[str, Any]) -> Attachment:
    return Attachment(
        uid=_text(value, "id"),
        path=_text(value, "path"),
        sha256=_text(value, "sha256"),
        pages=_number(value, "pages"),
        role=_text(value, "role", "main"),
        size=_number(value, "size") or 0,
        edition=_text(value, "edition"),
    )


def _page(left_out: list[str]) -> Callable[[dict[str, Any]], PageEntry]:
    def read(value: dict[str, Any]) -> PageEntry:
        return PageEntry(
            page=_text(value, "page"),
            date=_text(value, "date"),
            iso=_date(value, "iso", left_out) or None,
            position=_number(value, "position") or 0,
            source=_text(value, "source"),
            upvotes=_number(value, "upvotes"),
            comments=_number(value, "comments"),
            github_stars=_number(value, "github_stars"),
            submitted_by=_text(value, "submitted_by"),
            organization=_text(value, "organization"),
            summary=_text(value, "summary"),
        )

    return read
