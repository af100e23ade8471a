"""Every change can be undone and done again, to the very same papers."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import Author, Changes, Edition, Link, PageEntry, Paper, ReadingState
from reader.library import files, papers
from reader.library.files import Stored
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing
from reader.services.lanes import to_the_end
from tests.library.shelf import (
    add,
    catch_up,
    full_paper,
    open_writer,
    outside,
    redo,
    titles,
    undo,
    whole,
)

NAME = st.sampled_from(["one", "two", "Three"])
PATH = st.sampled_from(["A", "A/B", "A/B/C", "D"])
TEXT = st.text(max_size=8)


def named(writer: Writer) -> dict[str, list[tuple[object, ...]]]:
    """Tags and collections as the sidebar shows them, colours too."""
    return {
        "tags": writer.connection.execute(
            "SELECT name, color FROM tags WHERE deleted IS NULL ORDER BY name"
        ).fetchall(),
        "collections": writer.connection.execute(
            "SELECT path FROM collections WHERE deleted IS NULL ORDER BY path"
        ).fetchall(),
    }


class History(RuleBasedStateMachine):
    """Random editing; beside it a plain list of what the library looked like after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.folder = self.home / "library"
        self.writer = open_writer(self.folder)
        self.writer.connection.execute("PRAGMA synchronous=OFF")  # only the time it takes
        self.past: list[object] = []
        self.future: list[object] = []

    def teardown(self) -> None:
        # Undo everything: the library is empty again; redo everything: it is as it was.
        last = self.look()
        while undo(self.writer):
            pass
        assert whole(self.folder) == {}
        assert named(self.writer) == {"tags": [], "collections": []}
        for _ in range(len(self.past)):
            assert redo(self.writer)
        if not self.future:
            assert redo(self.writer) is None
        assert self.look() == last
        catch_up(self.writer)
        assert self.writer.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert self.writer.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        self.writer.close()
        shutil.rmtree(self.home)

    def look(self) -> object:
        return whole(self.folder), named(self.writer)

    def done(self, before: object, changes: Changes) -> None:
        if changes.batch:
            self.past.append(before)
            self.future.clear()
        else:
            assert self.look() == before

    def some(self, data: st.DataObject, *, most: int = 2) -> list[str]:
        return data.draw(st.lists(st.sampled_from(self.uids), min_size=1, max_size=most))

    @initialize()
    def begin(self) -> None:
        before = self.look()
        self.uids = add(self.writer, full_paper(), "Second paper of all", "Third")
        self.past.append(before)

    @rule(title=st.sampled_from(["New one", "Mamba"]), state=st.sampled_from(list(ReadingState)))
    def add_paper(self, title: str, state: ReadingState) -> None:
        before = self.look()
        self.uids += add(self.writer, Paper(title, tags=("one",), reading_state=state))
        self.past.append(before)
        self.future.clear()

    @rule(data=st.data(), state=st.sampled_from(list(ReadingState)))
    def set_state(self, data: st.DataObject, state: ReadingState) -> None:
        self.done(self.look(), to_the_end(editing.set_state(self.writer, self.some(data), state)))

    @rule(data=st.data(), star=st.booleans())
    def star(self, data: st.DataObject, star: bool) -> None:
        self.done(self.look(), to_the_end(editing.set_starred(self.writer, self.some(data), star)))

    @rule(data=st.data(), title=st.text(min_size=1).filter(str.strip))
    def set_title(self, data: st.DataObject, title: str) -> None:
        before = self.look()
        self.done(before, editing.set_title(self.writer, self.some(data)[0], title))

    @rule(data=st.data(), people=st.lists(st.builds(Author, TEXT, TEXT), max_size=3))
    def set_authors(self, data: st.DataObject, people: list[Author]) -> None:
        before, uid = self.look(), self.some(data)[0]
        self.done(before, editing.set_authors(self.writer, uid, tuple(people)))

    @rule(data=st.data(), new=st.lists(NAME, max_size=2), old=st.lists(NAME, max_size=2))
    def tag(self, data: st.DataObject, new: list[str], old: list[str]) -> None:
        before, uids = self.look(), self.some(data)
        try:
            self.done(before, to_the_end(editing.change_tags(self.writer, uids, new, old)))
        except NotFoundError:
            assert self.look() == before

    @rule(data=st.data(), path=PATH, there=st.booleans())
    def collect(self, data: st.DataObject, path: str, there: bool) -> None:
        act = editing.add_to_collection if there else editing.remove_from_collection
        self.done(self.look(), to_the_end(act(self.writer, self.some(data), path)))

    @rule(path=PATH, other=PATH)
    def move_collection(self, path: str, other: str) -> None:
        before = self.look()
        uid = editing.uid_by_name(self.writer.connection, "collection", path)
        try:
            self.done(before, editing.rename_collection(self.writer, uid, other))
        except (NotFoundError, InputError):
            assert self.look() == before

    @rule(kind=st.sampled_from(["tag", "collection"]), name=NAME, path=PATH)
    def remove(self, kind: str, name: str, path: str) -> None:
        wanted = name if kind == "tag" else path
        if uid := editing.uid_by_name(self.writer.connection, kind, wanted):
            self.done(self.look(), editing.remove_named(self.writer, kind, uid))

    @rule(old=NAME, new=NAME, color=st.none() | st.integers(0, 9))
    def change_tag(self, old: str, new: str, color: int | None) -> None:
        before = self.look()
        if uid := editing.uid_by_name(self.writer.connection, "tag", old):
            try:
                self.done(before, editing.change_tag(self.writer, uid, name=new, color=color))
            except InputError:
                assert self.look() == before

    @rule(data=st.data(), what=st.sampled_from(["trash", "restore", "delete"]))
    def throw(self, data: st.DataObject, what: str) -> None:
        act = {
            "trash": editing.move_to_trash,
            "restore": editing.restore_from_trash,
            "delete": editing.delete_for_good,
        }[what]
        before, uids = self.look(), self.some(data)
        changes = to_the_end(act(self.writer, uids))
        # A paper already in the trash, or already gone, only changes the time it went.
        if changes.batch:
            self.past.append(before)
            self.future.clear()

    @rule(data=st.data(), text=TEXT)
    def write_note(self, data: st.DataObject, text: str) -> None:
        before, uid = self.look(), self.some(data)[0]
        self.done(before, editing.save_note(self.writer, uid, "", text)[1])

    @rule(data=st.data(), more=st.booleans())
    def meet(self, data: st.DataObject, more: bool) -> None:
        """Another source knows more of a paper."""
        before, uid = self.look(), self.some(data)[0]
        new = Paper(
            "Whatever",
            authors=(Author("New", "Nina"),),
            abstract="An abstract",
            editions=(Edition("", "published", "", "2024", "X", f"10.1000/{int(more)}"),),
            links=(Link("https://x.org", "web"),),
            tags=("two",),
            pages=(PageEntry("Daily papers", f"Jun {int(more)}", None, 4),),
        )
        if uid in whole(self.folder):
            with self.writer.edit("Import") as edit:
                papers.extend(edit, uid, new)
            self.done(before, edit.changes())

    @rule(data=st.data())
    def attach(self, data: st.DataObject) -> None:
        before, uid = self.look(), self.some(data)[0]
        with self.writer.edit("Attach PDF") as edit:
            files.add(edit, uid, Stored("a.pdf", "00", 4), 3)
        self.done(before, edit.changes())

    @rule()
    def undo(self) -> None:
        before = self.look()
        done = undo(self.writer)
        assert (done is None) == (not self.past)
        if done:
            self.future.append(before)
            assert self.look() == self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        before = self.look()
        assert redo(self.writer)
        self.past.append(before)
        assert self.look() == self.future.pop()

    @invariant()
    def every_place_in_the_list_is_taken_once(self) -> None:
        rows = self.writer.connection.execute("SELECT count(*), count(DISTINCT ord) FROM papers")
        one, other = rows.fetchone()
        assert one == other


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_undo_works_after_a_restart(folder: Path) -> None:
    with closing(open_writer(folder)) as writer:
        [uid] = add(writer, "A paper")
        editing.save_note(writer, uid, "", "A thought")
    with closing(open_writer(folder)) as writer:
        assert Reader(folder).undo_labels() == ("Edit note", "")
        done = undo(writer)
        assert done and done[0] == "Edit note" and uid in done[1].papers
        assert whole(folder)[uid].note == ""
        assert Reader(folder).undo_labels() == ("Add", "Edit note")
    with closing(open_writer(folder)) as writer:
        assert redo(writer)
    assert whole(folder)[uid].note == "A thought"


def test_an_hour_of_typing_is_one_step_and_one_logged_change(folder: Path, writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    note, changes = editing.save_note(writer, uid, "", "T")
    for text in ("Th", "Tho", "Thou", "Thought"):
        note, changes = editing.save_note(writer, uid, note, text, changes.batch)
    texts = writer.connection.execute(
        "SELECT count(*) FROM changes WHERE field = 'text'"
    ).fetchone()[0]
    assert texts <= 1
    undo(writer)
    assert whole(folder)[uid].note == ""
    redo(writer)
    assert whole(folder)[uid].note == "Thought"


def test_typing_after_another_change_is_a_step_of_its_own(folder: Path, writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    note, changes = editing.save_note(writer, uid, "", "One")
    to_the_end(editing.set_starred(writer, [uid], True))
    editing.save_note(writer, uid, note, "One two", changes.batch)
    undo(writer)
    assert (whole(folder)[uid].note, whole(folder)[uid].starred) == ("One", True)


def test_typing_on_ends_what_could_be_redone(folder: Path, writer: Writer) -> None:
    # GIVEN a note, a later change of it undone again
    [uid] = add(writer, "A paper")
    note, first = editing.save_note(writer, uid, "", "a")
    editing.save_note(writer, uid, note, "ab")
    undo(writer)
    # WHEN typing goes on in the first step
    editing.save_note(writer, uid, note, "ax", first.batch)
    # THEN redo cannot put the undone text over it
    assert redo(writer) is None
    assert whole(folder)[uid].note == "ax"


def test_typing_in_a_note_that_undo_took_away_brings_it_back(folder: Path, writer: Writer) -> None:
    # GIVEN an editor still open on a note whose first save was undone
    [uid] = add(writer, "A paper")
    note, changes = editing.save_note(writer, uid, "", "Keep")
    undo(writer)
    # WHEN one types on THEN the text is seen and found
    editing.save_note(writer, uid, note, "Keep this", changes.batch)
    catch_up(writer)
    assert whole(folder)[uid].note == "Keep this"
    assert titles(folder, "note:keep") == ["A paper"]


def test_a_step_that_fails_leaves_nothing(folder: Path, writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    before = whole(folder, times=True)
    with pytest.raises(NotFoundError):
        to_the_end(editing.set_state(writer, [uid, "nobody"], ReadingState.READ))
    assert whole(folder, times=True) == before
    assert undo(writer) and whole(folder) == {}


@pytest.mark.parametrize(
    "act",
    [
        lambda writer, uid: editing.set_title(writer, uid, "  "),
        lambda writer, uid: to_the_end(editing.change_tags(writer, [uid], ["\t"])),
        lambda writer, uid: to_the_end(editing.change_tags(writer, [uid], ["x" * 201])),
        lambda writer, uid: to_the_end(editing.change_tags(writer, [uid], [], ["unknown"])),
        lambda writer, uid: to_the_end(editing.add_to_collection(writer, [uid], " / ")),
        lambda writer, uid: editing.save_note(writer, "nobody", "", "text"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    folder: Path, writer: Writer, act: Callable[[Writer, str], object]
) -> None:
    [uid] = add(writer, "A paper")
    before = whole(folder, times=True)
    with pytest.raises((InputError, NotFoundError)):
        act(writer, uid)
    assert whole(folder, times=True) == before


def test_a_changed_date_moves_the_paper_in_the_list(folder: Path, writer: Writer) -> None:
    one, _ = add(
        writer,
        Paper("Older", editions=(Edition(published="2024-01-01"),)),
        Paper("Newer", editions=(Edition(published="2025-01-01"),)),
    )
    assert titles(folder) == ["Newer", "Older"]
    edition = whole(folder)[one].preferred.uid
    with writer.edit("Date") as edit:
        edit.set("edition", edition, "published", "2026-01-01")
    assert titles(folder) == ["Older", "Newer"]
    assert whole(folder)[one].published == "2026-01-01"
    undo(writer)
    assert titles(folder) == ["Newer", "Older"]


def test_the_log_says_what_was_changed(folder: Path, writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    changes = editing.set_title(writer, uid, "Another title")
    row = writer.connection.execute(
        "SELECT entity, entity_uid, field, old, new FROM changes WHERE batch = ?", [changes.batch]
    ).fetchone()
    assert row == ("paper", uid, "title", "A paper", "Another title")
    assert changes.papers == {uid}


def test_a_list_in_the_log_is_json(writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    editing.set_authors(writer, uid, (Author("Gu", "Jiatao"),))
    [new] = writer.connection.execute("SELECT new FROM changes WHERE field = 'authors'").fetchone()
    assert json.loads(new) == [{"family": "Gu", "given": "Jiatao", "literal": ""}]


def test_an_outside_edit_does_not_stop_undo(folder: Path, writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    editing.set_title(writer, uid, "Second")
    outside(folder, "UPDATE papers SET title = 'Outside'")
    assert undo(writer)
    assert whole(folder)[uid].title == "A paper"


def test_a_tag_made_again_does_not_bring_the_old_papers(folder: Path, writer: Writer) -> None:
    one, two = add(writer, "First paper", "Second paper")
    to_the_end(editing.change_tags(writer, [one], ["done"]))
    to_the_end(editing.add_to_collection(writer, [one], "A/B"))
    for kind, name in (("tag", "done"), ("collection", "A")):
        editing.remove_named(writer, kind, editing.uid_by_name(writer.connection, kind, name))
    to_the_end(editing.change_tags(writer, [two], ["done"]))
    to_the_end(editing.add_to_collection(writer, [two], "A/B"))
    found = whole(folder)
    assert (found[one].tags, found[one].collections) == ((), ())
    assert (found[two].tags, found[two].collections) == (("done",), ("A/B",))


def test_what_was_removed_elsewhere_cannot_be_moved(writer: Writer) -> None:
    [uid] = add(writer, "A paper")
    to_the_end(editing.add_to_collection(writer, [uid], "A"))
    gone = editing.uid_by_name(writer.connection, "collection", "A")
    editing.remove_named(writer, "collection", gone)
    for act in (
        lambda: editing.rename_collection(writer, gone, "B"),
        lambda: editing.remove_named(writer, "collection", gone),
    ):
        with pytest.raises(NotFoundError):
            act()
