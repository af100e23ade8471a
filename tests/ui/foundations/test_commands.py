"""Commands and the palette: one table, keys that never fight with typing, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMainWindow
from pytestqt.qtbot import QtBot

from reader.settings import Settings
from reader.ui.commands.actions import CommandSet
from reader.ui.commands.palette import Entry, Palette, match
from reader.ui.commands.row import Command
from reader.ui.commands.table import LIBRARY, MENUS, WINDOW
from reader.ui.icons import ROLES
from reader.ui.notes.commands import NOTE
from reader.ui.tabs.commands import TABS
from reader.ui.theme import Theme
from reader.ui.viewer.features import viewer_rows

ROWS = (*WINDOW, *TABS, *LIBRARY, *NOTE, *viewer_rows())


class Target:
    """Notes what is called on it."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def star(self) -> None:
        self.called.append("star")

    def show(self, on: bool) -> None:
        self.called.append(f"show {on}")


MINE = (
    Command("my.star", "Star", "mine", "star", ("S",), "star", enabled="selection"),
    Command("my.show", "Sidebar", "mine", "show", ("Ctrl+B",), checkable=True, checked="shown"),
)


class Desk:
    """A window with a text field and a list."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.window = QMainWindow()
        self.list, self.field = QListWidget(self.window), QLineEdit(self.window)
        self.field.move(0, 300)
        self.window.setCentralWidget(self.list)
        self.commands = CommandSet(self.window, settings)
        self.target = Target()
        self.commands.add(MINE)
        self.commands.bind("mine", self.target)
        qtbot.addWidget(self.window)
        self.window.resize(900, 600)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, Settings(tmp_path / "settings.json"))


def test_an_action_follows_its_conditions_and_a_click_does_not_stay_by_itself(desk: Desk) -> None:
    star, shown = desk.commands.action("my.star"), desk.commands.action("my.show")
    # GIVEN conditions that hold WHEN they are told again THEN nothing is to be done
    desk.commands.update({"selection": True, "shown": False})
    told: list[bool] = []
    star.enabledChanged.connect(told.append)
    desk.commands.update({"selection": True})
    assert star.isEnabled() and told == []
    # WHEN one no longer holds THEN its action is disabled, and enabled when it does again
    desk.commands.update({"selection": False})
    desk.commands.update({"selection": True})
    assert told == [False, True]
    # WHEN a click checks an action and nothing came of it THEN what is told next unchecks it
    shown.trigger()
    assert desk.target.called == ["show True"] and shown.isChecked()
    desk.commands.update({"shown": False})
    assert not shown.isChecked()
    # WHEN nobody is there to be called THEN all are disabled
    desk.commands.bind("mine", None)
    assert not star.isEnabled() and not shown.isEnabled()


def test_ids_are_unique_and_rows_name_what_exists() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert {row.menu for row in ROWS} - {""} <= set(MENUS)
    assert {row.icon for row in ROWS} - {""} <= ROLES.keys()


def test_no_key_means_two_things_in_one_place() -> None:
    for place in ({"window", "tabs", "library"}, {"window", "tabs", "viewer"}, {"note"}):
        keys = [key for row in ROWS if row.target in place for key in row.keys]
        assert sorted(keys) == sorted(set(keys))


def test_a_command_waits_for_its_condition_and_its_target(desk: Desk) -> None:
    star = desk.commands.action("my.star")
    assert not star.isEnabled()
    desk.commands.update({"selection": True})
    assert star.isEnabled()
    star.trigger()
    desk.commands.bind("mine", None)
    assert not star.isEnabled()
    assert desk.target.called == ["star"]


def test_a_checkable_command_gets_and_shows_its_state(desk: Desk) -> None:
    desk.commands.action("my.show").trigger()
    assert desk.target.called == ["show True"]
    desk.commands.update({"shown": False})
    assert not desk.commands.action("my.show").isChecked()


def test_letters_act_in_a_list_and_are_letters_in_a_text(desk: Desk, qtbot: QtBot) -> None:
    desk.commands.update({"selection": True})
    desk.list.setFocus()
    qtbot.keyClick(desk.list, Qt.Key.Key_S)
    assert desk.target.called == ["star"]
    desk.field.setFocus()
    qtbot.keyClick(desk.field, Qt.Key.Key_S)
    qtbot.keyClick(desk.field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert (desk.field.text(), desk.target.called) == ("s", ["star", "show True"])


def test_own_keys_replace_those_it_came_with_and_are_in_the_tip(desk: Desk) -> None:
    assert "(S)" in desk.commands.tip("my.star")
    desk.commands._settings.set_keys("my.star", "Ctrl+J")
    desk.commands.set_keys("my.star")
    assert "(Ctrl+J)" in desk.commands.tip("my.star")
    assert [key.toString() for key in desk.commands.action("my.star").shortcuts()] == ["Ctrl+J"]


def papers(text: str, found: Callable[[str, list[Entry]], None]) -> None:
    found(text, [Entry("Scaling Laws", lambda: None)] if "sc" in text else [])


@pytest.fixture
def palette(desk: Desk, qapp: QApplication) -> Palette:
    desk.commands.update({"selection": True})
    return Palette(desk.window, desk.commands, Theme(qapp, "light"), papers)


def test_the_palette_runs_the_chosen_by_keys_alone(
    desk: Desk, palette: Palette, qtbot: QtBot
) -> None:
    # WHEN a command is found by a few letters and Enter is pressed
    palette.open()
    qtbot.keyClicks(palette._edit, "st")
    assert [entry.text for entry in palette.entries()] == ["Star"]
    qtbot.keyClick(palette._edit, Qt.Key.Key_Return)
    # THEN it ran, and the palette is out of the way
    assert desk.target.called == ["star"]
    assert palette.isHidden()


def test_disabled_commands_are_not_offered_and_the_last_used_is_first(
    desk: Desk, palette: Palette
) -> None:
    palette.open()
    assert [entry.text for entry in palette.entries()] == ["Star", "Sidebar"]
    palette.entries()[1].run()
    palette.open()
    assert [entry.text for entry in palette.entries()] == ["Sidebar", "Star"]
    desk.commands.update({"selection": False})
    palette.open()
    assert [entry.text for entry in palette.entries()] == ["Sidebar"]


def test_papers_are_looked_up_and_a_late_answer_is_dropped(palette: Palette, qtbot: QtBot) -> None:
    palette.open()
    qtbot.keyClicks(palette._edit, "sc")
    qtbot.waitUntil(lambda: [entry.text for entry in palette.entries()] == ["Scaling Laws"])
    palette._papers_found("what was asked before", [Entry("Late", lambda: None)])
    assert [entry.text for entry in palette.entries()] == ["Scaling Laws"]


@pytest.mark.parametrize(
    "needle, text, letters",
    [
        ("mr", "Mark as read", "Mr"),
        ("read", "Mark as read", "read"),
        ("STAR", "Star", "Star"),
        ("", "Anything", ""),
    ],
)
def test_letters_found_are_the_letters_asked_for(needle: str, text: str, letters: str) -> None:
    hit = match(needle, text)
    assert hit is not None
    assert "".join(text[place] for place in hit[1]) == letters


@given(st.text(max_size=12), st.text(max_size=40))
def test_places_are_always_inside_the_text_and_in_order(needle: str, text: str) -> None:
    hit = match(needle, text)
    if hit is not None:
        assert list(hit[1]) == sorted(set(hit[1]))
        assert all(0 <= place < len(text) for place in hit[1])
