"""Schema 4: a file may belong to a free note instead of a paper.

A part of `schema`, under its rule: never edited once released.
"""

from __future__ import annotations

# SQLite cannot take NOT NULL away from a column, so the table is made anew with all
# that is in it.  No table refers to it by key: bookmarks, annotations and the rest
# name an attachment by its uid.  `note` is the uid of a free note, "" for a paper's file.
SCHEMA_4 = """
CREATE TABLE attachments_4 (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  paper_id INTEGER REFERENCES papers (id),
  note TEXT NOT NULL DEFAULT '',
  edition TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  role TEXT NOT NULL DEFAULT 'main',
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL DEFAULT 0,
  pages INTEGER,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT,
  CHECK ((paper_id IS NULL) <> (note = ''))
);
INSERT INTO attachments_4
  (id, uid, paper_id, edition, position, role, path, sha256, size, pages, created, modified,
   deleted)
  SELECT id, uid, paper_id, edition, position, role, path, sha256, size, pages, created, modified,
   deleted FROM attachments;
DROP TABLE attachments;
ALTER TABLE attachments_4 RENAME TO attachments;
CREATE INDEX attachments_of ON attachments (paper_id, position) WHERE deleted IS NULL;
CREATE INDEX attachments_of_notes ON attachments (path)
  WHERE paper_id IS NULL AND deleted IS NULL;
CREATE INDEX attachments_by_hash ON attachments (sha256);
"""
