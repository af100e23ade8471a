"""Search tells the truth: after any edit, any crash, and whatever becomes of search.db."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.domain.errors import LibraryError
from reader.domain.fold import index_words, query_words
from reader.domain.lists import Scope
from reader.domain.paper import Author, Paper
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing
from reader.services.lanes import to_the_end
from tests.library.shelf import (
    WORDS,
    add,
    catch_up,
    full_paper,
    open_writer,
    outside,
    redo,
    some_text,
    titles,
    undo,
    whole,
    writing,
)

TYPED = ["flow", "pre-training", "pretraining", "low", "c++", "schro", "深度", "学习", "trans",
         "model agent", "flow matching", "code -image", "zzz"]  # fmt: skip


def texts(paper: Paper) -> str:
    return " \n ".join(
        [
            paper.title,
            paper.abstract,
            *(f"{person.given} {person.family} {person.literal}" for person in paper.authors),
            *(note.text for note in paper.notes),
        ]
    )


def expected(found: dict[str, Paper], typed: str) -> set[str]:
    """What a search by reading every text would find; plain words and -words only."""
    hits = set()
    for uid, paper in found.items():
        words = set(index_words(texts(paper)))
        pieces = typed.split()
        if not paper.deleted and all(
            _holds(words, piece.removeprefix("-"), number == len(pieces) - 1)
            != piece.startswith("-")
            for number, piece in enumerate(pieces)
        ):
            hits.add(uid)
    return hits


def _holds(words: set[str], piece: str, last: bool) -> bool:
    groups = query_words(piece)
    for number, group in enumerate(groups):
        prefix = last and number == len(groups) - 1
        if words.isdisjoint(group) and not (
            prefix and any(word.startswith(tuple(group)) for word in words)
        ):
            return False
    return True


def assert_true(folder: Path, typed: Sequence[str] = TYPED, words: Sequence[str] = WORDS) -> None:
    """The index agrees with the texts, for every word we know."""
    found = whole(folder)
    with closing(Reader(folder)) as reader:
        for text in (*words, *typed):
            hits = set(reader.uids(reader.orders(Scope(), text)))
            assert hits == expected(found, text), text


def edit_something(writer: Writer, chance: random.Random, uids: list[str]) -> None:
    uid = chance.choice(uids)
    match chance.randint(0, 9):
        case 0:
            title = some_text(chance, 5) or "Untitled"
            uids += add(writer, Paper(title, abstract=some_text(chance)))
        case 1:
            editing.set_title(writer, uid, some_text(chance, 4) or "Untitled")
        case 2 | 3:
            editing.save_note(writer, uid, "", some_text(chance))
        case 4:
            editing.set_authors(writer, uid, (Author(chance.choice(WORDS), "Ada"),))
        case 5:
            to_the_end(editing.move_to_trash(writer, [uid]))
        case 6:
            to_the_end(editing.restore_from_trash(writer, uids))
        case 7:
            with writer.edit("Date") as edit:
                [edition] = writer.connection.execute(
                    "SELECT e.uid FROM editions e JOIN papers p ON p.id = e.paper_id "
                    "WHERE p.uid = ? LIMIT 1", [uid]
                ).fetchone()  # fmt: skip
                edit.set("edition", edition, "published", f"202{chance.randint(0, 5)}")
        case 8:
            undo(writer)
        case _:
            redo(writer)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_search_is_true(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    with closing(open_writer(folder)) as writer:
        writer.connection.execute("PRAGMA synchronous=OFF")
        uids = add(writer, *(Paper(f"{some_text(chance, 4)} {n}") for n in range(8)))
        for _ in range(12):
            for _ in range(chance.randint(1, 6)):
                edit_something(writer, chance, uids)
            catch_up(writer)
            assert_true(folder)


class CrashedError(Exception):
    """The program ends here."""


@pytest.mark.parametrize("seed", range(4))
def test_a_crash_between_the_two_commits_is_caught_up(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    with closing(open_writer(folder)) as writer:
        uids = add(writer, *(Paper(f"{some_text(chance, 4)} {n}") for n in range(5)))
        catch_up(writer)
    for _ in range(3):
        # GIVEN edits whose indexing is cut off after search.db was committed
        with closing(open_writer(folder)) as writer:
            for _ in range(4):
                edit_something(writer, chance, uids)
            crash_after_the_first_commit(writer)
        # WHEN more is edited and the index catches up THEN it agrees
        with writing(folder) as writer:
            edit_something(writer, chance, uids)
        assert_true(folder)


def crash_after_the_first_commit(writer: Writer) -> None:
    library = writer.index._library

    class Dying:
        def __getattr__(self, name: str) -> object:
            return getattr(library, name)

        def execute(self, sql: str, *values: Any) -> object:
            if sql == "COMMIT":
                raise CrashedError
            return library.execute(sql, *values)

    writer.index._library = Dying()  # type: ignore[assignment]
    with pytest.raises(CrashedError):
        writer.index.step()


@pytest.fixture
def filled(folder: Path) -> Path:
    """A library of twenty papers, indexed and closed."""
    chance = random.Random(7)
    with writing(folder) as writer:
        add(writer, full_paper())
        add(writer, *(Paper(f"{some_text(chance, 4)} {n}", abstract=some_text(chance))
                      for n in range(20)))  # fmt: skip
    return folder


def gone(folder: Path) -> None:
    (folder / "search.db").unlink()


def torn(folder: Path) -> None:
    path = folder / "search.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def empty(folder: Path) -> None:
    (folder / "search.db").write_bytes(b"")


def garbage(folder: Path) -> None:
    (folder / "search.db").write_bytes(b"nonsense" * 5000)


def another_library_s(folder: Path) -> None:
    other = folder.parent / "other"
    with writing(other) as writer:
        add(writer, "flow of another library", "diffusion")
    shutil.copy(other / "search.db", folder / "search.db")


def an_older_one(folder: Path) -> None:
    kept = folder.parent / "older.db"
    shutil.copy(folder / "search.db", kept)
    for number in range(2):
        with writing(folder) as writer:
            add(writer, f"Newer code {number}")
    shutil.copy(kept, folder / "search.db")


def older_rules(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "search.db")) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'fold'")
        connection.commit()


@pytest.mark.parametrize(
    "harm", [gone, torn, empty, garbage, another_library_s, an_older_one, older_rules]
)
def test_whatever_becomes_of_the_index_it_is_made_anew(
    filled: Path, harm: Callable[[Path], None]
) -> None:
    harm(filled)
    with writing(filled):
        pass
    assert_true(filled)


def test_an_older_library_put_back_beside_a_newer_index(filled: Path) -> None:
    # GIVEN library.db as it was one indexed step ago
    kept = filled.parent / "older.db"
    shutil.copy(filled / "library.db", kept)
    with writing(filled) as writer:
        for uid in whole(filled):
            editing.set_title(writer, uid, "agent agent")
    shutil.copy(kept, filled / "library.db")
    # THEN the titles of then are found, and not those of later
    with writing(filled):
        pass
    assert_true(filled)


def test_rot_inside_the_index_is_noticed_when_it_is_written(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "search.db")) as connection:
        connection.execute("UPDATE words_data SET block = x'00112233'")
        connection.commit()
    with writing(filled) as writer:
        add(writer, "flow into a rotten index")
    assert_true(filled)


def test_rot_inside_the_index_is_noticed_when_it_is_read(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "search.db")) as connection:
        connection.execute("UPDATE words_data SET block = x'00112233' WHERE id > 10")
        connection.commit()
    # GIVEN such an index WHEN one searches THEN it is blamed, and not the library
    with closing(Reader(filled)) as reader:
        with pytest.raises(LibraryError, match="nothing is lost"):
            reader.orders(Scope(), "starflow")
        # AND a writer that is running makes it anew
        with closing(open_writer(filled)) as writer:
            catch_up(writer)
            assert len(reader.orders(Scope(), "starflow")) == 1
    assert_true(filled)


def test_an_index_taken_away_from_a_running_writer(filled: Path) -> None:
    with closing(open_writer(filled)) as writer, closing(Reader(filled)) as reader:
        gone(filled)
        add(writer, "STARFlow again")
        catch_up(writer)
        assert len(reader.orders(Scope(), "starflow")) == 2
        # AND when another program has made it anew
        gone(filled)
        with writing(filled) as other:
            add(other, "STARFlow from elsewhere")
        add(writer, "STARFlow and again")
        catch_up(writer)
        assert len(reader.orders(Scope(), "starflow")) == 4
    assert_true(filled)


def test_an_outside_edit_is_found(filled: Path) -> None:
    # GIVEN titles changed by another SQLite tool WHEN the library is opened THEN search knows
    outside(filled, "UPDATE papers SET title = 'zebra ' || title WHERE id % 2")
    outside(filled, "DELETE FROM notes")
    with writing(filled):
        pass
    assert_true(filled, ["zebra", "zebra flow", "thoughts"])
    assert titles(filled, "zebra")


def test_a_reader_notices_another_index(filled: Path) -> None:
    # GIVEN a reader that has searched WHEN the index is made anew under it
    with closing(Reader(filled)) as reader:
        before = len(reader.orders(Scope(), "starflow"))
        gone(filled)
        with pytest.raises(LibraryError, match="being made"):
            reader.orders(Scope(), "starflow")
        with writing(filled) as writer:
            add(writer, "STARFlow again")
        assert len(reader.orders(Scope(), "starflow")) == before + 1


def test_a_half_made_index_gives_no_half_answer(filled: Path) -> None:
    gone(filled)
    with closing(open_writer(filled)) as writer, closing(Reader(filled)) as reader:
        with pytest.raises(LibraryError, match="being made"):
            reader.orders(Scope(), "starflow")
        assert len(reader.orders(Scope(), "-has:pdf")) == 21  # needs no index
        catch_up(writer)
        assert len(reader.orders(Scope(), "starflow")) == 1


def test_many_places_change_hands_at_once(folder: Path, writer: Writer) -> None:
    """Papers that take each other's `ord` do not stop the index, however far apart they are."""
    add(writer, *(f"paper {n} flow" for n in range(500)))
    catch_up(writer)
    with writer.transaction() as connection:
        highest = connection.execute("SELECT max(ord) FROM papers").fetchone()[0]
        connection.execute("UPDATE papers SET ord = ord + 1000")
        connection.execute("UPDATE papers SET ord = ? - (ord - 1000 - ?)", [highest, highest - 499])
    catch_up(writer)
    assert_true(folder, ["paper 7", "flow"])


def test_a_tag_s_rename_does_not_touch_the_index(folder: Path, writer: Writer) -> None:
    [uid] = add(writer, full_paper())
    catch_up(writer)
    to_the_end(editing.set_starred(writer, [uid], True))
    to_the_end(editing.change_tags(writer, [uid], ["new"]))
    assert not writer.index.behind()
