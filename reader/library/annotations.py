"""Annotations in and out of the library."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from reader.domain.errors import InputError, NotFoundError
from reader.domain.marking import (
    COLORS,
    PALETTE,
    Annotation,
    Kind,
    Part,
    Stroke,
    as_read,
    clean,
    is_color,
)
from reader.domain.paper import Paper
from reader.library.edits import Edit
from reader.library.names import tag_uid, uid_by_name
from reader.library.papers import free_uid
from reader.library.papers import load as load_paper

_TEXTS = (
    "color", "quote", "before", "after", "comment", "author", "note", "card", "picture",
    "sha256", "nm", "seen",
)  # fmt: skip
_COLUMNS = ("kind", *_TEXTS, "page", "x", "y", "parts", "size", "placed")
_SELECT = (
    "SELECT a.id, a.uid, a.attachment, a.kind, a.parts, a.size, a.placed, a.created, a.modified, "
    + ", ".join(f"a.{name}" for name in _TEXTS)
    + " FROM annotations a "
)
_CHUNK = 500  # below SQLite's oldest limit of 999 variables


def of_attachment(connection: sqlite3.Connection, attachment: str) -> tuple[Annotation, ...]:
    """The annotations of a slot in the order of its text."""
    rows = connection.execute(
        _SELECT + "WHERE a.attachment = ? AND a.deleted IS NULL "
        "ORDER BY a.page, a.y DESC, a.x, a.id",
        [attachment],
    ).fetchall()
    return tuple(as_read(_read(connection, rows)))


def removed_of_attachment(
    connection: sqlite3.Connection, attachment: str
) -> tuple[Annotation, ...]:
    """Those of a slot that the reader has deleted; not those whose making was undone."""
    rows = connection.execute(
        _SELECT + "WHERE a.attachment = ? AND a.deleted IS NOT NULL AND a.uid NOT IN ("
        "SELECT c.entity_uid FROM batches b JOIN changes c ON c.batch = b.uid "
        "WHERE b.state IN ('undone', 'dropped') AND c.entity = 'annotation' "
        "AND c.field = 'created') ORDER BY a.id",
        [attachment],
    ).fetchall()
    return tuple(_read(connection, rows))


def unplaced(connection: sqlite3.Connection, attachment: str) -> tuple[Annotation, ...]:
    """Those of a slot that have no place in its present file, in the order they had."""
    rows = connection.execute(
        _SELECT + "WHERE a.attachment = ? AND a.deleted IS NULL AND NOT a.placed "
        "ORDER BY a.page, a.y DESC, a.x, a.id",
        [attachment],
    ).fetchall()
    return tuple(as_read(_read(connection, rows)))


def load(connection: sqlite3.Connection, uid: str) -> Annotation:
    """One annotation; raises NotFoundError, also for a deleted one."""
    rows = connection.execute(_SELECT + "WHERE a.uid = ? AND a.deleted IS NULL", [uid]).fetchall()
    if not rows:
        raise NotFoundError(f"There is no annotation with the id {uid} in this library.")
    return next(_read(connection, rows))


def by_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> list[Annotation]:
    """Those with the internal keys, in the order asked for; missing ones are left out."""
    wanted = list(keys)
    found: dict[int, Annotation] = {}
    for first in range(0, len(wanted), _CHUNK):
        some = wanted[first : first + _CHUNK]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(_SELECT + f"WHERE a.id IN ({marks})", some).fetchall()
        found.update(zip((row[0] for row in rows), _read(connection, rows), strict=True))
    return [found[key] for key in wanted if key in found]


def _read(connection: sqlite3.Connection, rows: list[Any]) -> Iterator[Annotation]:
    tags: dict[int, list[str]] = {}
    keys = [row[0] for row in rows]
    for first in range(0, len(keys), _CHUNK):
        some = keys[first : first + _CHUNK]
        marks = ", ".join("?" * len(some))
        for key, name in connection.execute(
            "SELECT m.annotation_id, t.name FROM annotation_tags m JOIN tags t ON t.id = m.tag_id "
            f"WHERE m.annotation_id IN ({marks}) AND t.deleted IS NULL ORDER BY t.name",
            some,
        ):
            tags.setdefault(key, []).append(name)
    for key, uid, attachment, kind, parts, size, placed, created, modified, *texts in rows:
        yield Annotation(
            Kind(kind),
            parts_of(parts),
            attachment,
            **dict(zip(_TEXTS, texts, strict=True)),
            tags=tuple(tags.get(key, ())),
            size=size,
            placed=bool(placed),
            uid=uid,
            created=created,
            modified=modified,
        )


def parts_of(text: str) -> tuple[Part, ...]:
    """Parts from their JSON."""
    return tuple(
        Part(
            item["page"],
            tuple(tuple(quad) for quad in item.get("quads", ())),
            tuple(tuple(tuple(point) for point in stroke) for stroke in item.get("strokes", ())),
            item.get("at", -1),
        )
        for item in json.loads(text)
    )


def json_of(parts: tuple[Part, ...]) -> str:
    """Parts as they are stored: numbers of at most three decimals."""
    return json.dumps(
        [
            {"page": part.page}
            | (
                {"quads": [[round(n, 3) for n in quad] for quad in part.quads]}
                if part.quads
                else {}
            )
            | ({"strokes": [_rounded(stroke) for stroke in part.strokes]} if part.strokes else {})
            | ({"at": part.at} if part.at >= 0 else {})
            for part in parts
        ],
        separators=(",", ":"),
    )


def _rounded(stroke: Stroke) -> list[list[float]]:
    return [[round(number, 3) for number in point] for point in stroke]


def columns(annotation: Annotation) -> dict[str, object]:
    """The columns of a clean annotation; InputError where it means nothing."""
    if not annotation.parts or not all(part.quads or part.strokes for part in annotation.parts):
        raise InputError("An annotation needs a place on a page; nothing was changed.")
    if not is_color(annotation.color):
        raise InputError(
            f"“{annotation.color}” is no colour; nothing was changed.",
            f"The colours are: {', '.join(COLORS)}, or #rrggbb.",
        )
    page, down, left = annotation.place
    return {
        "kind": annotation.kind.value,
        **{name: getattr(annotation, name) for name in _TEXTS},
        "page": page,
        "x": round(left, 3),
        "y": round(-down, 3),
        "parts": json_of(annotation.parts),
        "size": annotation.size,
        "placed": int(annotation.placed),
    }


def add(edit: Edit, annotation: Annotation) -> str:
    """Write a new one; its uid (the draft's own where that is free).

    Raises NotFoundError when its attachment is not there, InputError for one
    without a place or with no colour.
    """
    edit.key("attachment", annotation.attachment)
    wanted = clean(annotation)
    values = columns(wanted)
    uid = free_uid(edit.connection, "annotations", wanted.uid)
    made = wanted.created or edit.at
    names = ", ".join(_COLUMNS)
    edit.connection.execute(
        f"INSERT INTO annotations (uid, attachment, {names}, created, modified) "
        f"VALUES ({', '.join('?' * (len(_COLUMNS) + 4))})",
        [
            uid,
            wanted.attachment,
            *(values[name] for name in _COLUMNS),
            made,
            wanted.modified or edit.at,
        ],
    )
    edit.log("annotation", uid, "created", None, made)
    _set_tags(edit, uid, (), wanted.tags)
    return uid


def change(edit: Edit, annotation: Annotation) -> bool:
    """Make the stored one like this one, field by field; False when it already was."""
    known = load(edit.connection, annotation.uid)
    wanted = clean(annotation)
    before = edit.logged
    for name, value in columns(wanted).items():
        edit.set("annotation", wanted.uid, name, value)
    _set_tags(edit, wanted.uid, known.tags, wanted.tags)
    return edit.logged > before


def known(connection: sqlite3.Connection, uid: str) -> bool:
    """Whether an annotation of that uid is, or once was, in the library."""
    row = connection.execute("SELECT 1 FROM annotations WHERE uid = ?", [uid]).fetchone()
    return row is not None


def add_new(edit: Edit, paper: str, given: Paper) -> bool:
    """Write what a paper from outside brings and the library never had; True when there was any.

    A slot of theirs is the one here with the same uid, else with the same
    content; without one the annotation has no place to hang on and is left out.
    """
    if not given.annotations:
        return False
    here = load_paper(edit.connection, paper).attachments
    own = {slot.uid for slot in here}
    by_content = {slot.sha256: slot.uid for slot in reversed(here)}
    slots = {slot.uid: by_content.get(slot.sha256, "") for slot in given.attachments}
    added = False
    for annotation in given.annotations:
        slot = annotation.attachment
        slot = slot if slot in own else slots.get(slot, "")
        if slot and not known(edit.connection, annotation.uid):
            add(edit, replace(annotation, attachment=slot))
            added = True
    return added


def _set_tags(edit: Edit, uid: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    for name in new:
        if name not in old:
            edit.set_annotation_tag(uid, tag_uid(edit, name), True)
    for name in old:
        if name not in new and (tag := uid_by_name(edit.connection, "tag", name)):
            edit.set_annotation_tag(uid, tag, False)


def meanings(connection: sqlite3.Connection) -> dict[str, str]:
    """What each colour of the palette means: the reader's word, else the one it came with."""
    own = dict(
        connection.execute("SELECT uid, meaning FROM palette WHERE deleted IS NULL").fetchall()
    )
    return {color.name: own.get(color.name) or color.meaning for color in PALETTE}


def set_meaning(edit: Edit, color: str, meaning: str) -> None:
    """Give a colour of the palette another meaning, "" for the one it came with."""
    if color not in COLORS:
        raise InputError(f"“{color}” is no colour of the palette; nothing was changed.")
    word = " ".join("".join(c for c in meaning if c.isprintable()).split())[:60]
    row = edit.connection.execute("SELECT 1 FROM palette WHERE uid = ?", [color]).fetchone()
    if row is None:
        edit.connection.execute(
            "INSERT INTO palette (uid, meaning, created, modified) VALUES (?, ?, ?, ?)",
            [color, COLORS[color].meaning, edit.at, edit.at],
        )
    edit.set("palette", color, "meaning", word or COLORS[color].meaning)
