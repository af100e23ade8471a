"""cache.db: kept, found again, bounded, and never in anybody's way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.library import text_cache
from reader.library.text_cache import StoredPage, TextCache

PAGES = [StoredPage("One page.", b"layout 0"), StoredPage("", None), StoredPage("Two.", b"2")]
Make = Callable[..., TextCache]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Caches of one folder, closed at the end."""
    made: list[TextCache] = []

    def open_cache(**options: int) -> TextCache:
        made.append(TextCache(tmp_path, **options))
        return made[-1]

    yield open_cache
    for cache in made:
        cache.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_opened_before_it_is_asked(make: Make, tmp_path: Path) -> None:
    cache = make()
    assert names(tmp_path) == set()
    assert cache.book("a", 1) is None
    assert "cache.db" in names(tmp_path)


def test_what_was_kept_is_there_the_next_time(make: Make) -> None:
    # GIVEN a document's text
    first = make()
    first.put("a", 1, b"book", PAGES)
    first.close()
    # WHEN the program is started again
    again = make()
    # THEN book and pages are there, for the same format only
    assert again.book("a", 1) == b"book"
    assert [again.layout("a", page) for page in range(4)] == [b"layout 0", None, b"2", None]
    assert again.book("a", 2) is None
    assert again.book("b", 1) is None


def test_findings_are_kept_beside_the_text(make: Make) -> None:
    # GIVEN a document's text and what was found in it
    cache = make()
    cache.put("a", 1, b"book", PAGES)
    cache.put_findings("a", "rules 1", b"found")
    cache.put_findings("b", "rules 1", b"of a text that is not kept")
    # THEN they are there for their maker alone
    assert cache.findings("a", "rules 1") == b"found"
    assert cache.findings("a", "rules 2") is None
    assert cache.findings("b", "rules 1") is None
    # AND newer ones take their place
    cache.put_findings("a", "rules 2", b"more found")
    assert cache.findings("a", "rules 1") is None
    assert cache.findings("a", "rules 2") == b"more found"
    # AND they go with the text
    cache.put("a", 1, b"book", PAGES)
    assert cache.findings("a", "rules 2") is None


def test_findings_count_for_the_budget(make: Make, tmp_path: Path) -> None:
    cache = make(budget=1_000)
    cache.put("a", 1, b"x" * 200, [])
    cache.put("b", 1, b"x" * 200, [])
    for length in (300, 500):
        cache.put_findings("b", "rules", b"y" * length)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as peek:
        assert peek.execute("SELECT sha256, bytes FROM documents").fetchall() == [("b", 700)]


def test_a_second_put_takes_the_place_of_the_first(make: Make) -> None:
    cache = make()
    cache.put("a", 1, b"book", PAGES)
    cache.put("a", 2, b"another", PAGES[:1])
    assert (cache.book("a", 1), cache.book("a", 2)) == (None, b"another")
    assert cache.layout("a", 2) is None


def test_plain_text_can_be_indexed_by_sql_alone(make: Make, tmp_path: Path) -> None:
    # GIVEN texts
    cache = make()
    cache.put("a", 1, b"book", PAGES)
    cache.close()
    # WHEN a full-text index is laid over them
    with closing(sqlite3.connect(tmp_path / "cache.db")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE f USING fts5(plain, content=pages, content_rowid=id)"
        )
        connection.execute("INSERT INTO f (f) VALUES ('rebuild')")
        # THEN it finds a document's page
        sql = "SELECT sha256, page FROM f JOIN pages p ON p.id = f.rowid JOIN documents d ON d.id = document_id WHERE f MATCH 'two'"  # fmt: skip
        assert connection.execute(sql).fetchall() == [("a", 2)]


def test_what_was_used_longest_ago_goes_first(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1_000_000, 10_000))
    monkeypatch.setattr(text_cache.time, "time", lambda: next(clock))
    # GIVEN room for four documents, and four in it
    cache = make(budget=4_000)
    for name in "abcd":
        cache.put(name, 1, bytes(980), [])
    # WHEN the first is used and one more comes
    assert cache.book("a", 1) is not None
    cache.put("e", 1, bytes(980), [])
    # THEN the second has gone for it
    assert [name for name in "abcde" if cache.book(name, 1)] == ["a", "c", "d", "e"]


def test_the_file_stays_below_its_budget(make: Make, tmp_path: Path) -> None:
    cache = make(budget=400_000)
    for number in range(20):
        cache.put(str(number), 1, bytes(50_000), [StoredPage("x" * 1000, bytes(40_000))])
    cache.close()
    assert 100_000 < (tmp_path / "cache.db").stat().st_size < 700_000


def test_a_document_too_large_is_not_kept(make: Make) -> None:
    cache = make(budget=4_000)
    cache.put("small", 1, b"book", [])
    cache.put("large", 1, bytes(1_001), [])
    assert cache.book("large", 1) is None
    assert cache.book("small", 1) == b"book"


@pytest.mark.parametrize("spoil", ["noise", "cut", "version", "folder", "table"])
def test_a_damaged_cache_is_made_anew(make: Make, tmp_path: Path, spoil: str) -> None:
    # GIVEN a cache that is no use any more
    file = tmp_path / "cache.db"
    old = make()
    old.put("a", 1, bytes(100_000), PAGES)
    old.close()
    match spoil:
        case "noise":
            file.write_bytes(b"no database at all" * 1000)
        case "cut":
            file.write_bytes(file.read_bytes()[:5_000])
        case "version" | "table":
            sql = "PRAGMA user_version=99" if spoil == "version" else "DROP TABLE pages"
            with closing(sqlite3.connect(file)) as connection:
                connection.execute(sql)
        case _:
            file.unlink()
    # WHEN it is used
    cache = make()
    for _ in range(2):  # the first may only notice
        cache.put("b", 1, b"book", PAGES)
    # THEN it serves
    assert cache.book("b", 1) == b"book"
    assert cache.layout("b", 0) == b"layout 0"


def test_a_put_that_was_cut_off_leaves_nothing(make: Make, tmp_path: Path) -> None:
    # GIVEN a program that ended in the middle of a put
    cache = make()
    cache.put("a", 1, b"book", PAGES)
    cache.put("b", 1, b"book", PAGES)
    cache.close()
    with closing(sqlite3.connect(tmp_path / "cache.db")) as connection:
        connection.execute("UPDATE documents SET whole = 0 WHERE sha256 = 'a'")
        connection.commit()
    # WHEN the cache is opened again
    again = make()
    # THEN that document is not there, and no page of it; the other one is
    assert (again.book("a", 1), again.book("b", 1)) == (None, b"book")
    again.close()
    with closing(sqlite3.connect(tmp_path / "cache.db")) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone() == (len(PAGES),)


def test_where_nothing_can_be_written_there_is_no_cache(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path / "a file"):
        (tmp_path / "a file").write_text("")
        cache = TextCache(folder)
        cache.put("a", 1, b"book", PAGES)
        assert cache.book("a", 1) is None
        cache.close()
    assert names(tmp_path) == {"a file"}


def test_another_program_that_writes_is_not_waited_for_long(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_cache, "_BUSY_MS", 20)
    cache = make()
    cache.put("a", 1, b"book", PAGES)
    with closing(sqlite3.connect(tmp_path / "cache.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert cache.book("a", 1) is None
        other.execute("ROLLBACK")
    assert cache.book("a", 1) == b"book"


def test_a_closed_cache_keeps_and_finds_nothing(make: Make) -> None:
    cache = make()
    cache.put("a", 1, b"book", PAGES)
    cache.drop("a")
    assert cache.book("a", 1) is None
    cache.close()
    cache.put("a", 1, b"book", PAGES)
    assert cache.book("a", 1) is None
