"""The schema, as migrations that only grow.

Migration N brings a library from user_version N-1 to N.  A released migration
is never edited: a library written by every release must open for ever.

The tables are plain, so that any SQLite tool can read them: uid is the only id
that leaves the library, integer keys stay inside; dates are ISO text; deleted
is NULL or the time something went to the trash, gone NULL or the time it left
that too (the row stays, so that undo and later exchange can see it).
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from reader.domain.paper import new_uid, now
from reader.library.place import APPLICATION_ID, SCHEMA_VERSION
from reader.library.schema_annotations import SCHEMA_3
from reader.library.schema_notes import SCHEMA_4

MIGRATIONS = Migrations("paper-reader")

_SCHEMA_1 = """
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE papers (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  ord INTEGER NOT NULL UNIQUE,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  abstract TEXT NOT NULL DEFAULT '',
  authors_text TEXT NOT NULL DEFAULT '',
  author_key TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  venue TEXT NOT NULL DEFAULT '',
  preferred TEXT NOT NULL DEFAULT '',
  reading_state TEXT NOT NULL DEFAULT 'unread'
    CHECK (reading_state IN ('unread', 'reading', 'read')),
  starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT,
  gone TEXT
);
CREATE INDEX papers_live ON papers (ord) WHERE deleted IS NULL AND gone IS NULL;
CREATE INDEX papers_state ON papers (reading_state, ord)
  WHERE deleted IS NULL AND gone IS NULL;
CREATE INDEX papers_starred ON papers (ord)
  WHERE starred = 1 AND deleted IS NULL AND gone IS NULL;
CREATE INDEX papers_trash ON papers (ord) WHERE deleted IS NOT NULL AND gone IS NULL;
CREATE INDEX papers_by_title ON papers (title_key);
CREATE INDEX papers_by_author ON papers (author_key, ord);
CREATE INDEX papers_by_created ON papers (created, ord);

CREATE TABLE editions (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL DEFAULT 'unknown',
  version TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  venue TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE INDEX editions_of ON editions (paper_id, position);
CREATE TABLE identifiers (
  edition_id INTEGER NOT NULL REFERENCES editions (id),
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (edition_id, scheme)
) WITHOUT ROWID;
CREATE INDEX identifiers_by_value ON identifiers (value, scheme);

CREATE TABLE authors (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  position INTEGER NOT NULL,
  family TEXT NOT NULL DEFAULT '',
  given TEXT NOT NULL DEFAULT '',
  literal TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (paper_id, position)
) WITHOUT ROWID;
CREATE TABLE links (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  position INTEGER NOT NULL,
  url TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'web',
  PRIMARY KEY (paper_id, position)
) WITHOUT ROWID;
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  paper_id INTEGER REFERENCES papers (id),
  position INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE INDEX notes_of ON notes (paper_id, position) WHERE deleted IS NULL;
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  edition TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  role TEXT NOT NULL DEFAULT 'main',
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL DEFAULT 0,
  pages INTEGER,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE INDEX attachments_of ON attachments (paper_id, position) WHERE deleted IS NULL;
CREATE INDEX attachments_by_hash ON attachments (sha256);
CREATE TABLE reading_positions (
  attachment TEXT PRIMARY KEY,
  page INTEGER NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  zoom TEXT NOT NULL,
  modified TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  feed TEXT NOT NULL,
  date TEXT NOT NULL,
  iso TEXT,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE UNIQUE INDEX pages_once ON pages (feed, date, coalesce(iso, ''));
CREATE TABLE page_entries (
  page_id INTEGER NOT NULL REFERENCES pages (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  position INTEGER NOT NULL,
  source TEXT NOT NULL DEFAULT '',
  upvotes INTEGER,
  comments INTEGER,
  github_stars INTEGER,
  submitted_by TEXT NOT NULL DEFAULT '',
  organization TEXT NOT NULL DEFAULT '',
  summary TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (page_id, paper_id)
) WITHOUT ROWID;
CREATE INDEX page_entries_of ON page_entries (paper_id);

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  color INTEGER NOT NULL DEFAULT 0,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE UNIQUE INDEX tags_once ON tags (name) WHERE deleted IS NULL;
CREATE TABLE paper_tags (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (paper_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX paper_tags_by_tag ON paper_tags (tag_id);
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE UNIQUE INDEX collections_once ON collections (path) WHERE deleted IS NULL;
CREATE TABLE collection_papers (
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  PRIMARY KEY (collection_id, paper_id)
) WITHOUT ROWID;
CREATE INDEX collection_papers_of ON collection_papers (paper_id);

CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped', 'step'))
);
CREATE INDEX batches_by_state ON batches (state, id);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  batch TEXT NOT NULL,
  at TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_uid TEXT NOT NULL,
  field TEXT NOT NULL,
  old TEXT,
  new TEXT
);
CREATE INDEX changes_of_batch ON changes (batch, id);

CREATE TABLE index_todo (paper_id INTEGER PRIMARY KEY);
CREATE TRIGGER todo_paper_new AFTER INSERT ON papers BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (new.id); END;
CREATE TRIGGER todo_paper AFTER UPDATE OF title, abstract, ord ON papers
  WHEN (old.title, old.abstract, old.ord) <> (new.title, new.abstract, new.ord) BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (new.id); END;
CREATE TRIGGER todo_paper_gone AFTER DELETE ON papers BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (old.id); END;
CREATE TRIGGER todo_author_new AFTER INSERT ON authors BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (new.paper_id); END;
CREATE TRIGGER todo_author AFTER UPDATE ON authors BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (new.paper_id); END;
CREATE TRIGGER todo_author_gone AFTER DELETE ON authors BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (old.paper_id); END;
CREATE TRIGGER todo_note_new AFTER INSERT ON notes WHEN new.paper_id IS NOT NULL BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (new.paper_id); END;
CREATE TRIGGER todo_note AFTER UPDATE OF text, deleted, paper_id ON notes BEGIN
  INSERT OR IGNORE INTO index_todo SELECT old.paper_id WHERE old.paper_id IS NOT NULL;
  INSERT OR IGNORE INTO index_todo SELECT new.paper_id WHERE new.paper_id IS NOT NULL; END;
CREATE TRIGGER todo_note_gone AFTER DELETE ON notes WHEN old.paper_id IS NOT NULL BEGIN
  INSERT OR IGNORE INTO index_todo VALUES (old.paper_id); END;
"""


# How the pages stood where the reader stopped.
_READING_2 = """
ALTER TABLE reading_positions ADD COLUMN layout TEXT NOT NULL DEFAULT '';
ALTER TABLE reading_positions ADD COLUMN rotation INTEGER NOT NULL DEFAULT 0;
"""

# Of a shown document: time spent on its pages; what was filled into its form and is
# not in a copy yet, by the attachment's uid, or the path of a file outside the library.
_TIMES_2 = """
CREATE TABLE page_times (
  attachment TEXT NOT NULL,
  page INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (attachment, page)
) WITHOUT ROWID;
CREATE TABLE form_entries (
  file TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  modified TEXT NOT NULL,
  PRIMARY KEY (file, field)
) WITHOUT ROWID;
"""

# Places kept in attachments (their uids): bookmarks, and marks by their letter.
_BOOKMARKS_2 = """
CREATE TABLE bookmarks (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  attachment TEXT NOT NULL,
  page INTEGER NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  mark TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE INDEX bookmarks_of ON bookmarks (attachment, page) WHERE deleted IS NULL;
"""


@MIGRATIONS()
def schema_1(db: Database) -> None:
    """Papers and all that hangs on them, the change log, the index's to-do list."""
    for statement in statements(_SCHEMA_1):
        db.execute(statement)
    db.table("info").insert_all(
        [
            {"key": "library", "value": new_uid()},
            {"key": "created", "value": now()},
            {"key": "index_stamp", "value": new_uid()},
        ]
    )
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.execute("PRAGMA user_version=1")


@MIGRATIONS()
def schema_2(db: Database) -> None:
    """What reading leaves behind."""
    for statement in statements(_READING_2 + _TIMES_2 + _BOOKMARKS_2):
        db.execute(statement)
    db.execute("PRAGMA user_version=2")


@MIGRATIONS()
def schema_3(db: Database) -> None:
    """Annotations, and all that notes keep beside their text."""
    for statement in statements(SCHEMA_3):
        db.execute(statement)
    db.execute("PRAGMA user_version=3")


@MIGRATIONS()
def schema_4(db: Database) -> None:
    """Free notes have files."""
    for statement in statements(SCHEMA_4):
        db.execute(statement)
    db.execute("PRAGMA user_version=4")


def statements(script: str) -> list[str]:
    """The script's statements, so that they run inside one transaction.

    executescript would commit first; a trigger's body holds semicolons, so the
    cut is made where SQLite itself sees a complete statement.
    """
    found: list[str] = []
    rest = ""
    for line in script.splitlines():
        rest += line + "\n"
        if rest.strip() and sqlite3.complete_statement(rest):
            found.append(rest.strip())
            rest = ""
    return found


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an open library to SCHEMA_VERSION; each step is one transaction."""
    database = Database(connection)
    MIGRATIONS.apply(database)
    reached = connection.execute("PRAGMA user_version").fetchone()[0]
    assert reached == SCHEMA_VERSION, reached
