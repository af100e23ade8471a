BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'paper-reader','schema_1','2026-11-25 15:15:39.982339+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'paper-reader','schema_2','2026-11-25 18:07:43.468861+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'paper-reader','schema_3','2026-11-25 23:35:30.115293+00:00');
CREATE TABLE annotation_tags (
  annotation_id INTEGER NOT NULL REFERENCES annotations (id),
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (annotation_id, tag_id)
) WITHOUT ROWID;
CREATE TABLE annotation_todo (annotation_id INTEGER PRIMARY KEY);
INSERT INTO "annotation_todo" VALUES(1);
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
INSERT INTO "annotations" VALUES(1,'a3000000-0000-4000-8000-000000000001','c4748c2d-60ae-47e9-ab55-213aab86064c','highlight','green',1,72.0,700.0,'[{"page": 1, "quads": [[72, 712, 140, 712, 72, 700, 140, 700]]}]',0.0,'linear time','','','',1,'Is it?','','','','','','','2026-11-01T10:00:00.000Z','2026-11-01T10:00:00.000Z',NULL);
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
INSERT INTO "attachments" VALUES(1,'c4748c2d-60ae-47e9-ab55-213aab86064c',2,'0d4e50f3-49ac-4972-9c5a-3b5817170503',0,'main','Mamba.pdf','ca61e2a2a41a2ff544c7532074b82db85afa03641e450d0f0aacac1fe9df3ffd',15,3,'2026-11-25T15:15:39.991Z','2026-11-25T15:15:39.991Z',NULL);
CREATE TABLE authors (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  position INTEGER NOT NULL,
  family TEXT NOT NULL DEFAULT '',
  given TEXT NOT NULL DEFAULT '',
  literal TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (paper_id, position)
) WITHOUT ROWID;
INSERT INTO "authors" VALUES(1,0,'Gu','Jiatao','');
INSERT INTO "authors" VALUES(1,1,'','','The Team');
CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped', 'step'))
);
INSERT INTO "batches" VALUES(1,'cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','Add','done');
INSERT INTO "batches" VALUES(2,'3b7de787-6047-430a-8000-a6ec3eb669f6','2026-11-25T15:15:39.990Z','Add','done');
INSERT INTO "batches" VALUES(3,'84fb96b1-6c69-451c-8761-499d3c678ee2','2026-11-25T15:15:39.991Z','Attach a PDF','done');
INSERT INTO "batches" VALUES(4,'46d742e7-4cb4-4e12-a58c-3677981278e1','2026-11-25T15:15:39.993Z','Edit note','done');
INSERT INTO "batches" VALUES(5,'baf99964-35fd-4583-b0a4-fe4a367f9045','2026-11-25T15:15:39.994Z','Change tags','done');
INSERT INTO "batches" VALUES(6,'07860431-dea9-4d90-b208-3b81f1991395','2026-11-25T15:15:39.995Z','Add','done');
INSERT INTO "batches" VALUES(7,'d5135a71-951e-4819-baa6-5f327b689c10','2026-11-25T15:15:39.995Z','Move to trash','done');
INSERT INTO "batches" VALUES(8,'efb2a0c2-8757-433a-8426-0012eef5a9b5','2026-11-25T15:15:39.996Z','Change title','undone');
INSERT INTO "batches" VALUES(9,'d0cb2e83-1dfa-4eed-96db-91557e5b09f3','2026-11-25T15:15:39.997Z','Change title','step');
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
INSERT INTO "bookmarks" VALUES(1,'0b6a4a0e-92a3-4c6a-9d1b-6f4f3e1a7c11','c4748c2d-60ae-47e9-ab55-213aab86064c',1,10.0,20.0,'the proof','','2026-11-20T10:00:00.000Z','2026-11-20T10:00:00.000Z',NULL);
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
INSERT INTO "changes" VALUES(1,'da082702-53fd-4ae9-94da-5e2cfc1d56bd','cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','paper','93cc1aa8-00a2-4458-93af-dd27c1fbd9ca','created',NULL,'2026-11-25T15:15:39.988Z');
INSERT INTO "changes" VALUES(2,'4fb6c5bf-28c7-4859-991f-4b26edd8bdfc','cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','tag','cb1620aa-8a94-463b-b1d2-89e9717a44f6','created',NULL,'2026-11-25T15:15:39.988Z');
INSERT INTO "changes" VALUES(3,'f9dc6697-f9b5-4b2d-a8e8-ac1d638f4738','cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','tag','30c8abb7-31c9-4cb5-826b-88bc3f0c04c3','created',NULL,'2026-11-25T15:15:39.988Z');
INSERT INTO "changes" VALUES(4,'f0092324-cfd3-4034-ae17-b20b5688e8c6','cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','collection','d10ed004-8ba3-414d-a1aa-7905b94c4952','created',NULL,'2026-11-25T15:15:39.988Z');
INSERT INTO "changes" VALUES(5,'c4e0106f-f9ff-4ae7-878e-0fe33de87ea3','cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','collection','ac9a9c2d-69cb-46a0-ae79-5b732562c86a','created',NULL,'2026-11-25T15:15:39.988Z');
INSERT INTO "changes" VALUES(6,'299d52b2-b77a-4720-bce2-311d5ff755a2','cae97fc7-070b-46e5-a837-a9e47a1ffcff','2026-11-25T15:15:39.988Z','page','2651dd62-6114-4a0f-a559-62cfe701590e','created',NULL,'2026-11-25T15:15:39.988Z');
INSERT INTO "changes" VALUES(7,'972a37e1-734e-43ab-8f15-b11ebd1d11ce','3b7de787-6047-430a-8000-a6ec3eb669f6','2026-11-25T15:15:39.990Z','paper','1552bcc8-533c-4e2d-9d34-0774dd4f9bf7','created',NULL,'2026-11-25T15:15:39.990Z');
INSERT INTO "changes" VALUES(8,'201fc536-2979-4e34-b20e-799aa2d01fb1','84fb96b1-6c69-451c-8761-499d3c678ee2','2026-11-25T15:15:39.991Z','attachment','c4748c2d-60ae-47e9-ab55-213aab86064c','created',NULL,'2026-11-25T15:15:39.991Z');
INSERT INTO "changes" VALUES(9,'e161cbfc-0288-4e6d-9ea5-5f6ebccf740a','46d742e7-4cb4-4e12-a58c-3677981278e1','2026-11-25T15:15:39.993Z','note','f5c31f77-13a1-48e4-b4ae-f03065ddc085','created',NULL,'2026-11-25T15:15:39.993Z');
INSERT INTO "changes" VALUES(10,'0ef488fc-8446-416d-a784-6be8c9ecbb7d','baf99964-35fd-4583-b0a4-fe4a367f9045','2026-11-25T15:15:39.994Z','tag','719654ed-d4bf-425d-9bfa-30815acbb479','created',NULL,'2026-11-25T15:15:39.994Z');
INSERT INTO "changes" VALUES(11,'db9e2339-83ce-48b4-aeb9-59a189aed59b','baf99964-35fd-4583-b0a4-fe4a367f9045','2026-11-25T15:15:39.994Z','paper','1552bcc8-533c-4e2d-9d34-0774dd4f9bf7','tag',NULL,'719654ed-d4bf-425d-9bfa-30815acbb479');
INSERT INTO "changes" VALUES(12,'c2286cd6-6e45-47a0-a346-4f5b9b86b6fc','07860431-dea9-4d90-b208-3b81f1991395','2026-11-25T15:15:39.995Z','paper','5ec67b03-2395-4605-959a-3ce0357f9453','created',NULL,'2026-11-25T15:15:39.995Z');
INSERT INTO "changes" VALUES(13,'2a04bdaa-779d-4666-88ed-f7e9418045a7','d5135a71-951e-4819-baa6-5f327b689c10','2026-11-25T15:15:39.995Z','paper','5ec67b03-2395-4605-959a-3ce0357f9453','deleted',NULL,'2026-11-25T15:15:39.995Z');
INSERT INTO "changes" VALUES(14,'7488ca6d-1ec3-42d5-9968-cabc9e528077','efb2a0c2-8757-433a-8426-0012eef5a9b5','2026-11-25T15:15:39.996Z','paper','1552bcc8-533c-4e2d-9d34-0774dd4f9bf7','title','Mamba: Linear-Time Sequence Modeling','Mamba');
INSERT INTO "changes" VALUES(15,'6a0686f9-de2d-4367-ad4c-9f617eb3359d','d0cb2e83-1dfa-4eed-96db-91557e5b09f3','2026-11-25T15:15:39.997Z','paper','1552bcc8-533c-4e2d-9d34-0774dd4f9bf7','title','Mamba','Mamba: Linear-Time Sequence Modeling');
CREATE TABLE collection_papers (
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  PRIMARY KEY (collection_id, paper_id)
) WITHOUT ROWID;
INSERT INTO "collection_papers" VALUES(2,1);
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
INSERT INTO "collections" VALUES(1,'d10ed004-8ba3-414d-a1aa-7905b94c4952','Topics','2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "collections" VALUES(2,'ac9a9c2d-69cb-46a0-ae79-5b732562c86a','Topics/Images','2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
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
INSERT INTO "editions" VALUES(1,'acd25db0-6e98-484b-9169-b44f40afce26',1,0,'preprint','v2','2025-06-06','arXiv','2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "editions" VALUES(2,'8ddbdc25-f919-4406-a49c-ec727e3d472a',1,1,'published','','2025-11','NeurIPS','2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "editions" VALUES(3,'0d4e50f3-49ac-4972-9c5a-3b5817170503',2,0,'unknown','','','','2026-11-25T15:15:39.990Z','2026-11-25T15:15:39.990Z',NULL);
INSERT INTO "editions" VALUES(4,'02d0092c-dfe0-4bc9-839e-bb642260ef55',3,0,'unknown','','','','2026-11-25T15:15:39.995Z','2026-11-25T15:15:39.995Z',NULL);
CREATE TABLE form_entries (
  file TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  modified TEXT NOT NULL,
  PRIMARY KEY (file, field)
) WITHOUT ROWID;
INSERT INTO "form_entries" VALUES('c4748c2d-60ae-47e9-ab55-213aab86064c','name','R','2026-11-20T10:00:00.000Z');
CREATE TABLE identifiers (
  edition_id INTEGER NOT NULL REFERENCES editions (id),
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (edition_id, scheme)
) WITHOUT ROWID;
INSERT INTO "identifiers" VALUES(2,'doi','10.1000/starflow');
INSERT INTO "identifiers" VALUES(1,'arxiv','2506.06276');
CREATE TABLE index_todo (paper_id INTEGER PRIMARY KEY);
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "info" VALUES('created','2026-11-25T15:15:39.982Z');
INSERT INTO "info" VALUES('index_stamp','0a38cdec-ee02-4ce4-a8d7-5081ae6c110e');
INSERT INTO "info" VALUES('library','46ca438c-8e2e-48bb-81ca-5c41619de619');
CREATE TABLE links (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  position INTEGER NOT NULL,
  url TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'web',
  PRIMARY KEY (paper_id, position)
) WITHOUT ROWID;
INSERT INTO "links" VALUES(1,0,'https://github.com/a/b','code');
CREATE TABLE note_links (
  note_id INTEGER NOT NULL REFERENCES notes (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE TABLE note_states (
  id INTEGER PRIMARY KEY,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  base INTEGER,
  start INTEGER NOT NULL DEFAULT 0,
  cut INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL
);
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
INSERT INTO "notes" VALUES(1,'e0d091ac-93ca-40a0-add4-9587be032214',1,0,'First thoughts','2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "notes" VALUES(2,'59f9584d-74be-4e31-98e2-ab3558aee781',1,1,'Second thoughts','2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "notes" VALUES(3,'f5c31f77-13a1-48e4-b4ae-f03065ddc085',2,0,'A thought about state spaces','2026-11-25T15:15:39.993Z','2026-11-25T15:15:39.993Z',NULL);
INSERT INTO "notes" VALUES(4,'b3000000-0000-4000-8000-000000000001',NULL,0,'# A free note','2026-11-01T10:00:00.000Z','2026-11-01T10:00:00.000Z',NULL);
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
INSERT INTO "page_entries" VALUES(1,1,1,'page.txt',12,3,400,'ak','','');
CREATE TABLE page_times (
  attachment TEXT NOT NULL,
  page INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (attachment, page)
) WITHOUT ROWID;
INSERT INTO "page_times" VALUES('c4748c2d-60ae-47e9-ab55-213aab86064c',1,42.5);
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
INSERT INTO "pages" VALUES(1,'2651dd62-6114-4a0f-a559-62cfe701590e','Daily papers','Jun 11',NULL,'2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
CREATE TABLE palette (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  meaning TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
CREATE TABLE paper_tags (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (paper_id, tag_id)
) WITHOUT ROWID;
INSERT INTO "paper_tags" VALUES(1,1);
INSERT INTO "paper_tags" VALUES(1,2);
INSERT INTO "paper_tags" VALUES(2,3);
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
, remark TEXT NOT NULL DEFAULT '');
INSERT INTO "papers" VALUES(1,'93cc1aa8-00a2-4458-93af-dd27c1fbd9ca',12405207728128,'STARFlow: Scaling Latent Normalizing Flows','starflowscalinglatentnormalizingflows','We present STARFlow.

A second paragraph.','Gu, The Team','gu jiatao','2025-06-06','arXiv','acd25db0-6e98-484b-9169-b44f40afce26','unread',0,'2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL,NULL,'');
INSERT INTO "papers" VALUES(2,'1552bcc8-533c-4e2d-9d34-0774dd4f9bf7',12414217093120,'Mamba: Linear-Time Sequence Modeling','mambalineartimesequencemodeling','','','','','','0d4e50f3-49ac-4972-9c5a-3b5817170503','reading',1,'2026-11-25T15:15:39.990Z','2026-11-25T15:15:39.997Z',NULL,NULL,'');
INSERT INTO "papers" VALUES(3,'5ec67b03-2395-4605-959a-3ce0357f9453',12414217093121,'A paper in the trash','apaperinthetrash','','','','','','02d0092c-dfe0-4bc9-839e-bb642260ef55','unread',0,'2026-11-25T15:15:39.995Z','2026-11-25T15:15:39.995Z','2026-11-25T15:15:39.995Z',NULL,'');
CREATE TABLE reading_positions (
  attachment TEXT PRIMARY KEY,
  page INTEGER NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  zoom TEXT NOT NULL,
  modified TEXT NOT NULL
, layout TEXT NOT NULL DEFAULT '', rotation INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "reading_positions" VALUES('c4748c2d-60ae-47e9-ab55-213aab86064c',1,0.0,10.0,'fit-width','2026-11-25T15:15:39.998Z','',0);
ANALYZE "sqlite_master";
INSERT INTO "sqlite_stat1" VALUES('changes','changes_of_batch','15 2 1');
INSERT INTO "sqlite_stat1" VALUES('changes','sqlite_autoindex_changes_1','15 1');
INSERT INTO "sqlite_stat1" VALUES('batches','batches_by_state','9 3 1');
INSERT INTO "sqlite_stat1" VALUES('batches','sqlite_autoindex_batches_1','9 1');
INSERT INTO "sqlite_stat1" VALUES('paper_tags','paper_tags_by_tag','3 1');
INSERT INTO "sqlite_stat1" VALUES('paper_tags','paper_tags','3 2 1');
INSERT INTO "sqlite_stat1" VALUES('page_entries','page_entries_of','1 1');
INSERT INTO "sqlite_stat1" VALUES('page_entries','page_entries','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('attachments','attachments_by_hash','1 1');
INSERT INTO "sqlite_stat1" VALUES('attachments','attachments_of','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('attachments','sqlite_autoindex_attachments_1','1 1');
INSERT INTO "sqlite_stat1" VALUES('_sqlite_migrations','idx__sqlite_migrations_migration_set_name','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('editions','editions_of','4 2 1');
INSERT INTO "sqlite_stat1" VALUES('editions','sqlite_autoindex_editions_1','4 1');
INSERT INTO "sqlite_stat1" VALUES('collection_papers','collection_papers_of','1 1');
INSERT INTO "sqlite_stat1" VALUES('collection_papers','collection_papers','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('authors','authors','2 2 1');
INSERT INTO "sqlite_stat1" VALUES('links','links','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('notes','notes_of','3 2 1');
INSERT INTO "sqlite_stat1" VALUES('notes','sqlite_autoindex_notes_1','3 1');
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  color INTEGER NOT NULL DEFAULT 0,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  deleted TEXT
);
INSERT INTO "tags" VALUES(1,'cb1620aa-8a94-463b-b1d2-89e9717a44f6','flows',0,'2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "tags" VALUES(2,'30c8abb7-31c9-4cb5-826b-88bc3f0c04c3','to read',1,'2026-11-25T15:15:39.988Z','2026-11-25T15:15:39.988Z',NULL);
INSERT INTO "tags" VALUES(3,'719654ed-d4bf-425d-9bfa-30815acbb479','later',2,'2026-11-25T15:15:39.994Z','2026-11-25T15:15:39.994Z',NULL);
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
INSERT INTO "templates" VALUES(1,'c3000000-0000-4000-8000-000000000001','note','Mine','# {title}','2026-11-01T10:00:00.000Z','2026-11-01T10:00:00.000Z',NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX papers_live ON papers (ord) WHERE deleted IS NULL AND gone IS NULL;
CREATE INDEX papers_state ON papers (reading_state, ord)
  WHERE deleted IS NULL AND gone IS NULL;
CREATE INDEX papers_starred ON papers (ord)
  WHERE starred = 1 AND deleted IS NULL AND gone IS NULL;
CREATE INDEX papers_trash ON papers (ord) WHERE deleted IS NOT NULL AND gone IS NULL;
CREATE INDEX papers_by_title ON papers (title_key);
CREATE INDEX papers_by_author ON papers (author_key, ord);
CREATE INDEX papers_by_created ON papers (created, ord);
CREATE INDEX editions_of ON editions (paper_id, position);
CREATE INDEX identifiers_by_value ON identifiers (value, scheme);
CREATE INDEX notes_of ON notes (paper_id, position) WHERE deleted IS NULL;
CREATE INDEX attachments_of ON attachments (paper_id, position) WHERE deleted IS NULL;
CREATE INDEX attachments_by_hash ON attachments (sha256);
CREATE UNIQUE INDEX pages_once ON pages (feed, date, coalesce(iso, ''));
CREATE INDEX page_entries_of ON page_entries (paper_id);
CREATE UNIQUE INDEX tags_once ON tags (name) WHERE deleted IS NULL;
CREATE INDEX paper_tags_by_tag ON paper_tags (tag_id);
CREATE UNIQUE INDEX collections_once ON collections (path) WHERE deleted IS NULL;
CREATE INDEX collection_papers_of ON collection_papers (paper_id);
CREATE INDEX batches_by_state ON batches (state, id);
CREATE INDEX changes_of_batch ON changes (batch, id);
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
CREATE INDEX bookmarks_of ON bookmarks (attachment, page) WHERE deleted IS NULL;
CREATE INDEX annotations_of ON annotations (attachment, page) WHERE deleted IS NULL;
CREATE INDEX annotations_by_color ON annotations (color, kind, id) WHERE deleted IS NULL;
CREATE INDEX annotations_by_kind ON annotations (kind, id) WHERE deleted IS NULL;
CREATE INDEX annotations_by_card ON annotations (card, id) WHERE deleted IS NULL AND card <> '';
CREATE INDEX annotations_by_date ON annotations (created, id) WHERE deleted IS NULL;
CREATE INDEX annotations_unplaced ON annotations (attachment) WHERE placed = 0 AND deleted IS NULL;
CREATE INDEX annotation_tags_by_tag ON annotation_tags (tag_id, annotation_id);
CREATE TRIGGER todo_annotation_new AFTER INSERT ON annotations BEGIN
  INSERT OR IGNORE INTO annotation_todo VALUES (new.id); END;
CREATE TRIGGER todo_annotation AFTER UPDATE OF quote, comment, deleted ON annotations BEGIN
  INSERT OR IGNORE INTO annotation_todo VALUES (new.id); END;
CREATE TRIGGER todo_annotation_gone AFTER DELETE ON annotations BEGIN
  INSERT OR IGNORE INTO annotation_todo VALUES (old.id); END;
CREATE INDEX note_states_of ON note_states (note, id);
CREATE INDEX note_links_to ON note_links (target, kind);
CREATE INDEX notes_free ON notes (modified) WHERE paper_id IS NULL AND deleted IS NULL;
COMMIT;
PRAGMA application_id=1347572292;
PRAGMA user_version=3;
