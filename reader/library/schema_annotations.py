"""Schema 3: annotations, the states of notes, their links, templates, the palette.

A part of `schema`, under its rule: never edited once released.
"""

from __future__ import annotations

# An annotation hangs on a slot (the attachment's uid), not on a file: the slot stays
# when its file is replaced.  `parts` is a JSON list, a page each:
# {"page": 0, "quads": [[x1, y1, ... y4]], "strokes": [[[x, y, pressure]]]}, in PDF user
# space; `page`, `x` and `y` repeat where the first begins, for order.  `sha256` is the
# file it was placed on, `placed` 0 when the present file has no place for it yet.
# `nm` is its name in a PDF it came from ("" for its uid), `seen` how it looked there.
_ANNOTATIONS = """
CREATE TABLE annotations (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  attachment TEXT NOT NULL,
  kind TEXT NOT NULL,
  color TEXT NOT NULL DEFAULT 'yellow',
  page INTEGER NOT NULL,
  x REAL NOT NULL DEFAULT 0,
  y REAL NOT NULL DEFAULT 0,
  parts TEXT NOT NULL DEFAULT '[]',
  size REAL NOT NULL DEFAULT 0,
  quote TEXT NOT NULL DEFAULT '',
  before TEXT NOT NULL DEFAULT '',
  after TEXT NOT NULL DEFAULT '',
  sha256 TEXT NOT NULL DEFAULT '',
  placed INTEGER NOT NULL DEFAULT 1 CHECK (placed IN (0, 1)),
  comment TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  card TEXT NOT NULL DEFAULT '',
  picture TEXT NOT NULL DEFAULT '',
  nm TEXT NOT NULL DEFAULT '',
  seen TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE INDEX annotations_of ON annotations (attachment, page) WHERE deleted IS NULL;
CREATE INDEX annotations_by_color ON annotations (color, kind, id) WHERE deleted IS NULL;
CREATE INDEX annotations_by_kind ON annotations (kind, id) WHERE deleted IS NULL;
CREATE INDEX annotations_by_card ON annotations (card, id) WHERE deleted IS NULL AND card <> '';
CREATE INDEX annotations_by_date ON annotations (created, id) WHERE deleted IS NULL;
CREATE INDEX annotations_unplaced ON annotations (attachment) WHERE placed = 0 AND deleted IS NULL;
CREATE TABLE annotation_tags (
  annotation_id INTEGER NOT NULL REFERENCES annotations (id),
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (annotation_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX annotation_tags_by_tag ON annotation_tags (tag_id, annotation_id);
CREATE TABLE annotation_todo (annotation_id INTEGER PRIMARY KEY);
CREATE TRIGGER todo_annotation_new AFTER INSERT ON annotations BEGIN
  INSERT OR IGNORE INTO annotation_todo VALUES (new.id); END;
CREATE TRIGGER todo_annotation AFTER UPDATE OF quote, comment, deleted ON annotations BEGIN
  INSERT OR IGNORE INTO annotation_todo VALUES (new.id); END;
CREATE TRIGGER todo_annotation_gone AFTER DELETE ON annotations BEGIN
  INSERT OR IGNORE INTO annotation_todo VALUES (old.id); END;
CREATE TABLE palette (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  meaning TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
"""

# A saved state of a note is a whole text (base NULL), or what stands in place of `cut`
# characters after the first `start` ones of the state `base`.
_NOTES = """
ALTER TABLE papers ADD COLUMN remark TEXT NOT NULL DEFAULT '';
CREATE TABLE note_states (
  id INTEGER PRIMARY KEY,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  base INTEGER,
  start INTEGER NOT NULL DEFAULT 0,
  cut INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL
);
CREATE INDEX note_states_of ON note_states (note, id);
CREATE TABLE note_links (
  note_id INTEGER NOT NULL REFERENCES notes (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX note_links_to ON note_links (target, kind);
CREATE INDEX notes_free ON notes (modified) WHERE paper_id IS NULL AND deleted IS NULL;
CREATE TABLE templates (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
"""

SCHEMA_3 = _ANNOTATIONS + _NOTES
