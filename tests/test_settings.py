"""Settings and the window's state: declared once, stored whole, never in the way."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.errors import InputError, ReaderError
from reader.settings import BY_KEY, SETTINGS, Setting, Settings, WindowState


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def stored(file: Path, text: str) -> Settings:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return Settings(file)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_row_of_the_table_holds_together(setting: Setting) -> None:
    assert setting.text
    assert BY_KEY[setting.key] is setting
    if setting.choices:
        assert setting.default in setting.choices
    if setting.most:
        assert setting.least <= int(setting.default) <= setting.most


def test_a_changed_setting_is_there_at_the_next_start(file: Path) -> None:
    # GIVEN a first start, which writes nothing
    settings = Settings(file)
    assert not file.exists()
    # WHEN settings change
    settings.set("theme", "dark")
    settings.set("reading_size", 18)
    # THEN another start finds them, and no temporary file is left
    again = Settings(file)
    assert (again.text("theme"), again.number("reading_size")) == ("dark", 18)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_keys_of_another_version_are_kept(file: Path) -> None:
    settings = stored(file, '{"tomorrow": [1, 2], "theme": "light"}')
    settings.set("theme", "dark")
    assert json.loads(file.read_text("utf-8")) == {"tomorrow": [1, 2], "theme": "dark"}


@pytest.mark.parametrize("bad", ['"blue"', "3", "null", "[]", "true"])
def test_a_value_that_does_not_fit_is_the_default_and_is_said(file: Path, bad: str) -> None:
    settings = stored(file, f'{{"theme": {bad}}}')
    assert settings.text("theme") == "system"
    assert len(settings.problems()) == 1
    assert "theme" in settings.problems()[0]


@pytest.mark.parametrize("bad", ["", "{", "[1]", "\0", "[" * 100_000, '{"a": 1'])
def test_a_file_that_is_no_settings_never_stops_a_start(file: Path, bad: str) -> None:
    settings = stored(file, bad)
    assert settings.text("theme") == "system"
    assert bool(settings.problems()) == bool(bad)


def test_an_unreadable_file_is_kept_aside_before_it_is_written_over(file: Path) -> None:
    settings = stored(file, '{"theme": "dark",')
    settings.set("reading_size", 15)
    kept = file.with_name("settings.json.unreadable")
    assert kept.read_text("utf-8") == '{"theme": "dark",'
    assert Settings(file).number("reading_size") == 15


def test_an_override_holds_for_this_run_only(file: Path) -> None:
    # GIVEN a stored value
    Settings(file).set("theme", "light")
    # WHEN a run overrides it
    settings = Settings(file)
    settings.override("theme=dark")
    settings.override("animations=no")
    settings.set("reading_size", 20)
    # THEN it acts now, and the file keeps what was chosen
    assert (settings.text("theme"), settings.flag("animations")) == ("dark", False)
    assert json.loads(file.read_text("utf-8")) == {"theme": "light", "reading_size": 20}


@pytest.mark.parametrize(
    "wrong",
    [
        "theme=blue", "theme", "=dark", "", "nothing=1", "reading_size=big", "reading_size=--5",
        "reading_size=²", "reading_size=400", "reading_size=", "animations=perhaps",
        "reading_size=" + "9" * 5000,
    ],
)  # fmt: skip
def test_a_wrong_override_is_one_clear_error(file: Path, wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings(file).override(wrong)
    assert caught.value.hint
    assert "\n" not in caught.value.line()


@given(st.text(max_size=40))
def test_any_override_is_taken_or_refused(text: str) -> None:
    settings = Settings(Path("/nonexistent/settings.json"))
    for key in BY_KEY:
        try:
            settings.override(f"{key}={text}")
        except InputError:
            continue
        assert settings._value(key) is not None


def test_watchers_hear_of_a_change_and_see_the_new_value(file: Path) -> None:
    settings = Settings(file)
    heard: list[tuple[str, str]] = []
    settings.watch(lambda key: heard.append((key, settings.text("theme"))))
    settings.set("theme", "dark")
    assert heard == [("theme", "dark")]


def test_a_disk_that_takes_nothing_is_told_and_the_setting_still_acts(tmp_path: Path) -> None:
    # GIVEN a file where the folder should be
    (tmp_path / "config").write_text("in the way")
    settings = Settings(tmp_path / "config" / "settings.json")
    heard: list[str] = []
    settings.watch(heard.append)
    # WHEN nobody takes the refusal THEN it is raised
    with pytest.raises(ReaderError, match="could not be stored"):
        settings.set("theme", "dark")
    # WHEN somebody does THEN they get it, and the setting acts
    refused: list[ReaderError] = []
    settings.when_refused(refused.append)
    settings.set("theme", "light")
    assert settings.text("theme") == "light"
    assert heard == ["theme", "theme"]
    assert [error.details != "" for error in refused] == [True]


def test_own_keys_are_stored_and_taken_back(file: Path) -> None:
    settings = Settings(file)
    settings.set_keys("window.palette", "Ctrl+J")
    settings.set_keys("window.quit", "")
    again = Settings(file)
    assert again.keys_of("window.palette") == "Ctrl+J"
    assert again.keys_of("window.quit") == ""
    again.set_keys("window.palette", None)
    assert Settings(file).keys_of("window.palette") is None


@pytest.mark.parametrize("bad", ["[]", '{"window.quit": 3}', '"x"'])
def test_broken_shortcuts_are_no_shortcuts(file: Path, bad: str) -> None:
    assert stored(file, f'{{"shortcuts": {bad}}}').keys_of("window.quit") is None


def test_windows_of_two_libraries_do_not_forget_each_other(tmp_path: Path) -> None:
    # GIVEN two windows open at once
    file = tmp_path / "window.json"
    one, other = (WindowState(file, tmp_path / name) for name in ("one", "other"))
    one.put("tabs", ["a.pdf"])
    other.put("tabs", ["b.pdf"])
    # WHEN both are closed
    one.save()
    other.save()
    # THEN each comes back as it was
    assert WindowState(file, tmp_path / "one").get("tabs", []) == ["a.pdf"]
    assert WindowState(file, tmp_path / "other").get("tabs", []) == ["b.pdf"]


def test_a_state_is_stored_while_the_window_runs_only_when_it_changed(tmp_path: Path) -> None:
    # GIVEN a window that remembers nothing yet
    file = tmp_path / "window.json"
    state = WindowState(file, tmp_path)
    # WHEN nothing has changed THEN nothing is written
    state.save_changed()
    assert not file.exists()
    # WHEN a value inside a remembered list changes THEN it is
    tabs = ["a.pdf"]
    state.put("tabs", tabs)
    state.save_changed()
    tabs.append("b.pdf")
    state.save_changed()
    assert WindowState(file, tmp_path).get("tabs", []) == ["a.pdf", "b.pdf"]


def test_a_state_of_another_type_is_the_default(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    file.write_text(json.dumps({str(tmp_path / "one"): {"tabs": "a", "tab": 2}}))
    state = WindowState(file, tmp_path / "one")
    assert state.get("tabs", []) == []
    assert state.get("tab", 0) == 2


def test_a_state_that_cannot_be_stored_is_only_forgotten(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way")
    state = WindowState(tmp_path / "config" / "window.json", tmp_path)
    state.put("tab", 1)
    state.save()
    assert stat.S_ISREG((tmp_path / "config").stat().st_mode)


def test_a_colour_is_six_digits_or_refused(file: Path) -> None:
    settings = Settings(file)
    settings.set("page_paper", "#F0e8D0")
    assert Settings(file).text("page_paper") == "#F0e8D0"
    for wrong in ("red", "#fff", "f0e8d0", "#f0e8d0 ", ""):
        with pytest.raises(InputError):
            settings.set("page_paper", wrong)
    with pytest.raises(InputError, match="not a value") as refused:
        settings.override("page_ink=blue")
    assert "#f6ecd6" in refused.value.hint
