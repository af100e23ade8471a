"""All that is painted of annotations on a page: they themselves, what is led, what is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainter

from reader.domain.annotation import PageGeometry
from reader.domain.marking import Annotation, Kind, Part
from reader.ui.viewer.annotate import frames, painting
from reader.ui.viewer.annotate.painting import Drawing, Drawings
from reader.ui.viewer.feature import PageView

if TYPE_CHECKING:
    from reader.ui.viewer.annotate.feature import Annotate

_FLASH = 1600  # ms a ring stays around what was gone to


class Looks(QObject):
    """Paints for the feature, and keeps what it is painted with."""

    def __init__(self, owner: Annotate) -> None:
        super().__init__(owner)
        self._owner = owner
        self._page = owner.page
        self._drawings = Drawings()
        self._flashed = ""
        self._over = QTimer(self, singleShot=True, interval=_FLASH)
        self._over.timeout.connect(self._end_flash)

    def opened(self) -> None:
        """Another document is shown."""
        self._drawings.clear()

    def flash(self, uid: str) -> None:
        """Put a ring around an annotation for a moment."""
        self._flashed = uid
        self._over.start()
        self._page.canvas.viewport().update()

    @property
    def flashed(self) -> str:
        """What there is a ring around, "" for nothing."""
        return self._flashed

    def _end_flash(self) -> None:
        self._flashed = ""
        self._page.canvas.viewport().update()

    def stop(self) -> None:
        """Let nothing go on."""
        self._over.stop()
        self._flashed = ""

    def paint(self, painter: QPainter, view: PageView) -> None:
        """Paint over a page."""
        pdf, owner = self._page.pdf, self._owner
        geometry = pdf.geometry(view.page) if pdf is not None else None
        if geometry is None:
            return
        found = owner.store.on(view.page)
        if found or owner.tools.drawing:
            painting.paint(painter, view, self._wanted(found, view.page, geometry))
        self._paint_chosen(painter, view, found)
        accent = self._page.theme.color("accent")
        band = owner.picked.band
        if band is not None and band[0] == view.page:
            frames.paint_band(painter, view, band[1], band[2], accent)
        ink = view.colors.ink
        owner.caret.paint(painter, view, self._page.canvas.content.text(view.page), ink)

    def _wanted(
        self, found: tuple[Annotation, ...], page: int, geometry: PageGeometry
    ) -> Iterator[Drawing]:
        owner = self._owner
        edited = owner.words.uid if owner.words.box is not None else ""
        led = owner.picked.led
        for one in found:
            if one.uid == edited:
                continue
            if one.uid in led:
                yield painting.drawing_of(one, led[one.uid])
            elif (made := self._drawings.of(one, page, geometry)) is not None:
                yield made
        shape = owner.tools.led(page)
        if shape is not None:
            draft = Annotation(shape.kind, (Part(page),), color=owner.color, size=owner.tools.width)
            yield painting.drawing_of(draft, shape)

    def _paint_chosen(
        self, painter: QPainter, view: PageView, found: tuple[Annotation, ...]
    ) -> None:
        picked, accent = self._owner.picked, self._page.theme.color("accent")
        if not (picked.all or self._flashed):
            return
        for one in found:
            if not picked.holds(one.uid) and one.uid != self._flashed:
                continue
            shape = picked.shape(one, view.page)
            if shape is None:
                continue
            if one.uid == self._flashed:
                frames.paint_flash(painter, view, shape, accent)
            if picked.holds(one.uid) and self._owner.words.box is None:
                frames.paint_chosen(painter, view, shape, accent)
        one = picked.one
        if one is not None and self._owner.words.box is None and one.kind is not Kind.NOTE:
            places = [at for _, page, at in picked.handles(one) if page == view.page]
            frames.paint_handles(painter, view, places, one.kind, accent)
