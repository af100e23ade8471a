"""The features of a viewer page: they come when they are there, and are asked in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from reader.domain.annotation import ReadingPosition
from reader.ui.commands.actions import keeps
from reader.ui.commands.row import Command
from reader.ui.theme import Theme
from reader.ui.viewer.commands import VIEWER
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.document_page import DocumentPage
from reader.ui.viewer.engine_type import PdfEngine
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.lacking import Lacking
from reader.ui.viewer.panels import FaultPanel

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

F = TypeVar("F", bound=Feature)

_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
)  # fmt: skip


class FeaturedPage(DocumentPage):
    """A document's page with what features add to it.

    They come by `equip`, or step by step (see `fitting`), before the document or after its first page
    is on the screen.  Until then `lacking`, if there is one, is called as soon as something
    is asked for that may be a feature's: it is to equip the page at once.
    """

    moved = Signal()  # what is shown lies at another place now

    def __init__(
        self,
        engine: PdfEngine,
        path: Path | None,
        *,
        title: str = "",
        position: ReadingPosition | None = None,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(engine, path, title=title, position=position, theme=theme, parent=parent)
        self.lacking: Callable[[], object] | None = None
        self.fitting = False  # whether a step of it is being done: it may need what is half there
        self.fitted = (
            False  # whether its features are made, by a fitting, and wait for the document
        )
        self._made: list[Feature] = []  # those of `features`, and those that do not live yet
        self._homed: list[Feature] = []
        self._rows = list(VIEWER)  # the commands of the page and of its features
        self.pointer.tools.append(Lacking(self.complete))
        self.bar.view.clicked.connect(lambda: self.complete() and self.bar.view.showMenu())

    def equip(self, kinds: Iterable[type[Feature]]) -> None:
        """Give the page its features; they find the document that is open already."""
        self.lacking = None
        for _step in (*self.made(kinds), *self.enlivened()):
            pass

    def made(self, kinds: Iterable[type[Feature]]) -> Iterator[None]:
        """Make the features, one a step; nothing is asked of them yet."""
        for kind in kinds:
            self._made.append(kind(cast("ViewerPage", self)))
            yield

    def enlivened(self) -> Iterator[None]:
        """Have the features that are made work in their window and with the document, one a step."""
        for made in self._made[len(self._homed) :]:
            self._homed.append(made)
            if self.home is not None:
                made.homed(self.home)
                yield
        for made in self._made[len(self.features) :]:
            setattr(self, made.name, made)  # commands reach it as "name.method"
            self._rows += made.rows
            self.features.append(made)
            if self.pdf is not None:
                made.opened(self.pdf)
                yield
        self.panel.grant()
        self.tell_conditions()

    def live_in(self, home: Home) -> None:
        super().live_in(home)
        for feature in self._homed:
            feature.homed(home)

    def complete(self) -> bool:
        """Have the features come at once; False when they are there."""
        # Also asked by `__getattr__`, which Qt may call before there is a `lacking`.
        lacking = self.__dict__.get("lacking")
        if lacking is None:
            return False
        lacking()
        return True

    def feature(self, kind: type[F]) -> F:
        """The feature of a kind, at work already unless another one asks while it is made."""
        if not self.fitting and not any(isinstance(made, kind) for made in self.features):
            self.complete()
        return next(made for made in self._made if isinstance(made, kind))

    if not TYPE_CHECKING:  # a name that is mistaken shall still be found out

        def __getattr__(self, name: str) -> Any:
            """A feature that is still to come, named by a command, comes at once."""
            if name.startswith("_") or not self.complete():
                raise AttributeError(name)
            return getattr(self, name)

    def shows(self, sha256: str) -> bool:
        """Whether a content is what is shown."""
        return self.pdf is not None and bool(sha256) and self.pdf.doc.info.sha256 == sha256

    def move_to(self, path: Path) -> None:
        """What is shown lies at another place now: nothing of it changes on the screen."""
        if self.pdf is None:
            return
        password = self.known_password()
        self.path = path
        if password and self.home is not None:
            self.home.passwords.remember(path, password)
        self.engine.follow(self.pdf.doc, path)
        for feature in self.features:
            feature.followed()
        self.moved.emit()

    def keys_place(self) -> QPoint:
        """Where the menu of the keyboard opens, pixels of the view: by what the keys are at."""
        canvas, room = self.canvas, self.canvas.viewport().rect()
        found = (feature.at_keys() for feature in self.features)
        spot = next((one for one in found if one is not None), None)
        if spot is not None:
            x, y = canvas.camera.view_point(spot)
            point = QPoint(round(x / canvas.ratio), round(y / canvas.ratio))
            if room.contains(point):
                return point
        return room.center()

    def _attend_fault(self, fault: FaultPanel) -> None:
        super()._attend_fault(fault)
        fault.seek_wanted.connect(self._seek_file)

    def _seek_file(self) -> None:
        """Have the reader choose the file that is missing."""
        attrgetter("replace.choose")(self)()

    def _ready(self, pdf: PdfView) -> None:
        for feature in self.features:
            feature.opened(pdf)

    def _tell_opened(self) -> None:
        # To enable a hundred commands takes as long as to paint the page, and `enlivened`, which
        # comes after the first picture, tells too.  Keys are answered meanwhile (see `event`).
        if self.lacking is None:
            super()._tell_opened()

    def _leave(self, pdf: PdfView) -> None:
        del pdf
        for feature in self.features:
            feature.left()

    def conditions(self) -> dict[str, bool]:
        found = super().conditions()
        for feature in self.features:
            found |= feature.conditions()
        return found

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if any(feature.grabs(event) for feature in self.features):
                event.accept()  # the key comes as a press, and no command gets it
                return True
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not keeps(QApplication.focusWidget(), event)  # as at the end of a list
        ):
            taker = next((feature for feature in self.features if feature.grabs(event)), None)
            if taker is not None:
                taker.key(event)
                return True
            # Without a window's commands the page answers its keys itself.
            row = self._command(event)
            if row is None and event.key() not in _MODIFIERS and self.complete():
                row = self._command(event)
            # A window leaves the keys of what is disabled to the page.
            if row is not None and (found := self.conditions()).get(row.enabled, True):
                on = (not found.get(row.checked, False),) if row.checkable else ()
                attrgetter(row.method)(self)(*on)
                return True
        return super().event(event)

    def _command(self, event: QKeyEvent) -> Command | None:
        """What a key is for; a command that the reader gave another key does not have its old one."""
        pressed = event.keyCombination().toCombined()
        settings = self.home.settings if self.home is not None else None
        for row in self._rows:
            own = settings.keys_of(row.id) if settings is not None else None
            if pressed in map(combination, row.keys if own is None else own.split()):
                return row
        return None


@cache
def combination(key: str) -> int:
    """A key as its event names it; -1 for what is none."""
    sequence = QKeySequence(key)
    if sequence.isEmpty():
        return -1
    first: QKeyCombination = sequence[0]  # pyright: ignore[reportIndexIssue]
    return first.toCombined()
