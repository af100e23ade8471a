"""Tags, collections and pages by name: found, or made when first used.

A deleted tag or collection is never revived by its name: the new one would
come with all the papers of the old.
"""

from __future__ import annotations

import sqlite3

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import PageEntry, new_uid, now
from reader.library.edits import Edit

TAG_COLORS = 8
_LONGEST = 200


def clean_name(text: str, what: str) -> str:
    """A tag or collection name without surplus space; raises InputError for none at all."""
    name = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not name or len(name) > _LONGEST:
        raise InputError(
            f"“{text[:40]}” cannot be the name of a {what}; nothing was changed.",
            f"Give 1 to {_LONGEST} characters.",
        )
    return name


def clean_path(text: str) -> str:
    """A collection's path, its parts cleaned: " A /B" is "A/B"."""
    return "/".join(clean_name(part, "collection") for part in text.split("/") if part.strip()) or (
        clean_name(text.replace("/", " "), "collection")
    )


def tag_uid(edit: Edit, name: str) -> str:
    """The uid of the tag, which is made (with the next colour) if there is none."""
    if uid := edit.named.get(("tag", name)):
        return uid
    clean = clean_name(name, "tag")
    uid = uid_by_name(edit.connection, "tag", clean)
    if not uid:
        count = edit.connection.execute("SELECT count(*) FROM tags").fetchone()[0]
        uid = _make(edit, "tags", "tag", "name, color", [clean, count % TAG_COLORS])
    edit.named["tag", name] = uid
    return uid


def collection_uid(edit: Edit, path: str) -> str:
    """The uid of the collection at a path, which is made, with its parents, if there is none."""
    path = clean_path(path)
    if "/" in path:
        collection_uid(edit, path.rpartition("/")[0])
    return uid_by_name(edit.connection, "collection", path) or _make(
        edit, "collections", "collection", "path", [path]
    )


def page_uid(edit: Edit, entry: PageEntry) -> str:
    """The uid of the page an entry stands on, which is made if there is none."""
    place = (entry.page, entry.date, entry.iso or "")
    if uid := edit.named.get(("page", *place)):
        return uid
    row = edit.connection.execute(
        "SELECT uid, deleted FROM pages WHERE feed = ? AND date = ? AND coalesce(iso, '') = ?",
        place,
    ).fetchone()
    if row is None:
        values: list[object] = [entry.page, entry.date, entry.iso]
        uid = _make(edit, "pages", "page", "feed, date, iso", values)
    else:
        uid = str(row[0])
        if row[1]:
            edit.set("page", uid, "deleted", None)
    edit.named["page", *place] = uid
    return uid


def _make(edit: Edit, table: str, entity: str, columns: str, values: list[object]) -> str:
    uid = new_uid()
    edit.connection.execute(
        f"INSERT INTO {table} (uid, {columns}, created, modified) "
        f"VALUES (?, {', '.join('?' * len(values))}, ?, ?)",
        [uid, *values, edit.at, edit.at],
    )
    edit.log(entity, uid, "created", None, edit.at)
    return uid


def uid_by_name(connection: sqlite3.Connection, kind: str, name: str) -> str:
    """The uid of a tag or collection by its name, "" when there is none."""
    table, column = ("tags", "name") if kind == "tag" else ("collections", "path")
    row = connection.execute(
        f"SELECT uid FROM {table} WHERE {column} = ? AND deleted IS NULL", [name]
    ).fetchone()
    return str(row[0]) if row else ""


def move_collection(edit: Edit, uid: str, path: str) -> None:
    """Give a collection another path; what lies below moves with it."""
    path = clean_path(path)
    connection = edit.connection
    old = _path_of(connection, uid)
    taken = connection.execute(
        "SELECT 1 FROM collections WHERE path = ? AND uid <> ? AND deleted IS NULL", [path, uid]
    ).fetchone()
    if taken or path.startswith(old + "/"):
        raise InputError(f"A collection “{path}” cannot be made of “{old}”; nothing was changed.")
    if "/" in path:
        collection_uid(edit, path.rpartition("/")[0])
    for one, present in _with_those_below(connection, old):
        edit.set("collection", one, "path", path + present[len(old) :])


def remove(edit: Edit, kind: str, uid: str) -> None:
    """Remove a tag, or a collection with those below it."""
    if kind == "collection":
        path = _path_of(edit.connection, uid)
        for below, _ in _with_those_below(edit.connection, path):
            edit.set("collection", below, "deleted", now())
    else:
        edit.set(kind, uid, "deleted", now())


def _path_of(connection: sqlite3.Connection, uid: str) -> str:
    row = connection.execute(
        "SELECT path FROM collections WHERE uid = ? AND deleted IS NULL", [uid]
    ).fetchone()
    if row is None:
        raise NotFoundError("That collection is gone; nothing was changed.")
    return str(row[0])


def _with_those_below(connection: sqlite3.Connection, path: str) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT uid, path FROM collections WHERE deleted IS NULL "
        "AND (path = ? OR substr(path, 1, ?) = ?)",
        [path, len(path) + 1, path + "/"],
    ).fetchall()


def rename_tag(edit: Edit, uid: str, name: str) -> None:
    """Give a tag another name, which no other tag may have."""
    name = clean_name(name, "tag")
    other = edit.connection.execute(
        "SELECT 1 FROM tags WHERE name = ? AND uid <> ? AND deleted IS NULL", [name, uid]
    ).fetchone()
    if other:
        raise InputError(f"There already is a tag “{name}”; nothing was changed.")
    edit.set("tag", uid, "name", name)
