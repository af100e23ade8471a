"""All command tables together: no key means two things in one place."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from reader.ui.commands.row import Command
from reader.ui.commands.table import LIBRARY, WINDOW
from reader.ui.notes.commands import NOTE
from reader.ui.notes.rows import FREE
from reader.ui.tabs.commands import TABS
from reader.ui.viewer.features import viewer_rows

EVERYWHERE = (*WINDOW, *TABS)
# Where keys are pressed.  The list and the pages are never in front together; the
# editor of a note takes its keys before the window, so those may mean something else there.
PLACES = {
    "list": (*EVERYWHERE, *LIBRARY, *FREE),
    "pages": (*EVERYWHERE, *viewer_rows(), *FREE),
    "note": NOTE,
}
ALL = (*EVERYWHERE, *LIBRARY, *viewer_rows(), *NOTE, *FREE)


def twice(rows: tuple[Command, ...]) -> dict[str, list[str]]:
    """The keys that more than one row has, with the rows."""
    owners: dict[str, list[str]] = {}
    for row in rows:
        for key in row.keys:
            owners.setdefault(QKeySequence(key).toString(), []).append(row.id)
    return {key: ids for key, ids in owners.items() if len(ids) > 1}


def test_no_key_means_two_things_in_one_place() -> None:
    assert {place: twice(rows) for place, rows in PLACES.items()} == {place: {} for place in PLACES}


def test_every_key_is_one_that_qt_knows() -> None:
    unknown = [(row.id, key) for row in ALL for key in row.keys if not QKeySequence(key).toString()]
    assert unknown == []
    assert len(ALL) > 190


def test_every_row_has_an_id_of_its_own() -> None:
    assert [id_ for id_, count in Counter(row.id for row in ALL).items() if count > 1] == []
