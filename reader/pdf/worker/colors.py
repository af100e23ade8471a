"""A drawn page in other colours: white becomes paper, black becomes ink, hues stay."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

_WHITE_TURNED = 4  # what MuPDF's turning of lightness makes of 255
_SCAN = 0.85  # of the page
_MOST_IMAGES = 1_000
_STRIP = 64  # rows of pixels

Pixels = tuple[int, int, int, int]


class _ImageFinder(mupdf.FzDevice2):
    """Notes where images are drawn; text and lines do not even reach Python."""

    def __init__(self) -> None:
        super().__init__()
        self.use_virtual_fill_image()
        self.rects: list[Pixels] = []

    def fill_image(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, _context: Any, image: Any, ctm: Any, _alpha: float, _color: Any
    ) -> None:
        if image.w * image.h == 1:
            return  # a plain area, also one in place of a picture that is still to come
        xs = sorted((ctm.e, ctm.e + ctm.a, ctm.e + ctm.c, ctm.e + ctm.a + ctm.c))
        ys = sorted((ctm.f, ctm.f + ctm.b, ctm.f + ctm.d, ctm.f + ctm.b + ctm.d))
        if len(self.rects) < _MOST_IMAGES and max(-xs[0], xs[3], -ys[0], ys[3]) < 2**30:
            self.rects.append((int(xs[0]), int(ys[0]), -int(-xs[3] // 1), -int(-ys[3] // 1)))


def images(
    drawing: mupdf.FzDisplayList, matrix: mupdf.FzMatrix, size: tuple[float, float]
) -> list[Pixels]:
    """Where images are on a page of `size` pixels; none when they are all there is, as in a scan."""
    finder = _ImageFinder()
    everything = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
    mupdf.fz_run_display_list(drawing, finder, matrix, everything, mupdf.FzCookie())
    mupdf.fz_close_device(finder)
    covered = sum(
        max(min(x1, size[0]) - max(x0, 0), 0) * max(min(y1, size[1]) - max(y0, 0), 0)
        for x0, y0, x1, y1 in finder.rects
    )
    return finder.rects if covered < _SCAN * size[0] * size[1] else []


def recolor(pixmap: mupdf.FzPixmap, paper: int, ink: int, spared: list[Pixels]) -> None:
    """Map a drawn page's colours, except in the spared places."""
    original = _copy(pixmap) if spared else None
    if _lightness(paper) < _lightness(ink):
        _turn(pixmap, paper, ink)
    else:
        mupdf.fz_tint_pixmap(pixmap, ink, paper)
    if original is not None:
        spaces = mupdf.FzDefaultColorspaces()
        for rect in spared:
            mupdf.fz_copy_pixmap_rect(pixmap, original, mupdf.FzIrect(*rect), spaces)


def _copy(pixmap: mupdf.FzPixmap) -> mupdf.FzPixmap:
    # Not fz_clone_pixmap: in MuPDF 1.28 it loses rows of a pixmap that does not begin at 0.
    area = mupdf.fz_pixmap_bbox(pixmap)
    copy = mupdf.fz_new_pixmap_with_bbox(mupdf.fz_device_bgr(), area, mupdf.FzSeparations(), 1)
    mupdf.fz_copy_pixmap_rect(copy, pixmap, area, mupdf.FzDefaultColorspaces())
    return copy


def _turn(pixmap: mupdf.FzPixmap, paper: int, ink: int) -> None:
    """Light ink on dark paper, strip by strip: to turn colours takes thrice as long as greys."""
    stride = mupdf.fz_pixmap_stride(pixmap)
    left, top = mupdf.fz_pixmap_x(pixmap), mupdf.fz_pixmap_y(pixmap)
    right = left + mupdf.fz_pixmap_width(pixmap)
    bottom = top + mupdf.fz_pixmap_height(pixmap)
    samples = bytes(mupdf.fz_pixmap_samples_memoryview(pixmap))
    for y0 in range(top, bottom, _STRIP):
        y1 = min(y0 + _STRIP, bottom)
        strip = mupdf.fz_new_pixmap_from_pixmap(pixmap, mupdf.FzIrect(left, y0, right, y1))
        if _is_grey(samples[(y0 - top) * stride : (y1 - top) * stride]):
            mupdf.fz_tint_pixmap(strip, ink, paper)
        else:
            mupdf.fz_invert_pixmap_luminance(strip)
            mupdf.fz_tint_pixmap(strip, _so_that_white_fits(paper, ink), ink)


def _is_grey(samples: bytes) -> bool:
    return samples[::4] == samples[1::4] == samples[2::4]


def _so_that_white_fits(paper: int, ink: int) -> int:
    """The darkest colour to ask for, so that turned white comes out as paper."""
    parts = [
        max(round((255 * dark - _WHITE_TURNED * light) / (255 - _WHITE_TURNED)), 0)
        for dark, light in zip(_parts(paper), _parts(ink), strict=True)
    ]
    return parts[0] << 16 | parts[1] << 8 | parts[2]


def _parts(color: int) -> tuple[int, int, int]:
    return color >> 16 & 255, color >> 8 & 255, color & 255


def _lightness(color: int) -> float:
    red, green, blue = _parts(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue
