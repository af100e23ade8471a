"""The start of the window: settings, one window a library, a library that does not open."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reader import __version__, log, paths
from reader.app.build import App
from reader.app.ending import Ending
from reader.app.later import meeting
from reader.arguments import WindowStart
from reader.domain.errors import InputError, ReaderError
from reader.domain.note_links import place_of
from reader.pdf.engine import Engine
from reader.services import safekeeping
from reader.settings import Settings, WindowState
from reader.ui.claim import Claim
from reader.ui.dialogs.trouble import ask_about_damage, cannot_open
from reader.ui.garbage import Garbage
from reader.ui.tasks import unexpected

# Seconds.  Reading a page or writing an import is Python at full speed in
# another thread; with the usual 5 ms the window would wait so long at every
# event it hands to Python.
_SWITCH = 0.0005


def make_application(words: Sequence[str] = ()) -> QApplication:
    """The Qt application, named, with every screen's own scale used as it is.

    The style is named here: set later, PySide makes all that there is to know of styles.
    """
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    sys.setswitchinterval(_SWITCH)
    app = QApplication(["paper-reader", "-style", "Fusion", *words])
    app.setApplicationName("paper-reader")
    app.setApplicationDisplayName("Paper Reader")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("paper-reader")
    Garbage(app)
    return app


def no_display() -> bool:
    """Whether there is surely no screen to show a window on."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _complain(text: str) -> None:
    sys.stderr.write(f"paper-reader: {text}\n")


def open_window(start: WindowStart, engine: Engine | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    if strange := next((file for file in start.files if not file.exists()), None):
        _complain(f"There is no command and no file {strange.name}. Try 'paper-reader --help'.")
        return 2
    if strange := next((text for text in start.places if place_of(text) is None), None):
        _complain(f"{strange} leads to no place in a library.")
        return 2
    if no_display():
        _complain("There is no display to open a window on. Try 'paper-reader --help'.")
        return 1
    try:
        _settings(start)
    except InputError as error:
        _complain(error.line())
        return 2
    folder = start.library or paths.data_folder()
    app = make_application()
    code, backup = _stay(app, folder, start, engine or Engine())
    while backup and _restored(folder, backup):
        code, backup = _stay(app, folder, start._replace(files=(), places=()), Engine())
    return code


def _settings(start: WindowStart) -> Settings:
    settings = Settings(paths.config_file())
    for assignment in start.settings:
        settings.override(assignment)
    return settings


def _stay(
    app: QApplication, folder: Path, start: WindowStart, engine: Engine
) -> tuple[int, Path | None]:
    """Show a library until its window is closed; (exit code, the backup to open it with anew)."""
    settings = _settings(start)
    state = WindowState(paths.config_file().with_name("window.json"), folder)
    claim = Claim(folder)
    try:
        if claim.is_taken and meeting().hand_over_soon(claim, folder, start.files, start.places):
            return 0, None
        try:
            built = App(app, folder, settings, engine, state)
        except ReaderError as error:
            return 1, _wanted_backup(error)
        try:
            return _run(app, built, start), built.backup
        finally:
            built.end()
    finally:
        claim.release()
        engine.close()


def _run(app: QApplication, built: App, start: WindowStart) -> int:
    hearing: list[Any] = []
    built.listen = lambda: hearing.append(_listen(built))
    end_log = log.start(
        paths.config_file().with_name("paper-reader.log"),
        lambda error: built.notices.error(unexpected(error)),
    )
    built.settings.when_refused(built.notices.error)
    for problem in built.settings.problems():
        built.notices.warn(problem)
    ending = Ending(app, built)
    built.show(start.files)
    _lead(built, start.places)
    code = app.exec()
    end_log()
    for instance in hearing:
        instance.close()
    built.end()
    ending.close()
    return ending.code or code


def _listen(built: App) -> Any:
    """Hear of second starts; what does is to be closed."""
    instance = meeting().SingleInstance(built.folder, built)
    instance.raised.connect(lambda files: _raised(built, files))
    instance.led.connect(lambda places: _lead(built, places))
    return instance


def _wanted_backup(error: ReaderError) -> Path | None:
    """Say why the library does not open; the backup to go on with, when there is one and it is wanted."""
    backup = getattr(error, "backup", "")
    if not backup:
        cannot_open(error)
    elif ask_about_damage(error, backup):
        return Path(backup)
    return None


def _restored(folder: Path, backup: Path) -> bool:
    """Whether the backup is the library now; where it could not be, why was said."""
    try:
        safekeeping.restore(folder, backup, force=True)
    except ReaderError as error:
        cannot_open(error)
        return False
    return True


def _lead(built: App, places: Sequence[str]) -> None:
    for place in places:
        built.desk.kit.go(place)


def _raised(built: App, files: Sequence[Path]) -> None:
    built.window.come_forward()
    if files:
        built.open_files(files)
