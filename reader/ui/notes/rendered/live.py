"""Keeps the rendered view of an editor's text up to date, without stopping the one who types.

The tree is made on a worker and the document in pieces between the window's
turns; a huge text waits until nobody types.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from reader.ui.notes.formulas import Formulas
from reader.ui.notes.kit import Kit
from reader.ui.notes.rendered.build import Builder
from reader.ui.notes.rendered.images import Images
from reader.ui.notes.rendered.inline import Inline
from reader.ui.notes.rendered.look import Look
from reader.ui.notes.rendered.objects import Objects
from reader.ui.notes.rendered.view import RenderedView

_TREE = "reader.ui.notes.rendered.tree"  # with markdown-it, loaded on the worker
_SLICE = 0.008  # seconds of building between two turns of the window
# (characters at least, ms without a key before the view follows)
_PATIENCE = ((60_000, 1500), (8_000, 400), (0, 120))
_MATH_LATER = 300  # ms; while more formulas are being set


class Live(QObject):
    """Renders the texts that `text` gives into a view."""

    built = Signal()

    def __init__(
        self, view: RenderedView, kit: Kit, formulas: Formulas, images: Images, look: Any
    ) -> None:
        super().__init__(view)
        self._view = view
        self._kit = kit
        self._formulas = formulas
        self._look = look  # () -> Look of now
        self._text = ""
        self._paper = ""
        self._generation = 0
        self._reading = False  # whether a tree is being made
        self._steps: Iterator[None] | None = None
        self._document: QTextDocument | None = None
        self._builder: Builder | None = None
        self._inline: Inline | None = None
        made: Look = look()
        self._objects = Objects(formulas, images, made.theme, self)
        self._typing = QTimer(self, singleShot=True)
        self._typing.timeout.connect(self.render)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)
        self._later = QTimer(self, singleShot=True, interval=_MATH_LATER)
        self._later.timeout.connect(self._objects_arrived)
        formulas.arrived.connect(self._objects_arrived)
        images.arrived.connect(self._objects_arrived)
        view.resized.connect(self._fit)
        self._waits_for_objects = False

    def show(self, paper: str, text: str, *, at_once: bool = False) -> None:
        """Render a text: now, or when nobody has typed for a moment."""
        self._paper, self._text = paper, text
        wait = next(wait for least, wait in _PATIENCE if len(text) >= least)
        self._typing.start(0 if at_once else wait)

    def stop(self) -> None:
        """Nobody looks: render nothing."""
        self._typing.stop()
        self._slices.stop()
        self._reading, self._steps = False, None
        self._generation += 1

    @property
    def busy(self) -> bool:
        """Whether the view is not yet what it is to be."""
        waits = self._typing.isActive() or self._later.isActive()
        return waits or self._reading or self._steps is not None

    def render(self) -> None:
        """Have the tree made, then the document."""
        self._typing.stop()
        self._generation += 1
        asked = self._generation

        def done(tokens: Sequence[Any]) -> None:
            if asked == self._generation:
                self._reading = False
                self._build(tokens)

        self._reading = True
        self._kit.read(_tree, self._text, then=done, owner=self)

    def _build(self, tokens: Sequence[Any]) -> None:
        if self._document is not None:
            self._document.deleteLater()
        look: Look = self._look()
        self._document = QTextDocument(self)
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(2)
        self._document.setDefaultFont(look.sized())
        self._document.setIndentWidth(look.step)
        self._objects.paper = self._paper
        self._fit()
        self._inline = Inline(look, self._formulas)
        self._builder = Builder(self._document, look, self._inline)
        self._steps = self._builder.steps(tokens)
        self._go_on()

    def _go_on(self) -> None:
        # The thread's own time: on a busy machine a slice of the wall clock holds no work.
        end = time.thread_time() + _SLICE
        for _ in self._steps or ():
            if time.thread_time() > end:
                self._slices.start()
                return
        self._slices.stop()
        self._steps = None
        if self._document is None or self._builder is None or self._inline is None:
            return
        builder, inline = self._builder, self._inline
        # Only now: this makes the layout, which goes through the whole text after each change.
        self._objects.register(self._document)
        self._view.show_document(self._document, builder.anchors, inline.targets, inline.feet)
        self._document = None
        self.built.emit()

    def _fit(self) -> None:
        room = self._view.viewport().width() - 8.0
        if room > 0:
            self._objects.room = room

    def _objects_arrived(self) -> None:
        """Formulas or pictures are there: build anew, not too often while more of them come."""
        if not self._view.isVisible():
            return
        if self._formulas.busy and self._later.isActive():
            return
        if self._formulas.busy:
            self._later.start()
        self.render()


def _tree(text: str) -> Sequence[Any]:
    return import_module(_TREE).tree(text)
