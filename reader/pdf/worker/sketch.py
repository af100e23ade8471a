"""The pictures on a page as they are drawn, and the page without them: grey areas in their place.

This serves whatever kind of file it is; a PDF is also drawn without some of its pictures
alone, see excerpt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pymupdf import mupdf

from reader.pdf.worker import images
from reader.pdf.worker.pages import Pixels, paper, run

_UNIT = mupdf.FzRect(0, 0, 1, 1)


class Pictures(NamedTuple):
    """What the pictures of a page come to."""

    pixels: int
    seconds: float  # to unpack them for a small drawing
    places: list[mupdf.FzMatrix]  # of those that hide what is under them: the unit square there


class _Collector(mupdf.FzDevice2):
    """Looks at images; text and lines do not even reach Python."""

    def __init__(self) -> None:
        super().__init__()
        self.use_virtual_fill_image()
        self.use_virtual_fill_image_mask()
        self.pixels = 0
        self.seconds = 0.0
        self.places: list[mupdf.FzMatrix] = []
        self._known: set[int] = set()  # drawn again, a picture is not unpacked again

    def fill_image(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, _context: Any, image: Any, ctm: Any, _alpha: float, _color: Any
    ) -> None:
        self._add(image)
        if not image.mask:
            self.places.append(mupdf.FzMatrix(ctm.a, ctm.b, ctm.c, ctm.d, ctm.e, ctm.f))

    def fill_image_mask(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, _context: Any, image: Any, *_: Any
    ) -> None:
        self._add(image)

    def _add(self, image: Any) -> None:
        if int(image.this) in self._known:
            return
        self._known.add(int(image.this))
        self.pixels += image.w * image.h
        self.seconds += _seconds(image)
        if image.mask:
            self.seconds += _seconds(image.mask)


def pictures(drawing: mupdf.FzDisplayList) -> Pictures:
    """The pictures that a page draws."""
    collector = _Collector()
    run(drawing, collector)
    return Pictures(collector.pixels, collector.seconds, collector.places)


def _seconds(image: Any) -> float:
    packed = mupdf.ll_fz_compressed_image_buffer(image)
    if not packed or not packed.buffer:
        return 0.0  # unpacked already
    pixels = image.w * image.h
    plain = pixels * image.n * image.bpc // 8
    data = mupdf.ll_fz_buffer_storage_memoryview(packed.buffer, 0)
    match packed.params.type:
        case mupdf.FZ_IMAGE_JPX:
            return images.jpx(pixels)
        case mupdf.FZ_IMAGE_JPEG:
            return images.jpeg(len(data), pixels, data[: images.HEAD].tobytes())
        case mupdf.FZ_IMAGE_FAX | mupdf.FZ_IMAGE_JBIG2:
            return images.bits(pixels)
        case mupdf.FZ_IMAGE_RAW:
            return 0.0
        case _:
            return images.plain(len(data), plain)


def without_pictures(
    places: Sequence[mupdf.FzMatrix],
    drawing: mupdf.FzDisplayList,
    matrix: mupdf.FzMatrix,
    box: Pixels,
) -> mupdf.FzPixmap:
    """What `draw` gives, of all but the pictures; grey in the `places` of those that hide."""
    pixmap = paper(box)
    for place in places:
        area = mupdf.fz_round_rect(mupdf.fz_transform_rect(_UNIT, mupdf.fz_concat(place, matrix)))
        mupdf.fz_clear_pixmap_rect_with_value(pixmap, images.GREY, area)
    device = mupdf.fz_new_draw_device(matrix, pixmap)
    # What a device has no function for it leaves out.
    device.m_internal.fill_image = None
    device.m_internal.fill_image_mask = None
    run(drawing, device)
    return pixmap
