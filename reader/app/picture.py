"""A picture of the real window, drawn offscreen: for READMEs, reports and machines without a screen."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from reader.app.build import App
from reader.app.start import make_application
from reader.domain.annotation import ReadingPosition
from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.value import dataclass
from reader.pdf.engine import Engine
from reader.settings import Settings, WindowState

_PATIENCE = 60.0  # seconds
_SETTLED = 0.25  # seconds without anything to do


@dataclass(frozen=True, slots=True)
class Shot:
    """What a picture of the window shows; `page` is 0-based, `paper` an ID.

    Of `settings` ("KEY=VALUE") the last word on each counts.
    """

    folder: Path
    out: Path
    paper: str = ""
    view: str = "library"
    page: int = 0
    settings: tuple[str, ...] = ()
    size: tuple[int, int] = (1280, 800)


def take_picture(shot: Shot) -> None:
    """Draw the window and write it as PNG; raises ReaderError where that fails."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()
    # Nothing of the picture's making is remembered for the real window.
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(Path(temporary, "settings.json"))
        for assignment in shot.settings:
            settings.override(assignment)
        state = WindowState(Path(temporary, "window.json"), shot.folder)
        engine = Engine()
        try:
            app = App(application, shot.folder, settings, engine, state)
            try:
                _draw(application, app, shot)
            finally:
                app.end()
        finally:
            engine.close()


def _draw(application: QApplication, app: App, shot: Shot) -> None:
    app.window.resize(*shot.size)
    app.show()
    _settle(lambda: app.trouble is not None or (app.readable and app.late is not None))
    if app.trouble is not None:
        raise app.trouble
    uid = app.reader.resolve(shot.paper) if shot.paper else ""
    if uid:
        app.page.list.select_order(app.reader.order_of(uid))
        _settle(lambda: app.page.paper.paper is not None and app.page.paper.paper.uid == uid)
    if shot.view == "viewer":
        _open_viewer(app, uid, shot.page)
    application.processEvents()
    if not app.window.grab().save(str(shot.out), "PNG"):
        raise ReaderError(f"The picture {shot.out} could not be written.", "Choose another place.")


def _open_viewer(app: App, uid: str, page: int) -> None:
    """Open the paper's PDF, else the first there is, at a page."""
    reader = app.reader
    if not uid:
        with_pdf = reader.uids(reader.orders(app.page.scope, "has:pdf", limit=1))
        if not with_pdf:
            raise NotFoundError("No paper in this library has a PDF to show.")
        uid = with_pdf[0]
    paper = reader.paper(uid)
    if not paper.documents:
        raise NotFoundError(f"The paper “{paper.title}” has no PDF to show.")
    app.tabs.open_paper(paper, position=ReadingPosition(page, 0, 0, "width"))
    _settle(lambda: app.tabs.current() is not None)
    viewer = app.tabs.current()
    assert viewer is not None
    # Else there stands why not, or a prompt for the password.
    _settle(
        lambda: viewer.pdf is not None or viewer.stack.currentWidget() is not viewer.canvas, 0.8
    )
    if viewer.error is not None:
        raise viewer.error
    if viewer.pdf is not None and page >= viewer.pdf.pages:
        raise NotFoundError(
            f"There is no page {page + 1}, counted from 1: the document has {viewer.pdf.pages}."
        )


def _settle(reached: Callable[[], bool], settled: float = _SETTLED) -> None:
    """Run the window until something has held for a moment; ReaderError when it never does."""
    end = time.monotonic() + _PATIENCE
    since: float | None = None
    while time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if not reached():
            since = None
        elif since is None:
            since = time.monotonic()
        elif time.monotonic() - since > settled:
            return
        time.sleep(0.005)
    raise ReaderError(
        f"The window did not come to rest within {_PATIENCE:.0f} seconds; no picture was written.",
        "Try again when the machine is less busy.",
    )
