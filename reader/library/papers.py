"""Papers in and out of the library: make, extend, load whole."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from reader.domain.errors import NotFoundError
from reader.domain.fold import title_key
from reader.domain.matching import alike, contradict, identifiers, matching_title, merge
from reader.domain.paper import (
    Attachment,
    Edition,
    Note,
    PageEntry,
    Paper,
    ReadingState,
    clean_remark,
    new_uid,
    normal_arxiv,
    normal_doi,
)
from reader.library import derived
from reader.library.edits import Edit
from reader.library.names import collection_uid, page_uid, tag_uid

_SHORTEST_PREFIX = 6
_LONGEST_TOLD = 80  # characters of an ID that means nothing
_AT_ONCE = 500  # values in one statement; old SQLites take 999
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def load(connection: sqlite3.Connection, uid: str) -> Paper:
    """The whole paper; raises NotFoundError."""
    row = connection.execute(
        "SELECT id, uid, title, abstract, preferred, reading_state, starred, created, modified, "
        "coalesce(deleted, ''), remark FROM papers WHERE uid = ? AND gone IS NULL",
        [uid],
    ).fetchone()
    if row is None:
        raise NotFoundError(f"There is no paper with the id {uid} in this library.")
    key = row[0]
    return Paper(
        title=row[2],
        uid=row[1],
        authors=derived.authors(connection, key),
        abstract=row[3],
        editions=editions(connection, key, row[4]),
        links=derived.links(connection, key),
        tags=_names(connection, "tags", "name", "paper_tags", "tag_id", key),
        collections=_names(
            connection, "collections", "path", "collection_papers", "collection_id", key
        ),
        reading_state=ReadingState(row[5]),
        starred=bool(row[6]),
        notes=notes(connection, key),
        attachments=attachments(connection, key),
        pages=entries(connection, key),
        added=row[7],
        modified=row[8],
        deleted=row[9],
        remark=row[10],
    )


def editions(connection: sqlite3.Connection, key: int, preferred: str) -> tuple[Edition, ...]:
    """A paper's editions, the preferred one first."""
    return tuple(
        Edition(*row)
        for row in connection.execute(
            "SELECT uid, kind, version, published, venue, "
            "coalesce((SELECT value FROM identifiers WHERE edition_id = e.id AND scheme = 'doi'), ''), "
            "coalesce((SELECT value FROM identifiers WHERE edition_id = e.id AND scheme = 'arxiv'), '') "
            "FROM editions e WHERE paper_id = ? AND deleted IS NULL "
            "ORDER BY uid = ? DESC, position, id",
            [key, preferred],
        )
    )


def notes(connection: sqlite3.Connection, key: int) -> tuple[Note, ...]:
    """A paper's notes in order."""
    return tuple(
        Note(*row)
        for row in connection.execute(
            "SELECT uid, text, created, modified FROM notes "
            "WHERE paper_id = ? AND deleted IS NULL ORDER BY position, id",
            [key],
        )
    )


def attachments(connection: sqlite3.Connection, key: int) -> tuple[Attachment, ...]:
    """A paper's files, the main one first."""
    return tuple(
        Attachment(*row)
        for row in connection.execute(
            "SELECT uid, path, sha256, pages, role, size, edition FROM attachments "
            "WHERE paper_id = ? AND deleted IS NULL ORDER BY role <> 'main', position, id",
            [key],
        )
    )


def entries(connection: sqlite3.Connection, key: int) -> tuple[PageEntry, ...]:
    """Where the paper stood on which pages."""
    return tuple(
        PageEntry(*row)
        for row in connection.execute(
            "SELECT g.feed, g.date, g.iso, e.position, e.source, e.upvotes, e.comments, "
            "e.github_stars, e.submitted_by, e.organization, e.summary "
            "FROM page_entries e JOIN pages g ON g.id = e.page_id "
            "WHERE e.paper_id = ? AND g.deleted IS NULL ORDER BY g.id",
            [key],
        )
    )


def _names(
    connection: sqlite3.Connection, table: str, name: str, middle: str, column: str, key: int
) -> tuple[str, ...]:
    return tuple(
        row[0]
        for row in connection.execute(
            f"SELECT t.{name} FROM {middle} m JOIN {table} t ON t.id = m.{column} "
            f"WHERE m.paper_id = ? AND t.deleted IS NULL ORDER BY t.{name}",
            [key],
        )
    )


def resolve(connection: sqlite3.Connection, text: str) -> str:
    """The uid an ID means: a uid, a prefix of 6 or more characters, a DOI or an arXiv id."""
    # A word of a command line may hold bytes that are no text.
    text = text.encode("utf-8", "replace").decode("utf-8")
    for scheme, value in (("arxiv", normal_arxiv(text)), ("doi", normal_doi(text))):
        if value and (uid := by_identifier(connection, scheme, value)):
            return uid
    prefix = text.strip().lower()
    found: list[str] = []
    if len(prefix) >= _SHORTEST_PREFIX:
        found = [
            row[0]
            for row in connection.execute(
                "SELECT uid FROM papers WHERE uid >= ? AND uid < ? AND gone IS NULL LIMIT 2",
                [prefix, prefix + "\uffff"],
            )
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(f"The id “{text}” is not unique in this library.", "Give more of it.")
    raise NotFoundError(
        f"There is no paper “{text[:_LONGEST_TOLD]}” in this library.",
        "An ID is a uid (at least 6 characters of it), a DOI or an arXiv id.",
    )


def require(connection: sqlite3.Connection, uids: Sequence[str]) -> None:
    """Raise NotFoundError when the library has never held one of the papers."""
    for start in range(0, len(uids), _AT_ONCE):
        wanted = uids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(wanted))
        rows = connection.execute(f"SELECT uid FROM papers WHERE uid IN ({marks})", wanted)
        if absent := set(wanted).difference(row[0] for row in rows):
            raise NotFoundError(
                f"There is no paper with the id {absent.pop()}; nothing was changed."
            )


def by_identifier(connection: sqlite3.Connection, scheme: str, value: str) -> str:
    """The uid of the paper with that identifier, "" for none; papers in the trash count."""
    row = connection.execute(
        "SELECT p.uid FROM identifiers i JOIN editions e ON e.id = i.edition_id "
        "JOIN papers p ON p.id = e.paper_id WHERE i.value = ? AND i.scheme = ? "
        "AND e.deleted IS NULL AND p.gone IS NULL ORDER BY p.deleted IS NOT NULL LIMIT 1",
        [value, scheme],
    ).fetchone()
    return str(row[0]) if row else ""


def find_same(connection: sqlite3.Connection, paper: Paper) -> str:
    """The uid of the paper that this one is, "" when it is new: id, then folded title."""
    if paper.uid:
        row = connection.execute(
            "SELECT uid FROM papers WHERE uid = ? AND gone IS NULL", [paper.uid]
        ).fetchone()
        if row:
            return str(row[0])
    for scheme, value in identifiers(paper):
        if uid := by_identifier(connection, scheme, value):
            return uid
    title = title_key(paper.title)
    if not title:
        return ""
    certain = matching_title(paper) != ""
    for (uid,) in connection.execute(
        "SELECT uid FROM papers WHERE title_key = ? AND gone IS NULL ORDER BY deleted IS NOT NULL",
        [title],
    ).fetchall():
        known = load(connection, uid)
        if not contradict(known, paper) and (certain or alike(known, paper)):
            return str(uid)
    return ""


def add(edit: Edit, paper: Paper) -> str:
    """Write a new paper with all it carries except files; its uid."""
    connection = edit.connection
    uid = free_uid(connection, "papers", paper.uid)
    added = paper.added or edit.at
    editions: list[Edition] = []
    for edition in paper.editions or (Edition(),):
        own = free_uid(connection, "editions", edition.uid)
        # A list made by hand may give two editions one uid.
        own = new_uid() if any(own == it.uid for it in editions) else own
        editions.append(replace(edition, uid=own))
    title = title_key(paper.title)
    cursor = connection.execute(
        "INSERT INTO papers (uid, ord, title, title_key, abstract, authors_text, author_key, "
        "published, venue, preferred, reading_state, starred, created, modified, deleted, "
        "remark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            uid,
            derived.next_ord(connection, paper.published, added),
            paper.title,
            title,
            paper.abstract,
            derived.authors_text(paper.authors),
            derived.author_key(paper.authors),
            paper.published,
            paper.venue,
            editions[0].uid,
            paper.reading_state.value,
            int(paper.starred),
            added,
            paper.modified or edit.at,
            paper.deleted or None,
            clean_remark(paper.remark),
        ],
    )
    key = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO authors VALUES (?, ?, ?, ?, ?)",
        [(key, i, a.family, a.given, a.literal) for i, a in enumerate(paper.authors)],
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?)",
        [(key, i, link.url, link.kind) for i, link in enumerate(paper.links)],
    )
    for position, edition in enumerate(editions):
        _write_edition(edit, key, edition, position)
    edit.log("paper", uid, "created", None, added)
    for position, note in enumerate(paper.notes):
        add_note(edit, key, note, position, log=False)
    _join(edit, uid, paper, log=False)
    return uid


def add_edition(edit: Edit, key: int, edition: Edition, position: int) -> str:
    """Write an edition of the paper with that key; its uid."""
    uid = free_uid(edit.connection, "editions", edition.uid)
    _write_edition(edit, key, replace(edition, uid=uid), position)
    edit.log("edition", uid, "created", None, edit.at)
    return uid


def _write_edition(edit: Edit, key: int, edition: Edition, position: int) -> None:
    connection = edit.connection
    cursor = connection.execute(
        "INSERT INTO editions (uid, paper_id, position, kind, version, published, venue, created, "
        "modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            edition.uid,
            key,
            position,
            edition.kind,
            edition.version,
            edition.published,
            edition.venue,
            edit.at,
            edit.at,
        ],
    )
    for scheme, value in (("doi", edition.doi), ("arxiv", edition.arxiv_id)):
        if value:
            connection.execute(
                "INSERT INTO identifiers VALUES (?, ?, ?)", [cursor.lastrowid, scheme, value]
            )


def add_note(edit: Edit, key: int | None, note: Note, position: int, *, log: bool = True) -> str:
    """Write a note of the paper with that key (None: of no paper); its uid."""
    uid = free_uid(edit.connection, "notes", note.uid)
    edit.connection.execute(
        "INSERT INTO notes (uid, paper_id, position, text, created, modified) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [uid, key, position, note.text, note.created or edit.at, note.modified or edit.at],
    )
    edit.note_written(uid, "", note.text)
    if log:
        edit.log("note", uid, "created", None, edit.at)
    return uid


def free_uid(connection: sqlite3.Connection, table: str, wanted: str) -> str:
    """The wanted uid when it is one and nothing else has it, else a fresh one."""
    if (
        _UID.fullmatch(wanted)
        and not connection.execute(f"SELECT 1 FROM {table} WHERE uid = ?", [wanted]).fetchone()
    ):
        return wanted
    return new_uid()


def _join(edit: Edit, uid: str, paper: Paper, *, log: bool) -> None:
    """Put the paper under its tags and collections and on its pages."""
    for name in paper.tags:
        edit.set_member(uid, "tag", tag_uid(edit, name), True, log=log)
    for path in paper.collections:
        edit.set_member(uid, "collection", collection_uid(edit, path), True, log=log)
    for entry in paper.pages:
        edit.set_entry(uid, page_uid(edit, entry), entry, log=log)


def extend(edit: Edit, uid: str, new: Paper) -> bool:
    """Give the paper what it lacked of `new` (files excepted); False when it lacked nothing."""
    known = load(edit.connection, uid)
    merged = merge(known, new)
    if merged == known:
        return False
    before = edit.logged
    key = edit.key("paper", uid)
    edit.set("paper", uid, "abstract", merged.abstract)
    edit.set("paper", uid, "remark", clean_remark(merged.remark))
    if merged.authors != known.authors:
        edit.set_authors(uid, merged.authors)
    if merged.links != known.links:
        edit.set_links(uid, merged.links)
    old = {edition.uid: edition for edition in known.editions}
    for position, edition in enumerate(merged.editions):
        if edition.uid not in old:
            add_edition(edit, key, edition, position)
        elif edition != old[edition.uid]:
            for field in ("kind", "version", "published", "venue"):
                edit.set("edition", edition.uid, field, getattr(edition, field))
            edit.set_identifier(edition.uid, "doi", edition.doi)
            edit.set_identifier(edition.uid, "arxiv", edition.arxiv_id)
    for position, note in enumerate(merged.notes[len(known.notes) :], len(known.notes)):
        add_note(edit, key, note, position)
    _join(edit, uid, new, log=True)
    return edit.logged > before
