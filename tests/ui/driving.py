"""The real window on a library of its own, driven as a person drives it: keys, mouse, eyes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.app.build import App
from reader.domain.lists import Row, Scope
from reader.domain.paper import Paper
from reader.pdf.engine import Engine
from reader.settings import Settings, WindowState
from reader.ui.tasks import Lane
from reader.ui.viewer.page import ViewerPage

ROOT = Path(__file__).resolve().parent.parent.parent
STARTER = 114  # the papers of the page and the guide
PATIENCE = 8000  # milliseconds a test waits for what must come


class LazyEngine(Engine):
    """An engine whose child starts with its first document, as most tests have none."""

    def warm(self) -> None:
        return


def command(*words: str | Path, library: Path, **variables: str) -> subprocess.CompletedProcess:
    """Run the command line on a library, as another program at the same time would."""
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
        timeout=60,
    )


class Driven:
    """One window; `key`, `type` and `click` go where a person's would go."""

    def __init__(self, qtbot: QtBot, app: App) -> None:
        self.qtbot = qtbot
        self.app = app
        self.window = app.window
        self.page = app.page
        self.list = app.page.list
        self.pane = app.page.paper
        self.note = app.page.paper.note.edit
        self.search = app.window.top.search
        self._under_way: set[Future[Any]] = set()
        self._watch_lanes()

    def _watch_lanes(self) -> None:
        """Know of each job on the lanes until its answer is on its way to the window."""
        run = self.app.tasks.run

        def watched(lane: Lane, *args: Any, **options: Any) -> Future[Any]:
            future = run(lane, *args, **options)
            if lane in (self.app.read_lane, self.app.write_lane):
                self._under_way.add(future)
                # Called after the one that sends the answer, which was added before.
                future.add_done_callback(self._under_way.discard)
            return future

        self.app.tasks.run = watched

    # -- waiting ---------------------------------------------------------

    def until(self, holds: Callable[[], Any], patience: int = PATIENCE) -> None:
        """Let the window run until something holds."""
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=patience)

    def run(self, milliseconds: int) -> None:
        """Let the window run for a while."""
        self.qtbot.wait(milliseconds)

    def settled(self) -> None:
        """Wait until every read and write that is under way has been shown."""
        # An answer that is shown may ask for more.
        while True:
            self.until(lambda: not self._under_way)
            # Answers that came together are given out in turns.
            self.app.tasks.deliver()
            QCoreApplication.sendPostedEvents()
            QApplication.processEvents()
            if not self._under_way:
                return

    # -- keys ------------------------------------------------------------

    def focused(self) -> QWidget:
        """Where keys go."""
        return QApplication.focusWidget() or self.window

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focused(), key, modifiers)

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for letter in text:
            QTest.keyClicks(self.focused(), letter)

    def focus(self, widget: QWidget) -> None:
        """Give a widget the focus, as a click would."""
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self.until(widget.hasFocus)

    # -- what is seen ----------------------------------------------------

    def paper(self) -> Paper:
        """The paper that is shown."""
        shown = self.pane.paper
        assert shown is not None
        return shown

    def rows(self) -> int:
        """How many papers are listed."""
        return len(self.page.model.papers())

    def row(self, number: int) -> Row:
        """What the list shows of the paper at a place."""
        model = self.page.model
        index = model.index(model.row_of(number), 0)
        self.until(lambda: model.row(index) is not None)
        found = model.row(index)
        assert found is not None
        return found

    def select(self, *numbers: int) -> None:
        """Select papers by their places, the last one being the current."""
        model, selection = self.page.model, self.list.selectionModel()
        self.list.setFocus()
        self.list.select_row(model.row_of(numbers[0]))
        for number in numbers[1:]:
            selection.select(
                model.index(model.row_of(number), 0),
                selection.SelectionFlag.Select | selection.SelectionFlag.Rows,
            )
        if len(numbers) == 1:
            order = model.papers()[numbers[0]]
            uid = self.app.reader.uids([order])[0]
            self.until(lambda: self.pane.paper is not None and self.pane.paper.uid == uid)

    def titles(self) -> list[str]:
        """The titles of the list, in its order."""
        return [row.title for row in self.app.reader.rows(self.page.model.papers())]

    def choose(self, kind: str, uid: str = "") -> None:
        """Choose a scope by clicking it in the sidebar."""
        tree = self.page.sidebar._tree
        for item in self.page.sidebar._all():
            scope = item.data(Qt.ItemDataRole.UserRole + 1)
            if isinstance(scope, Scope) and scope.kind == kind and uid in ("", scope.uid):
                place = tree.visualRect(item.index()).center()
                QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
                self.until(lambda: self.page.scope.kind == kind)
                self.settled()
                return
        raise AssertionError(f"the sidebar has no {kind}")

    def sidebar(self) -> dict[str, int | None]:
        """The sidebar's names with their counts."""
        return {
            item.text(): item.data(Qt.ItemDataRole.UserRole + 2)
            for item in self.page.sidebar._all()
            if isinstance(item.data(Qt.ItemDataRole.UserRole + 1), Scope)
        }

    def notices(self) -> list[str]:
        """The texts of the cards that are shown."""
        return [card.text for card in self.app.notices.cards()]

    def on_disk(self, uid: str) -> Paper:
        """A paper as the library holds it."""
        return self.app.reader.paper(uid)

    def note_on_disk(self, uid: str) -> str:
        """A paper's note as the library holds it."""
        notes = self.on_disk(uid).notes
        return notes[0].text if notes else ""

    # -- dropping --------------------------------------------------------

    def drop(self, target: QWidget, place: QPoint, data: QMimeData) -> bool:
        """Drag something over a place of a widget and let go; whether it was taken."""
        actions = Qt.DropAction.CopyAction
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, actions, data, buttons, keys)
        QApplication.sendEvent(target, enter)
        if not enter.isAccepted():
            return False
        move = QDragMoveEvent(place, actions, data, buttons, keys)
        move.accept()  # as Qt does after an accepted enter
        QApplication.sendEvent(target, move)
        if not move.isAccepted():
            return False
        drop = QDropEvent(QPointF(place), actions, data, buttons, keys, QEvent.Type.Drop)
        QApplication.sendEvent(target, drop)
        return drop.isAccepted()

    def drop_files(self, files: Sequence[Path], number: int | None = None) -> bool:
        """Drop files on the paper at a place of the list, or below the last."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        place = QPoint(20, self.list.viewport().height() - 2)
        if number is not None:
            index = self.page.model.index(self.page.model.row_of(number), 0)
            self.list.scrollTo(index)
            place = self.list.visualRect(index).center()
        return self.drop(self.list.viewport(), place, data)


def build(
    qapp: QApplication,
    folder: Path,
    state_file: Path,
    engine: Engine,
    **settings: str,
) -> App:
    """The window of a library, as the program builds it, not yet shown."""
    values = Settings(state_file.with_name("settings.json"))
    for key, value in settings.items():
        values.override(f"{key}={value}")
    return App(qapp, folder, values, engine, WindowState(state_file, folder))


def is_ready(page: ViewerPage | None) -> bool:
    """Whether a page shows its document, and its commands and features are there."""
    return page is not None and page.pdf is not None and page.lacking is None


def shown(win: Driven) -> ViewerPage:
    """The page in front."""
    page = win.app.tabs.current()
    assert page is not None
    return page
