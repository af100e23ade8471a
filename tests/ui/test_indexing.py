"""What changes is found by its words soon after, whatever else goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from reader.services.lanes import Priority
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven


def note(win: Driven, text: str) -> None:
    """Write a note of the paper that is shown, and see it saved."""
    uid = win.paper().uid
    win.until(win.note.isEnabled)
    win.focus(win.note)
    win.type(text)
    win.until(lambda: win.note_on_disk(uid) == text)


def search(win: Driven, text: str) -> None:
    win.focus(win.list)
    win.key(Qt.Key.Key_Slash)
    win.until(win.search.hasFocus)
    win.type(text)


def test_what_changes_while_the_index_catches_up_is_not_forgotten(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an index that has looked for what changed, and is not told to be at its end yet
    lane, held = win.app.write_lane, list[Future[Any]]()
    submit = lane.submit

    def holding(
        work: Callable[..., Any], *args: Any, priority: int = Priority.NORMAL
    ) -> Future[Any]:
        if priority != Priority.INDEX or held:
            return submit(work, *args, priority=priority)
        held.append(Future())
        return held[0]

    win.settled()
    monkeypatch.setattr(lane, "submit", holding)
    win.app.desk.catch_up()
    # WHEN a note is written, and it is time to index it
    due = list[None]()
    win.app.desk._index_soon.timeout.connect(lambda: due.append(None))
    note(win, "xylophone")
    win.until(lambda: due)
    # THEN that is done when the index is at its end
    held[0].set_result(None)
    search(win, "xylophone")
    win.until(lambda: win.rows() == 1)


def test_a_search_that_was_typed_before_the_index_knew_is_answered_again(win: Driven) -> None:
    note(win, "xylophone")
    search(win, "xylophone")
    win.until(lambda: win.rows() == 1)


def test_what_was_written_just_before_the_end_is_found_at_the_next_start(
    win: Driven, start: Start, library: Path
) -> None:
    # GIVEN a note that no index has seen when the window is closed
    note(win, "xylophone")
    end(win)
    # WHEN the library is opened again, and its word is searched for
    again = start(library)
    search(again, "xylophone")
    again.until(lambda: again.rows() == 1)
