"""A window in which somebody draws, types and saves copies without a pause, until it is killed.

    python annotating_driver.py LIBRARY FILE

`annotate SEED FOLDER` on stdin sets it going: mouse and keys as a person's, on the
FILE that the LIBRARY has.  On stdout is a line of JSON for everything the library
has acknowledged: written as soon as the service that wrote it has returned.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from reader.app import start
from reader.app.build import App
from reader.arguments import WindowStart
from reader.services import annotating, editing
from reader.ui.notes.editor import NoteEditor
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.file_marks import FileMarks
from reader.ui.viewer.page import ViewerPage
from tests.end_to_end.window_driver import Driver

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TOOLS = (
    (Key.Key_B, None), (Key.Key_O, None), (Key.Key_I, None), (Key.Key_I, SHIFT),
    (Key.Key_D, SHIFT), (Key.Key_D, None),
)  # fmt: skip
_PACE = 4  # milliseconds between two things done

_real = App.after_first_paint


def acknowledge(**values: object) -> None:
    """Say what is on the disk, in one piece whatever thread says it."""
    os.write(1, json.dumps(values).encode() + b"\n")


class Annotating(Driver):
    """Works on the document that is shown."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._pace = QTimer(self, interval=_PACE)
        self._pace.timeout.connect(self._go_on)
        write = app.desk.write

        def watched(work: Callable[..., Any], *args: Any, **options: Any) -> None:
            write(lambda writer, *given: _told(work, writer, *given), *args, **options)

        app.desk.write = watched  # type: ignore[method-assign]

    def _look(self) -> None:
        page = self.app.tabs.current()
        ready = page is not None and page.pdf is not None and isinstance(page.side, NoteEditor)
        if ready and page is not None and page.canvas.content.text(0) is not None:
            super()._look()

    def do_annotate(self, text: str) -> None:
        page = self.app.tabs.current()
        assert page is not None
        seed, _, folder = text.partition(" ")
        self._steps = Acts(page, random.Random(int(seed)), Path(folder)).go()
        self._pace.start()

    def _go_on(self) -> None:
        next(self._steps)


def _told(work: Callable[..., Any], writer: Any, *given: Any) -> Any:
    """Do a write, and say what it wrote once it has returned."""
    value = work(writer, *given)
    if work is annotating.add:
        for uid, made in zip(value[0], given[0], strict=True):
            _say(uid, made)
    elif work is annotating.change:
        for changed in given[0]:
            _say(changed.uid, changed)
    elif work is annotating.remove:
        for uid in given[0]:
            acknowledge(gone=uid)
    elif work is editing.save_typed:
        acknowledge(note=value.note, text=given[2])
    return value


def _say(uid: str, one: Any) -> None:
    strokes = len(one.parts[0].strokes)
    acknowledge(uid=uid, kind=one.kind.value, comment=one.comment, strokes=strokes)


class Acts:
    """What a person does, one thing a step; the numbers in what is typed only grow."""

    def __init__(self, page: ViewerPage, chance: random.Random, folder: Path) -> None:
        self._page = page
        self._chance = chance
        self._folder = folder
        self._number = 0

    def go(self) -> Iterator[None]:
        acts = (
            self._draw, self._scribble, self._stick, self._write, self._mark, self._note, self._copy
        )  # fmt: skip
        while True:
            for act in self._chance.sample(acts, len(acts)):
                yield from act()

    def _at(self, x: float, y: float) -> QPoint:
        canvas = self._page.canvas
        across, down = canvas.camera.view_point(Spot(0, x, y))
        return QPoint(round(across / canvas.ratio), round(down / canvas.ratio))

    def _press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self._page.canvas, key, held or Qt.KeyboardModifier.NoModifier)

    def _led(self, *places: tuple[float, float]) -> Iterator[None]:
        view = self._page.canvas.viewport()
        QTest.mousePress(view, LEFT, pos=self._at(*places[0]))
        for place in places[1:]:
            yield
            QTest.mouseMove(view, self._at(*place))
        QTest.mouseRelease(view, LEFT, pos=self._at(*places[-1]))
        yield

    def _somewhere(self) -> tuple[float, float]:
        return self._chance.uniform(20, 300), self._chance.uniform(200, 330)

    def _draw(self) -> Iterator[None]:
        x, y = self._somewhere()
        self._press(*self._chance.choice(TOOLS))
        yield
        yield from self._led((x, y), (x + 20, y + 10), (x + 60, y + 30))
        self._press(Key.Key_Escape)

    def _scribble(self) -> Iterator[None]:
        """Strokes beside each other with a pen that is kept."""
        x, y = self._somewhere()
        self._press(Key.Key_D)
        self._press(Key.Key_H, SHIFT)
        for stroke in range(3):
            left = x + 8 * stroke
            yield from self._led((left, y), (left + 6, y + 15), (left + 3, y + 20))
        self._press(Key.Key_H, SHIFT)
        self._press(Key.Key_Escape)

    def _stick(self) -> Iterator[None]:
        """A sticky note with a comment."""
        self._press(Key.Key_Insert)
        yield
        QTest.mouseClick(self._page.canvas.viewport(), LEFT, pos=self._at(*self._somewhere()))
        yield from self._comment()

    def _comment(self) -> Iterator[None]:
        words = self._page.feature(Annotate).words
        if words.uid and words.box is None:
            yield from self._type(words.card.edit)
            QTest.keyClick(words.card.edit, Key.Key_Escape)
        yield

    def _write(self) -> Iterator[None]:
        """Free text on the page."""
        self._press(Key.Key_E)
        yield
        QTest.mouseClick(self._page.canvas.viewport(), LEFT, pos=self._at(*self._somewhere()))
        yield
        box = self._page.feature(Annotate).words.box
        if box is not None:
            yield from self._type(box)
            QTest.keyClick(box, Key.Key_Return, CTRL)
        yield

    def _mark(self) -> Iterator[None]:
        """Text selected with the mouse, marked with a number key, and commented."""
        self._press(Key.Key_Escape)
        row = self._chance.randrange(4)
        yield from self._led((32, 46 + 30 * row), (120, 46 + 30 * row), (200, 46 + 30 * row))
        self._press(Qt.Key(Key.Key_1 + self._chance.randrange(8)))
        yield
        self._press(Key.Key_C)
        yield from self._comment()

    def _note(self) -> Iterator[None]:
        """The paper's note beside the page."""
        side = self._page.side
        assert isinstance(side, NoteEditor)
        side.edit.setFocus()
        yield from self._type(side.edit)
        self._page.canvas.setFocus()
        yield

    def _copy(self) -> Iterator[None]:
        """A copy with annotations, over an older one now and then."""
        target = self._folder / f"copy {self._chance.randrange(3)}.pdf"
        self._page.feature(FileMarks).copy_to(target)
        yield

    def _type(self, edit: Any) -> Iterator[None]:
        for _ in range(self._chance.randrange(3, 12)):
            self._number += 1
            QTest.keyClicks(edit, f"{self._number} ")
            yield


def _driven(self: App) -> None:
    _real(self)
    self.driver = Annotating(self)  # pyright: ignore[reportAttributeAccessIssue]


if __name__ == "__main__":
    App.after_first_paint = _driven
    words = [Path(word).absolute() for word in sys.argv[1:]]
    sys.exit(start.open_window(WindowStart(words[0], (), tuple(words[1:]))))
