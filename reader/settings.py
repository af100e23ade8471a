"""Settings, each declared once, and the window's remembered state.

Both are small JSON files, written whole or not at all.  A value that does not
fit its declaration falls back to the default; keys this version does not know
are kept for the version that does.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.domain.errors import InputError, ReaderError
from reader.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key, type (from the default), and what the dialog says of it."""

    key: str
    default: str | int | bool
    text: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    names: tuple[str, ...] = ()  # of the choices, where they do not name themselves
    color: bool = False  # a text "#rrggbb"
    font: bool = False  # the name of a font's family, "" for the window's


SETTINGS = (
    Setting("theme", "system", "Appearance", ("system", "light", "dark")),
    Setting(
        "page_colors", "original", "Colours of pages",
        ("original", "dark", "sepia", "own", "auto"),
        names=("As in the file", "Dark", "Sepia", "Your own", "Like the window"),
    ),
    Setting("page_paper", "#e8efe6", "Your own colour of paper", color=True),
    Setting("page_ink", "#1d2b24", "Your own colour of ink", color=True),
    Setting("reading_size", 14, "Size of abstracts and notes, in pixels", least=11, most=24),
    Setting("reflow_font", "", "Font of the reading view", font=True),
    Setting("reflow_size", 17, "Text of the reading view, in pixels", least=12, most=30),
    Setting("reflow_width", 34, "Column of the reading view, in ems", least=22, most=60),
    Setting(
        "ruler", "spotlight", "Reading ruler", ("spotlight", "band", "underline"),
        names=("Dim what is around", "Tint the line", "Underline the line"),
    ),
    Setting(
        "note_view", "write", "A note is shown", ("write", "beside", "read"),
        names=("To be written", "Written and read, beside each other", "To be read"),
    ),
    Setting(
        "date_format", "iso", "Dates put into notes", ("iso", "day", "month", "system"),
        names=("2026-11-25", "25 November 2026", "November 25, 2026", "As the system writes them"),
    ),
    Setting("spelling", "auto", "Spell check of notes (auto, off, or languages such as en_US)"),
    Setting("animations", True, "Smooth scrolling with the mouse wheel"),
    Setting("open_pdf_marks_reading", True, "Opening a PDF marks an unread paper as reading"),
    Setting("restore_tabs", True, "Open the tabs of the last time at the start"),
)  # fmt: skip
BY_KEY = {setting.key: setting for setting in SETTINGS}


class Settings:
    """The values, in the order: this run's, the file's, the default."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stored = read_json(file)
        self._once: dict[str, str | int | bool] = {}
        self._watchers: list[Callable[[str], None]] = []
        self._refused: Callable[[ReaderError], object] | None = None

    def override(self, assignment: str) -> None:
        """Take a "KEY=VALUE" for this run only; raises InputError."""
        key, equals, value = assignment.partition("=")
        setting = BY_KEY.get(key)
        if not equals or setting is None:
            known = ", ".join(BY_KEY)
            raise InputError(f"“{assignment}” sets nothing.", f"The settings are: {known}.")
        self._once[key] = _parsed(setting, value)

    def problems(self) -> list[str]:
        """What of the file is not used, a sentence each, to be told once at a start."""
        if not self._stored and _has_text(self._file):
            return [f"{self._file.name} holds no settings that can be read; the defaults are used."]
        return [
            f"“{self._stored[key]}” in {self._file.name} is not a value of {key}; "
            f"{setting.default} is used."
            for key, setting in BY_KEY.items()
            if key in self._stored and not _fits(setting, self._stored[key])
        ]

    def _value(self, key: str) -> str | int | bool:
        setting = BY_KEY[key]
        if key in self._once:
            return self._once[key]
        value = self._stored.get(key, setting.default)
        return value if _fits(setting, value) else setting.default

    def text(self, key: str) -> str:
        return str(self._value(key))

    def number(self, key: str) -> int:
        return int(self._value(key))

    def flag(self, key: str) -> bool:
        return bool(self._value(key))

    def keys_of(self, command: str) -> str | None:
        """The shortcut the reader gave a command, None for the one it came with."""
        own = self._stored.get("shortcuts")
        value = own.get(command) if isinstance(own, dict) else None
        return value if isinstance(value, str) else None

    def set_keys(self, command: str, keys: str | None) -> None:
        """Give a command a shortcut ("" for none, None for the one it came with)."""
        own = self._stored.get("shortcuts")
        own = dict(own) if isinstance(own, dict) else {}
        own.pop(command, None)
        if keys is not None:
            own[command] = keys
        self._stored["shortcuts"] = own
        self._changed("shortcuts")

    def set(self, key: str, value: str | int | bool) -> None:
        """Change a setting for good; raises InputError for a value it does not take."""
        setting = BY_KEY[key]
        if not _fits(setting, value):
            raise InputError(f"“{value}” is not a value of {key}.")
        self._once.pop(key, None)
        self._stored[key] = value
        self._changed(key)

    def watch(self, watcher: Callable[[str], None]) -> None:
        """Have `watcher(key)` called after a change."""
        self._watchers.append(watcher)

    def when_refused(self, refused: Callable[[ReaderError], object]) -> None:
        """Have `refused(error)` called, instead of an exception, when the disk takes no settings."""
        self._refused = refused

    def _changed(self, key: str) -> None:
        """Act on a change at once, then store it; what cannot be stored holds for this run."""
        for watcher in self._watchers:
            watcher(key)
        try:
            keep_unreadable(self._file)
            write_json(self._file, self._stored)
        except OSError as error:
            refusal = ReaderError(
                "The setting holds for now, but it could not be stored.",
                f"Look whether {self._file} can be written.",
                str(error),
            )
            if self._refused is None:
                raise refusal from error
            self._refused(refusal)


def _fits(setting: Setting, value: object) -> bool:
    if type(value) is not type(setting.default):
        return False
    if setting.choices:
        return value in setting.choices
    if setting.color:
        return re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)) is not None
    return not isinstance(value, int) or not setting.most or setting.least <= value <= setting.most


def _parsed(setting: Setting, text: str) -> str | int | bool:
    value: str | int | bool | None = text
    if isinstance(setting.default, bool):
        words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
        value = words.get(text.lower())
    elif isinstance(setting.default, int):
        value = int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None
    if value is None or not _fits(setting, value):
        allowed = ", ".join(setting.choices) or (
            "a colour such as #f6ecd6"
            if setting.color
            else f"{setting.least} to {setting.most}"
            if setting.most
            else "true or false"
        )
        raise InputError(f"“{text}” is not a value of {setting.key}.", f"It takes {allowed}.")
    return value


class WindowState:
    """What a window remembers of a library: sizes, order, last paper, open tabs."""

    def __init__(self, file: Path, library: Path) -> None:
        self._file = file
        self._library = str(library.absolute())
        found = read_json(file).get(self._library)
        self._mine: dict[str, Any] = found if isinstance(found, dict) else {}
        self._stored = json.dumps(self._mine)

    def get(self, key: str, default: Any) -> Any:
        """A remembered value of the default's type, else the default."""
        value = self._mine.get(key, default)
        return value if default is None or isinstance(value, type(default)) else default

    def put(self, key: str, value: Any) -> None:
        self._mine[key] = value

    def save(self) -> None:
        """Write the file; a full disk costs the window's size, nothing of the reader's."""
        self._write(lasting=True)

    def save_changed(self) -> None:
        """Write the file while the window runs, if anything changed; the disk is not waited for."""
        if json.dumps(self._mine) != self._stored:
            self._write(lasting=False)

    def _write(self, *, lasting: bool) -> None:
        self._stored = json.dumps(self._mine)
        # Read anew: a window of another library may have stored its own part meanwhile.
        everything = {**read_json(self._file), self._library: self._mine}
        try:
            write_json(self._file, everything, lasting=lasting)
        except OSError:
            return


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object from a file; an empty one when there is none or it is not one."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _has_text(file: Path) -> bool:
    """Whether a file holds more than an empty object."""
    try:
        return file.read_bytes().strip() not in (b"", b"{}")
    except OSError:
        return False


def keep_unreadable(file: Path) -> None:
    """Keep a file that is no JSON object aside before it is written over; raises OSError."""
    if _has_text(file) and not read_json(file):
        file.replace(file.with_name(f"{file.name}.unreadable"))


def write_json(file: Path, value: dict[str, Any], *, lasting: bool = True) -> None:
    """Write a JSON object so that the file is always whole; raises OSError.

    What is not `lasting` survives the program's end, but perhaps not the computer's.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8") as stream:
            json.dump(value, stream, indent=1)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
