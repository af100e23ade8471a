"""One undoable step: every write goes through an Edit, which logs what it changed.

The log names an entity, its uid, a field and the old and new value as text
(NULL for nothing), so that undo, redo and later exchange are one mechanism: put
the other value into the same field.  Fields that hold a list (authors, links)
are JSON lists; membership (tag, collection, page) is one row an entry.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import Author, Changes, Link, PageEntry, new_uid, now
from reader.domain.value import dataclass
from reader.library import derived, note_links, note_states

# entity -> (table, the fields an edit may set directly).  "deleted" is the
# trash for papers and plain removal for the rest; "gone" is what undoing the
# creation of a paper, or emptying the trash, sets.
FIELDS: dict[str, tuple[str, frozenset[str]]] = {
    "paper": (
        "papers",
        frozenset(
            {
                "title",
                "abstract",
                "reading_state",
                "starred",
                "preferred",
                "remark",
                "deleted",
                "gone",
            }
        ),
    ),
    "edition": (
        "editions",
        frozenset({"kind", "version", "published", "venue", "position", "deleted"}),
    ),
    "note": ("notes", frozenset({"text", "position", "deleted"})),
    "attachment": (
        "attachments",
        frozenset({"path", "sha256", "size", "pages", "role", "edition", "position", "deleted"}),
    ),
    "bookmark": ("bookmarks", frozenset({"page", "x", "y", "name", "mark", "deleted"})),
    "annotation": (
        "annotations",
        frozenset(
            {
                "kind",
                "color",
                "page",
                "x",
                "y",
                "parts",
                "size",
                "quote",
                "before",
                "after",
                "sha256",
                "placed",
                "comment",
                "author",
                "note",
                "card",
                "picture",
                "nm",
                "seen",
                "deleted",
            }
        ),
    ),
    "palette": ("palette", frozenset({"meaning", "deleted"})),
    "template": ("templates", frozenset({"name", "text", "deleted"})),
    "page": ("pages", frozenset({"deleted"})),
    "tag": ("tags", frozenset({"name", "color", "deleted"})),
    "collection": ("collections", frozenset({"path", "deleted"})),
}
MEMBERSHIPS = {
    "tag": ("paper_tags", "tag_id", "tags"),
    "collection": ("collection_papers", "collection_id", "collections"),
}
_ENTRY_COLUMNS = (
    "position",
    "source",
    "upvotes",
    "comments",
    "github_stars",
    "submitted_by",
    "organization",
    "summary",
)
# What saves itself while one types.
_TYPED = ("text", "comment")
# Those that hang on an attachment's uid.
_ON_SLOTS = ("bookmark", "annotation")
_STRUCTURE = {"reading_state", "starred", "deleted", "gone", "tag", "collection", "page", "created"}


@dataclass(slots=True)
class Touched:
    """What an edit has changed so far, by uid."""

    papers: set[str]
    added: set[str]
    removed: set[str]
    notes: set[str]
    annotations: set[str]
    structure: bool = False

    def copy(self) -> Touched:
        """The same so far, to go back to."""
        return Touched(
            set(self.papers),
            set(self.added),
            set(self.removed),
            set(self.notes),
            set(self.annotations),
            self.structure,
        )


def text_or_none(value: object) -> str | None:
    """A column's value as the log keeps it."""
    return None if value is None else str(value)


class Edit:
    """Writes of one transaction that belong to one undo step (a batch may have several)."""

    def __init__(self, connection: sqlite3.Connection, batch: str) -> None:
        self.connection = connection
        self.batch = batch
        self.at = now()
        self.logged = 0
        self._touched = Touched(set(), set(), set(), set(), set())
        self._dirty: set[int] = set()  # papers whose derived columns must be made anew
        # Asked again for every paper of an import; no other connection writes meanwhile.
        self._keys: dict[tuple[str, str], int] = {}
        self.named: dict[tuple[str, ...], str] = {}  # see library.names

    # -- reading back ----------------------------------------------------

    def key(self, entity: str, uid: str) -> int:
        """The internal key of an entity; raises NotFoundError."""
        if known := self._keys.get((entity, uid)):
            return known
        table = FIELDS[entity][0]
        row = self.connection.execute(f"SELECT id FROM {table} WHERE uid = ?", [uid]).fetchone()
        if row is None:
            raise NotFoundError(f"There is no {entity} with the id {uid}; nothing was changed.")
        self._keys[entity, uid] = int(row[0])
        return int(row[0])

    def paper_of(self, entity: str, uid: str) -> str:
        """The uid of the paper that an edition, note, attachment, ... is of, "" for none."""
        if entity == "paper":
            return uid
        table, own = FIELDS[entity][0], "uid = ?"
        if entity in _ON_SLOTS:
            table, own = "attachments", f"uid = (SELECT attachment FROM {table} WHERE uid = ?)"
        row = self.connection.execute(
            f"SELECT p.uid FROM {table} e JOIN papers p ON p.id = e.paper_id WHERE e.{own}", [uid]
        ).fetchone()
        return str(row[0]) if row else ""

    @contextmanager
    def one_item(self) -> Iterator[None]:
        """Writes that stand or fall together inside the step: a bad item leaves no half."""
        logged, touched = self.logged, self._touched.copy()
        self.connection.execute("SAVEPOINT item")
        try:
            yield
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO item")
                self.connection.execute("RELEASE item")
            self.logged, self._touched = logged, touched
            self._keys.clear()
            self.named.clear()
            if isinstance(error, (OverflowError, UnicodeError, sqlite3.IntegrityError)):
                raise InputError(f"A value cannot be stored ({error}).") from error
            raise
        self.connection.execute("RELEASE item")

    # -- the log ---------------------------------------------------------

    def log(self, entity: str, uid: str, field: str, old: str | None, new: str | None) -> None:
        """Append one change; the batch's row is made by whoever opened the edit."""
        self.connection.execute(
            "INSERT INTO changes (uid, batch, at, entity, entity_uid, field, old, new) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [new_uid(), self.batch, self.at, entity, uid, field, old, new],
        )
        self.logged += 1
        self._note_touched(entity, uid, field, new)

    def _note_touched(self, entity: str, uid: str, field: str, new: str | None) -> None:
        touched = self._touched
        if entity in ("tag", "collection", "page", "palette") or (
            field in _STRUCTURE and entity not in _ON_SLOTS
        ):
            touched.structure = True
        if entity == "paper":
            touched.papers.add(uid)
            if field == "created":
                touched.added.add(uid)
            elif field in ("deleted", "gone"):
                (touched.removed if new else touched.added).add(uid)
                (touched.added if new else touched.removed).discard(uid)
        elif entity in ("edition", "note", "attachment", *_ON_SLOTS):
            if entity == "note":
                touched.notes.add(uid)
            elif entity == "annotation":
                touched.annotations.add(uid)
            if paper := self.paper_of(entity, uid):
                touched.papers.add(paper)

    def changes(self) -> Changes:
        """What was written, as the rest of the program is told."""
        touched = self._touched
        return Changes(
            frozenset(touched.papers),
            frozenset(touched.added),
            frozenset(touched.removed),
            frozenset(touched.notes),
            touched.structure,
            self.batch if self.logged else "",
            frozenset(touched.annotations),
        )

    # -- writing ---------------------------------------------------------

    def set(self, entity: str, uid: str, field: str, value: object) -> bool:
        """Put a value into a plain field; False when it already was there."""
        table, fields = FIELDS[entity]
        assert field in fields, (entity, field)
        row = self.connection.execute(
            f"SELECT id, {field} FROM {table} WHERE uid = ?", [uid]
        ).fetchone()
        if row is None:
            raise NotFoundError(f"There is no {entity} with the id {uid}; nothing was changed.")
        if text_or_none(row[1]) == text_or_none(value):
            return False
        self.connection.execute(
            f"UPDATE {table} SET {field} = ?, modified = ? WHERE id = ?", [value, self.at, row[0]]
        )
        if not (field in _TYPED and self._continued(entity, uid, field, text_or_none(value))):
            self.log(entity, uid, field, text_or_none(row[1]), text_or_none(value))
        if entity in ("tag", "collection", "page"):
            self.named.clear()
        if (entity, field) == ("note", "text"):
            self.note_written(uid, row[1], str(value))
        elif entity == "paper" and field in ("title", "preferred"):
            self._dirty.add(int(row[0]))
        elif entity == "edition":
            self._dirty.add(self.key("paper", self.paper_of("edition", uid)))
        return True

    def note_written(self, uid: str, old: str, new: str) -> None:
        """Keep the state, and where it leads to, of a note whose text was just written."""
        note_states.keep(self.connection, uid, old, new, self.at)
        note_links.refresh(self.connection, self.key("note", uid), new)

    def _continued(self, entity: str, uid: str, field: str, value: str | None) -> bool:
        """Whether this batch already changed the text, whose logged step then just ends later.

        A note saves itself every second while one types; without this an hour
        of typing would log 3600 whole texts.
        """
        done = self.connection.execute(
            "UPDATE changes SET new = ?, at = ? WHERE batch = ? AND entity_uid = ? AND field = ?",
            [value, self.at, self.batch, uid, field],
        ).rowcount
        if done:
            self.logged += 1
            self._note_touched(entity, uid, field, value)
        return bool(done)

    def set_identifier(self, edition: str, scheme: str, value: str | None) -> bool:
        """Give an edition its doi or arxiv id, or take it away."""
        key = self.key("edition", edition)
        row = self.connection.execute(
            "SELECT value FROM identifiers WHERE edition_id = ? AND scheme = ?", [key, scheme]
        ).fetchone()
        old = str(row[0]) if row else None
        if old == (value or None):
            return False
        if value:
            self.connection.execute(
                "INSERT OR REPLACE INTO identifiers VALUES (?, ?, ?)", [key, scheme, value]
            )
        else:
            self.connection.execute(
                "DELETE FROM identifiers WHERE edition_id = ? AND scheme = ?", [key, scheme]
            )
        self.log("edition", edition, scheme, old, value or None)
        return True

    def set_authors(self, paper: str, authors: tuple[Author, ...], *, log: bool = True) -> bool:
        """Replace the authors, in order."""
        key = self.key("paper", paper)
        old = derived.authors(self.connection, key)
        if old == authors:
            return False
        self.connection.execute("DELETE FROM authors WHERE paper_id = ?", [key])
        self.connection.executemany(
            "INSERT INTO authors VALUES (?, ?, ?, ?, ?)",
            [
                (key, index, author.family, author.given, author.literal)
                for index, author in enumerate(authors)
            ],
        )
        self._dirty.add(key)
        if log:
            self.log("paper", paper, "authors", _list_json(old), _list_json(authors))
        return True

    def set_links(self, paper: str, links: tuple[Link, ...], *, log: bool = True) -> bool:
        """Replace the links, in order."""
        key = self.key("paper", paper)
        old = derived.links(self.connection, key)
        if old == links:
            return False
        self.connection.execute("DELETE FROM links WHERE paper_id = ?", [key])
        self.connection.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?)",
            [(key, index, link.url, link.kind) for index, link in enumerate(links)],
        )
        if log:
            self.log("paper", paper, "links", _list_json(old), _list_json(links))
        return True

    def set_member(
        self, paper: str, kind: str, uid: str, present: bool, *, log: bool = True
    ) -> bool:
        """Put a paper under a tag or collection, or take it out."""
        table, column, _ = MEMBERSHIPS[kind]
        values = [self.key("paper", paper), self.key(kind, uid)]
        if present:
            done = self.connection.execute(
                f"INSERT OR IGNORE INTO {table} (paper_id, {column}) VALUES (?, ?)", values
            ).rowcount
        else:
            done = self.connection.execute(
                f"DELETE FROM {table} WHERE paper_id = ? AND {column} = ?", values
            ).rowcount
        if done and log:
            self.log("paper", paper, kind, None if present else uid, uid if present else None)
        return bool(done)

    def set_annotation_tag(self, annotation: str, tag: str, present: bool) -> bool:
        """Put an annotation under a tag (its uid), or take it out."""
        values = [self.key("annotation", annotation), self.key("tag", tag)]
        if present:
            sql = "INSERT OR IGNORE INTO annotation_tags (annotation_id, tag_id) VALUES (?, ?)"
        else:
            sql = "DELETE FROM annotation_tags WHERE annotation_id = ? AND tag_id = ?"
        done = bool(self.connection.execute(sql, values).rowcount)
        if done:
            old, new = (None, tag) if present else (tag, None)
            self.log("annotation", annotation, "tag", old, new)
        return done

    def set_entry(
        self, paper: str, page: str, entry: PageEntry | None, *, log: bool = True
    ) -> None:
        """Put a paper on a page, or take it off; a place it already has stays as it is."""
        keys = [self.key("page", page), self.key("paper", paper)]
        if entry is None:
            self.connection.execute(
                "DELETE FROM page_entries WHERE page_id = ? AND paper_id = ?", keys
            )
            return
        values = [getattr(entry, column) for column in _ENTRY_COLUMNS]
        done = self.connection.execute(
            f"INSERT OR IGNORE INTO page_entries (page_id, paper_id, {', '.join(_ENTRY_COLUMNS)}) "
            f"VALUES (?, ?, {', '.join('?' * len(values))})",
            [*keys, *values],
        ).rowcount
        if done and log:
            self.log("paper", paper, "page", None, json.dumps({**asdict(entry), "page": page}))

    def finish(self) -> None:
        """Make the derived columns of every paper that needs it anew; before COMMIT."""
        for key in self._dirty:
            derived.refresh(self.connection, key)
        self._dirty.clear()


def _list_json(values: tuple[Author, ...] | tuple[Link, ...]) -> str:
    return json.dumps([asdict(value) for value in values], ensure_ascii=False)
