"""A large step is taken back in slices: notes go between, and no half of it is forgotten."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.paper import Paper
from reader.library import history, papers, writing
from reader.library.writing import Writer
from reader.services import editing
from reader.services.lanes import Steps
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
