"""The frame of a page: its visible box, its turn, its unit."""

from __future__ import annotations

import math
from typing import NamedTuple

from pymupdf import mupdf


class Frame(NamedTuple):
    """A page's visible box in user space, its turn, and the unit its pages are scaled by."""

    crop: tuple[float, float, float, float]
    rotation: int
    unit: float


def frame_of(page: mupdf.PdfObj) -> Frame:
    """The frame of a page's dictionary, as MuPDF understands boxes that make no sense."""
    box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(page, box, matrix)
    rotation = mupdf.pdf_to_int(mupdf.pdf_dict_get_inheritable(page, mupdf.PDF_ENUM_NAME_Rotate))
    rotation = (rotation % 360 + 45) // 90 % 4 * 90
    unit = math.hypot(matrix.a, matrix.b)
    return Frame((box.x0, box.y0, box.x1, box.y1), rotation, unit if unit > 0 else 1.0)


def view_size(frame: Frame) -> tuple[float, float]:
    """Width and height in view space."""
    x0, y0, x1, y1 = frame.crop
    return (y1 - y0, x1 - x0) if frame.rotation in (90, 270) else (x1 - x0, y1 - y0)


def to_view(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """A user space point in view space."""
    x0, y0, x1, y1 = frame.crop
    match frame.rotation:
        case 90:
            return y - y0, x - x0
        case 180:
            return x1 - x, y - y0
        case 270:
            return y1 - y, x1 - x
        case _:
            return x - x0, y1 - y
