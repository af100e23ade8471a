"""The pages on screen: paints what a camera sees and hears wheel, fingers and keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QKeyEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import Hit
from reader.ui.theme import Theme
from reader.ui.viewer import wheel
from reader.ui.viewer.arrangement import Arrangement
from reader.ui.viewer.camera import Camera, Spot
from reader.ui.viewer.camera_view import CameraView
from reader.ui.viewer.content import Content
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.feature import Layer
from reader.ui.viewer.foresight import Foresight
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.loader import Loader
from reader.ui.viewer.painting import Scene, device_painter, paint
from reader.ui.viewer.pictures import Pictures
from reader.ui.viewer.selection import Chosen

_FLYING = 5.0  # view heights a second; nobody reads at that speed


class PageCanvas(CameraView):
    """Shows pages; knows nothing of text, links or files."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.theme = theme
        self.pictures = Pictures()
        self.content = Content()
        self.loader: Loader | None = None
        self.selection: Chosen | None = None
        self.current_hit: tuple[int, Hit] | None = None
        self.hits_of: Callable[[int], Sequence[Hit]] = _no_hits
        self.layers: list[Layer] = []
        self.motion.ended.connect(self._tell_loader)
        self._seen_at = (0.0, 0)
        self._zooming = QTimer(self, singleShot=True, interval=60)
        self._zooming.timeout.connect(self._tell_loader)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        view = self.viewport()
        view.setMouseTracking(True)
        view.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        theme.changed.connect(view.update)
        theme.pages.changed.connect(self._recolor)

    # -- the document

    def foreseen(
        self, engine: PdfEngine, position: ReadingPosition | None
    ) -> Callable[[OpenDocument], None]:
        """What asks for the first pictures of a document that is going to be shown at a place."""
        start = position or ReadingPosition(zoom=self.zoom)
        return Foresight(engine, self.view, start, self.theme.pages.now.colors).ask

    def show_document(self, loader: Loader) -> None:
        """Show the pages a loader, which looks through this canvas' camera, fetches.

        Where in the document is said by `restore`, which follows.
        """
        self.loader = loader
        loader.colors = self.theme.pages.now.colors
        loader.arrived.connect(self._page_arrived)
        loader.measured.connect(self._adapt)  # what is at the top stays there

    def clear(self) -> None:
        """Show no document, and free its pictures."""
        self.motion.stop()
        self.loader = None
        self.selection = None
        self.current_hit = None
        self.pictures = Pictures()
        self.content = Content()
        self.camera = Camera(PageLayout(0))
        self._anchor = Spot(0, 0.0, 0.0)
        self._moved(keep_anchor=True)

    def release(self) -> None:
        """Give the memory of a hidden view back; its place and selection stay.

        The small pictures of the pages in view are kept, to be painted at once
        when the view is shown again; the rest is then made anew by itself.
        """
        self.motion.stop()
        if self.loader is not None:
            self.loader.sleep()
        self.pictures.keep_only(self.camera.visible())
        self.content.drop_texts()

    # -- after every change of the view

    def _arrange(self, arrangement: Arrangement) -> None:
        if arrangement.rotation != self.arrangement.rotation:
            self.pictures.drop_tiles()
        super()._arrange(arrangement)

    def _moved(self, *, keep_anchor: bool = False) -> None:
        self._tell_loader()
        super()._moved(keep_anchor=keep_anchor)

    def _zooms(self) -> None:
        self._zooming.start()

    def _tell_loader(self) -> None:
        if self.loader is not None:
            self.loader.trims = self.zoom == "text" or self.arrangement.trim != "off"
            self.loader.moved(flying=self._is_flying())

    def _is_flying(self) -> bool:
        if self._zooming.isActive():
            return True
        now, top = time.monotonic(), self.camera.top
        then, before = self._seen_at
        self._seen_at = now, top
        heights = abs(top - before) / max(self.camera.height, 1)
        return heights > 0.02 and heights / max(now - then, 0.004) > _FLYING

    def _recolor(self) -> None:
        self.pictures.clear()
        if self.loader is not None:
            self.loader.recolor(self.theme.pages.now.colors)
        self.viewport().update()

    def _page_arrived(self, page: int) -> None:
        if page < 0 or page in self.camera.visible():
            self.viewport().update()

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.ratio
        painter = QPainter(self.viewport())
        device_painter(painter, ratio)
        area = event.rect()
        corner = QPoint(int(area.x() * ratio), int(area.y() * ratio))
        size = QSize(int(area.width() * ratio) + 2, int(area.height() * ratio) + 2)
        scene = Scene(
            self.camera,
            self.pictures,
            self.content,
            self.selection,
            self.hits_of,
            self.current_hit,
            self.loader.waited if self.loader is not None else _never,
            self.layers,
        )
        bare = paint(painter, scene, self.theme, ratio, QRect(corner, size))
        painter.end()
        if self.loader is not None:
            self.loader.bare(bare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.loader is not None:
            self.loader.wake()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys are the page's; the scroll area would move its bars by itself

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self._gesture(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._adapt()
        return super().viewportEvent(event)

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
            case Qt.NativeGestureType.SmartZoomNativeGesture:
                self.set_zoom("page" if self.zoom == "width" else "width", event.position())
            case _:
                return False
        event.accept()
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(wheel.zoom_factor(event), event.position())
            return
        turn = wheel.read(event, self.ratio)
        self.pull(turn.dx, turn.dy, exact=turn.exact)
        if turn.released:
            self.motion.let_go()


def _no_hits(page: int) -> Sequence[Hit]:
    del page
    return ()


def _never(page: int) -> bool:
    del page
    return False
