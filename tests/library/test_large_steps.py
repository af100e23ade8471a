"""A large step is done and taken back in slices: notes go between, and no half is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.errors import NotFoundError
from reader.domain.paper import Paper, ReadingState
from reader.library import history, papers, writing
from reader.library.writing import Writer
from reader.services import editing
from reader.services.lanes import Steps, to_the_end
from tests.library.shelf import add, open_writer, redo, undo, whole


def many(writer: Writer, count: int = 400) -> None:
    """One step that changes many papers."""
    with writer.edit("Import") as edit:
        for number in range(count):
            papers.add(edit, Paper(f"Paper {number}", tags=("t",)))


@pytest.mark.parametrize("again", [False, True], ids=["undo", "redo"])
def test_notes_are_saved_in_the_middle_of_a_large_step(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    monkeypatch.setattr(writing, "_SLICE", 0.0)
    [mine] = add(writer, "Mine")
    many(writer)
    if again:
        undo(writer)
    # WHEN a note is saved between two slices
    steps = Steps((editing.redo if again else editing.undo)(writer))
    for number, _ in enumerate(steps):
        assert not writer.connection.in_transaction
        assert history.unfinished(writer.connection), "the library says that it is on its way"
        if number == 2:
            editing.save_note(writer, mine, "", "a thought in the middle")
    # THEN the step comes to its end, with all that it changed, and the note is there
    assert steps.answer is not None
    label, changes = steps.answer
    assert (label, len(changes.papers)) == ("Import", 400)
    assert history.unfinished(writer.connection) is None
    kept = whole(folder)
    assert len(kept) == (401 if again else 1)
    assert kept[mine].note == "a thought in the middle"
    # AND what was written meanwhile is the next to be undone, and ended what could be redone
    assert redo(writer) is None
    done = undo(writer)
    assert done and done[0] == "Edit note"


CHANGES: dict[str, tuple[Callable[[Writer, list[str]], editing.Edits], Callable[[Paper], bool]]] = {
    "state": (
        lambda writer, uids: editing.set_state(writer, uids, ReadingState.READ),
        lambda paper: paper.reading_state == "read",
    ),
    "star": (
        lambda writer, uids: editing.set_starred(writer, uids, True),
        lambda paper: paper.starred,
    ),
    "tags": (
        lambda writer, uids: editing.change_tags(writer, uids, ["new"], ["t"]),
        lambda paper: paper.tags == ("new",),
    ),
    "collection": (
        lambda writer, uids: editing.add_to_collection(writer, uids, "A/B"),
        lambda paper: paper.collections == ("A/B",),
    ),
    "trash": (editing.move_to_trash, lambda paper: bool(paper.deleted)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_notes_are_saved_in_the_middle_of_a_change_of_many_papers(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(editing, "_SLICE", 0.0)
    change, done = CHANGES[name]
    many(writer, 20)
    before = whole(folder)
    # WHEN a note of the last paper is saved between two slices
    steps = Steps(change(writer, list(before)))
    last = list(before)[-1]
    for number, _ in enumerate(steps):
        assert not writer.connection.in_transaction
        if number == 2:
            editing.save_note(writer, last, "", "a thought in the middle")
    # THEN the change comes to its end, and tells all that it changed
    assert steps.answer.papers == set(before)
    after = whole(folder)
    assert all(done(paper) for paper in after.values())
    assert after[last].note == "a thought in the middle"
    # AND it is one step, which undo takes back after the note's
    assert undo(writer) and undo(writer)
    assert whole(folder) == before
    assert redo(writer) and all(done(paper) for paper in whole(folder).values())


def test_a_change_of_many_papers_cut_short_is_partly_done_and_one_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "_SLICE", 0.0)
    with closing(open_writer(folder)) as writer:
        many(writer, 20)
        before = whole(folder)
        steps = editing.change_tags(writer, list(before), ["new"], ["t"])
        for _ in range(6):
            next(steps)
        # GIVEN a process that ends here
    with closing(open_writer(folder)) as writer:
        # WHEN the library is opened again THEN each paper is changed whole or not at all
        tags = [paper.tags for paper in whole(folder).values()]
        assert sorted(tags) == [("new",)] * 6 + [("t",)] * 14
        # AND undo takes back what was done
        done = undo(writer)
        assert done and len(done[1].papers) == 6
        assert whole(folder) == before
        # AND doing it again comes to the end
        to_the_end(editing.change_tags(writer, list(before), ["new"], ["t"]))
        assert {paper.tags for paper in whole(folder).values()} == {("new",)}


def test_a_change_of_many_papers_undone_by_another_program_can_still_be_undone(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "_SLICE", 0.0)
    many(writer, 20)
    before = whole(folder)
    steps = editing.set_starred(writer, list(before), True)
    for _ in range(6):
        next(steps)
    with closing(open_writer(folder)) as other:
        assert undo(other)
    for _ in steps:
        pass
    # THEN what was changed afterwards is a step of its own
    assert sum(paper.starred for paper in whole(folder).values()) == 14
    assert undo(writer)
    assert whole(folder) == before


def test_a_selection_with_a_stranger_far_down_changes_nothing(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "_SLICE", 0.0)
    monkeypatch.setattr(editing, "_LOOKED_UP", 5)
    many(writer, 20)
    before = whole(folder, times=True)
    with pytest.raises(NotFoundError):
        to_the_end(editing.set_starred(writer, [*before, "nobody"], True))
    assert whole(folder, times=True) == before


@pytest.mark.parametrize("again", [False, True], ids=["undo", "redo"])
def test_a_step_cut_short_goes_on_at_the_next_opening(
    folder: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    monkeypatch.setattr(writing, "_SLICE", 0.0)
    with closing(open_writer(folder)) as writer:
        many(writer)
        if again:
            undo(writer)
        steps = Steps((editing.redo if again else editing.undo)(writer))
        for _ in range(3):
            next(steps)
        # GIVEN a process that ends here
    assert 0 < len(whole(folder)) < 400
    with closing(open_writer(folder)) as writer:
        assert history.unfinished(writer.connection)
        # WHEN the library is opened again
        rest = Steps(editing.finish_step(writer))
        for _ in rest:
            pass
        # THEN the step is whole, and can be gone the other way
        assert 0 < len(rest.answer.papers) < 400
        assert len(whole(folder)) == (400 if again else 0)
        assert (undo if again else redo)(writer)
        assert len(whole(folder)) == (0 if again else 400)
        assert history.unfinished(writer.connection) is None


def test_a_step_cut_short_is_finished_before_the_next(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_SLICE", 0.0)
    add(writer, "First")
    many(writer)
    steps = Steps(editing.undo(writer))
    next(steps)
    steps.close()
    # WHEN the next undo comes without a new start THEN both steps are whole
    done = undo(writer)
    assert done and done[0] == "Add"
    assert whole(folder) == {}
    assert redo(writer) and len(whole(folder)) == 1
    assert redo(writer) and len(whole(folder)) == 401
