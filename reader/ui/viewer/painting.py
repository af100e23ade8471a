"""Painting pages: paper and shadow, sharp or scaled pictures, marks on the text.

The painter works in device pixels on whole pixels, so that a rendered pixel is
a pixel of the screen, whatever the scaling.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from reader.domain.value import dataclass
from reader.pdf.protocol import Hit
from reader.ui.theme import Theme
from reader.ui.viewer.arrangement import turned_size
from reader.ui.viewer.camera import Camera, PixelRect
from reader.ui.viewer.content import Content
from reader.ui.viewer.feature import Layer, PageView
from reader.ui.viewer.pictures import Pictures
from reader.ui.viewer.selection import Chosen, running
from reader.ui.viewer.shadow import paint_shadow, reach
from reader.ui.viewer.tiles import tiles_in_view


@dataclass(slots=True)
class Scene:
    """All that a picture of the view is made of."""

    camera: Camera
    pictures: Pictures
    content: Content
    selection: Chosen | None
    hits: Callable[[int], Sequence[Hit]]
    current_hit: tuple[int, Hit] | None
    waiting: Callable[[int], bool]  # long enough for a hint
    layers: Sequence[Layer]


def device_painter(painter: QPainter, ratio: float) -> None:
    """Let the painter count device pixels from a whole one.

    With a fractional ratio a widget begins in the middle of a device pixel;
    pictures painted there would be smeared over two.
    """
    device = painter.deviceTransform()
    origin = QTransform.fromTranslate(round(device.dx()), round(device.dy()))
    if abs(device.m11() - ratio) < 1e-6:
        painter.setWorldTransform(origin * device.inverted()[0])
    else:
        painter.scale(1 / ratio, 1 / ratio)


def paint(painter: QPainter, scene: Scene, theme: Theme, ratio: float, area: QRect) -> list[int]:
    """Paint the view; `area` is what needs it, in device pixels.

    The pages of which nothing at all could be shown are returned.
    """
    painter.fillRect(area, theme.color("viewer_background"))
    bare: list[int] = []
    camera, colors = scene.camera, theme.pages.now
    around = reach(ratio)
    for page in camera.visible(around, around):
        shown = _place(camera, camera.shown_rect(page))
        if not shown.adjusted(-around, -around, around, around).intersects(area):
            continue
        shadow = theme.color("page_shadow")
        paint_shadow(painter, shown, area, ratio, shadow, colors.edge)
        painter.fillRect(shown & area, colors.paper)
        if page in scene.content.faults:
            continue
        painter.save()
        painter.setClipRect(shown & area)
        view = PageView(camera, page, _place(camera, camera.page_rect(page)), ratio, colors)
        if not _paint_pictures(painter, scene, view):
            bare.append(page)
            if scene.waiting(page):
                seen = shown & QRect(0, 0, camera.width, camera.height)
                _paint_hint(painter, seen, ratio, colors.hint)
        _paint_marks(painter, scene, view)
        for layer in scene.layers:
            layer.paint_page(painter, view)
        painter.restore()
    for layer in scene.layers:
        layer.paint_view(painter, ratio)
    return bare


def _place(camera: Camera, rect: PixelRect) -> QRect:
    """A rectangle of the canvas in the view."""
    return QRect(rect[0] - camera.left, rect[1] - camera.top, rect[2], rect[3])


def _paint_pictures(painter: QPainter, scene: Scene, view: PageView) -> bool:
    """Sharp tiles where there are any, older pictures elsewhere; False for nothing."""
    page, place, scale = view.page, view.place, view.scale
    sharp = [
        (tile, scene.pictures.tile(page, scale, tile)) for tile in tiles_in_view(scene.camera, page)
    ]
    shown = False
    if any(found is None for _, found in sharp):
        shown = _paint_scaled(painter, scene.pictures, view)
    for tile, found in sharp:
        if found is not None:
            shown = True
            image = found.image
            width, height = min(tile[2], image.width()), min(tile[3], image.height())
            target = QRect(place.x() + tile[0], place.y() + tile[1], width, height)
            painter.drawImage(target, image, QRect(0, 0, width, height))
    return shown or not sharp


def _paint_scaled(painter: QPainter, pictures: Pictures, view: PageView) -> bool:
    page, place, scale = view.page, view.place, view.scale
    shown = False
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    thumb = pictures.thumb(page)
    if thumb is not None:
        _draw_turned(painter, thumb.image, place, view.rotation)
        shown = True
    for other, tile, found in pictures.old_tiles(page, scale):
        ratio = scale / other
        corner = QPointF(place.x() + tile[0] * ratio, place.y() + tile[1] * ratio)
        image = found.image
        target = QRectF(corner.x(), corner.y(), image.width() * ratio, image.height() * ratio)
        painter.drawImage(target, image, QRectF(image.rect()))
        shown = True
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    return shown


def _draw_turned(painter: QPainter, image: QImage, place: QRect, rotation: int) -> None:
    """A picture of an unturned page, where the turned page is."""
    if not rotation:
        painter.drawImage(place, image)
        return
    centre = QRectF(place).center()
    width, height = turned_size((place.width(), place.height()), rotation)
    painter.save()
    painter.translate(centre)
    painter.rotate(rotation)
    painter.drawImage(QRectF(-width / 2, -height / 2, width, height), image)
    painter.restore()


def _paint_hint(painter: QPainter, seen: QRect, ratio: float, color: QColor) -> None:
    """Three quiet dots: this page is being made."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    centre = QPointF(seen.center())
    for step in (-1, 0, 1):
        painter.drawEllipse(centre + QPointF(step * 14 * ratio, 0), 3.5 * ratio, 3.5 * ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _paint_marks(painter: QPainter, scene: Scene, view: PageView) -> None:
    page, colors = view.page, view.colors
    text = scene.content.text(page)
    # Like a felt pen: the text stays as it is, the paper is coloured.
    painter.setCompositionMode(colors.blend)
    for hit in scene.hits(page):
        for rect in hit.rects:
            painter.fillRect(view.rect(rect), colors.hit)
    if scene.selection is not None and text is not None:
        for span in running(scene.selection, page, text, scene.content.aside(page)):
            for rect in text.rects(*span):
                painter.fillRect(view.rect(rect), colors.selection)
    if scene.current_hit is not None and scene.current_hit[0] == page:
        for rect in scene.current_hit[1].rects:
            around = view.rect(rect).adjusted(-2, -2, 2, 2)
            painter.fillRect(around, colors.current)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
