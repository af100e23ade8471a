"""A starter library to copy, and windows that are ended after the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.pdf import hostile
from tests.ui.driving import Driven, LazyEngine, build, command

Start = Callable[..., Driven]


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter library; copied by `library`, never opened for writing."""
    home = tmp_path_factory.mktemp("starter")
    folder = home / "library"
    done = command("starter", library=folder, PAPER_READER_CONFIG=str(home / "settings.json"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def library(starter: Path, tmp_path: Path) -> Path:
    """A starter library of the test's own."""
    return Path(shutil.copytree(starter, tmp_path / "library"))


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    """Open windows; all are ended after the test."""
    running: list[Driven] = []

    def open_window(
        folder: Path,
        *,
        files: Sequence[Path] = (),
        size: tuple[int, int] = (1280, 800),
        **settings: str,
    ) -> Driven:
        app = build(
            qapp, folder, tmp_path / "config" / "window.json", LazyEngine(), theme="light",
            **settings,
        )  # fmt: skip
        driven = Driven(qtbot, app)
        running.append(driven)
        if not app.state.get("geometry", ""):
            app.window.resize(*size)
        app.show(files)
        qtbot.waitUntil(lambda: app.readable and app._writer is not None, timeout=10000)
        qtbot.waitUntil(lambda: app.late is not None or app.trouble is not None, timeout=10000)
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow, timeout=5000)
        driven.settled()
        return driven

    yield open_window
    for driven in running:
        end(driven)


def end(driven: Driven) -> None:
    """Close a window as the program does, and let Qt delete it."""
    if not shiboken6.isValid(driven.app) or driven.app._ended:
        return
    driven.app.desk.notebook.flush()
    driven.app.end()
    driven.app.setParent(None)
    driven.app.deleteLater()
    driven.app.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


@pytest.fixture
def win(start: Start, library: Path) -> Driven:
    """The window on the starter library."""
    driven = start(library)
    driven.until(lambda: driven.pane.paper is not None)
    return driven


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A sound PDF of three pages."""
    file = tmp_path / "A sound paper.pdf"
    file.write_bytes(hostile.sound())
    return file


@pytest.fixture
def html_pdf(tmp_path: Path) -> Path:
    """A web page that calls itself a PDF."""
    file = tmp_path / "Not a paper.pdf"
    file.write_bytes(hostile.html())
    return file
