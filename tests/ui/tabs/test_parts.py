"""The parts of tabs that need no window: order, memory, places, what is remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.domain.annotation import ReadingPosition
from reader.settings import WindowState
from reader.ui.tabs.loose import LoosePlaces
from reader.ui.tabs.order import Closed, Recency
from reader.ui.tabs.rest import due
from reader.ui.tabs.tab import Half, Tab, place_of_json, recalled, remembered
from reader.ui.viewer.history import History, SharedHistory, Visit


def no_library(_attachment: str) -> None:
    """Knows no attachment."""


def files(folder: Path, *names: str) -> list[Path]:
    made = [folder / name for name in names]
    for path in made:
        path.write_bytes(b"%PDF-")
    return made


def test_what_was_seen_last_comes_first_and_what_was_never_seen_keeps_its_order() -> None:
    recency: Recency[str] = Recency()
    for name in ("a", "c", "a", "b"):
        recency.touch(name)
    assert recency.order(["a", "b", "c", "x", "y"]) == ["b", "a", "c", "x", "y"]
    recency.drop("b")
    assert recency.order(["a", "b"]) == ["a", "b"]


def test_closed_tabs_come_back_last_first_without_those_whose_file_is_gone(tmp_path: Path) -> None:
    closed = Closed()
    paths = files(tmp_path, "a", "b", "c")
    for place, path in enumerate(paths):
        closed.put(place, Tab([Half(path.name, path)]))
    paths[1].unlink()
    taken = [closed.take(), closed.take(), closed.take()]
    assert [found and (found[0], found[1].title) for found in taken] == [(2, "c"), (0, "a"), None]
    assert not closed


def test_a_split_tab_is_remembered_whole(tmp_path: Path) -> None:
    one, other = files(tmp_path, "a.pdf", "b.pdf")
    place = ReadingPosition(7, 0.0, 12.5, "1.25", "two-odd", 90)
    tab = Tab(
        [Half("A", one, "paper", "attachment", place), Half("B", other)], True, 0.3, 1, "geometry"
    )
    back = recalled(json.loads(json.dumps(remembered(tab))), no_library)
    assert back is not None
    assert remembered(back) == remembered(tab)
    assert back.halves[0].position == place
    # AND without the file of one half, the other one fills the tab
    one.unlink()
    left = recalled(remembered(tab), no_library)
    assert left is not None
    assert [half.title for half in left.halves] == ["B"]
    assert left.half.title == "B"


def test_a_tab_remembered_by_an_older_version_is_one_half(tmp_path: Path) -> None:
    (path,) = files(tmp_path, "a.pdf")
    found = recalled({"title": "A", "path": str(path), "paper": "p", "attachment": "x"}, no_library)
    assert found is not None
    assert (found.title, found.path, found.paper, found.split()) == ("A", path, "p", False)


@pytest.mark.parametrize(
    "item",
    [None, 3, [], {}, {"halves": "x"}, {"halves": [1, {}]}, {"path": "\0"}, {"halves": []}],
)
def test_what_is_no_tab_is_left_out(item: object) -> None:
    assert recalled(item, no_library) is None


@pytest.mark.parametrize("item", [None, [], {"page": "1"}, {"page": 1, "x": 0.0, "y": 0.0}])
def test_what_is_no_place_is_none(item: object) -> None:
    assert place_of_json(item) is None


def test_places_of_loose_files_are_found_by_path_else_by_content(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.json", tmp_path)
    places = LoosePlaces(state)
    here = ReadingPosition(3, 0.0, 40.0, "page")
    places.put(Path("/a.pdf"), "sha", here)
    for number in range(199):
        places.put(Path(f"/{number}.pdf"), "", ReadingPosition(number))
    # WHEN the program starts again
    state.save()
    again = LoosePlaces(WindowState(tmp_path / "window.json", tmp_path))
    assert again.of_path(Path("/a.pdf")) == here
    assert again.of_content("sha") == here
    assert again.of_content("") is None
    # THEN what was read longest ago goes first when there is no room
    again.put(Path("/new.pdf"), "", here)
    assert again.of_path(Path("/a.pdf")) is None
    assert again.of_path(Path("/0.pdf")) == ReadingPosition(0)


def test_those_unseen_for_long_rest_and_those_beyond_the_budget_too() -> None:
    unseen = [(100.0, 10), (30.0, 10), (95.0, 10), (99.0, 10)]
    assert due(unseen, 101.0, after=60.0, most=9, budget=1000) == [1]
    assert due(unseen, 101.0, after=600.0, most=2, budget=1000) == [1, 2]
    assert due(unseen, 101.0, after=600.0, most=9, budget=25) == [1, 2]
    assert due([], 0.0) == []


def test_one_history_leads_from_document_to_document() -> None:
    whole: History[Visit] = History()
    asked: list[Visit] = []
    one, other = (SharedHistory(whole, name, asked.append) for name in ("one", "other"))
    a, b, c = (ReadingPosition(page) for page in (1, 2, 3))
    # GIVEN a jump inside the first, and one from there into the second
    one.leave(a)
    whole.leave(Visit("one", b))
    assert other.can_go_back
    # WHEN the reader goes back in the second THEN the window is asked to show the first
    assert other.back(c) is None
    assert asked == [Visit("one", b)]
    # AND then it goes on inside the first
    assert one.back(b) == a
    assert not one.can_go_back
    # AND forward again, to the end
    assert one.forward(a) == b
    assert one.forward(b) is None
    assert asked[-1] == Visit("other", c)
    assert other.forward(c) is None
