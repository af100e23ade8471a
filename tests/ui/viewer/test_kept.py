"""What features keep over restarts: bounded, by document, and distrustful of the file."""

from __future__ import annotations

from pathlib import Path

from reader.settings import WindowState
from reader.ui.viewer.kept import MOST, Kept


def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.json", tmp_path)
    kept = Kept(state)
    kept.put("width", 300)
    kept.keep("portal", "a", {"pins": [1]})
    kept.keep("portal", "b", {"pins": [2]})
    kept.keep("portal", "b", {})
    state.save()
    again = Kept(WindowState(tmp_path / "window.json", tmp_path))
    assert again.number("width", 200, 400) == 300
    assert again.of("portal", "a") == {"pins": [1]}
    assert again.of("portal", "b") == {} == again.of("other", "a")


def test_what_was_changed_longest_ago_is_forgotten() -> None:
    kept = Kept()
    for number in range(MOST):
        kept.keep("portal", str(number), {"n": number})
    kept.keep("portal", "0", {"n": 0})
    kept.keep("portal", "one more", {"n": 1})
    assert kept.of("portal", "0") == {"n": 0}
    assert kept.of("portal", "1") == {}


def test_a_file_that_holds_something_else_is_taken_for_an_empty_one(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.json", tmp_path)
    state.put("features", {"width": "wide", "far": 9_999})
    state.put("documents", {"portal": ["a"], "other": {"a": 3}})
    kept = Kept(state)
    assert kept.number("width", 200, 400) is None
    assert kept.number("far", 200, 400) is None
    assert kept.of("portal", "a") == {} == kept.of("other", "a")
    kept.keep("portal", "a", {"n": 1})
    assert kept.of("portal", "a") == {"n": 1}
