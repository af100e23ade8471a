"""Pixels and text of a page."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from typing import Any

from pymupdf import mupdf

from reader.pdf.text import clean
from reader.pdf.worker import colors
from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.cork import spelt
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.frames import view_size
from reader.pdf.worker.letters import Box, Line, lines_of

Limits = dict[str, Any]
_EDGE = 1e-3
_SAME_LINE = 0.6
_FONT_NAME = 200
Pixels = tuple[int, int, int, int]  # a box of them


def render(
    file: OpenFile, request: dict[str, Any], limits: Limits
) -> tuple[dict[str, int], memoryview]:
    """A page or a clip of it as blue, green, red, 255; the size goes with it."""
    return drawn(file, request, limits, draw)


def drawn(
    file: OpenFile,
    request: dict[str, Any],
    limits: Limits,
    draw: Callable[[mupdf.FzDisplayList, mupdf.FzMatrix, Pixels], mupdf.FzPixmap],
) -> tuple[dict[str, int], memoryview]:
    """What `render` answers, drawn in another way."""
    frame = file.frame(request["page"])
    scale, rotation = request["scale"], request["rotation"]
    width, height = view_size(frame)
    seen = (height, width) if rotation in (90, 270) else (width, height)
    box = _pixel_box(seen, request["clip"], scale)
    if (box[2] - box[0]) * (box[3] - box[1]) > limits["pixels"]:
        raise RefusedError("The picture would be larger than the limits allow.")
    without = tuple(request["without"])
    drawing = file.drawing(request["page"], request["annotations"], without)
    matrix = _turned(scale / frame.unit, rotation, width * scale, height * scale)
    pixmap = draw(drawing, matrix, box)
    if request["colors"]:
        paper, ink, keep = request["colors"]
        pixels = (seen[0] * scale, seen[1] * scale)
        spared = colors.images(drawing, matrix, pixels) if keep else []
        colors.recolor(pixmap, paper, ink, spared)
    size = {
        "width": mupdf.fz_pixmap_width(pixmap),
        "height": mupdf.fz_pixmap_height(pixmap),
        "stride": mupdf.fz_pixmap_stride(pixmap),
    }
    file.answered = pixmap  # the memory below is its own
    return size, mupdf.fz_pixmap_samples_memoryview(pixmap)


def draw(
    drawing: mupdf.FzDisplayList,
    matrix: mupdf.FzMatrix,
    box: Pixels,
    *,
    grey: bool = False,
) -> mupdf.FzPixmap:
    """The pixels of a box on white paper: blue, green, red, 255, or one level of grey."""
    pixmap = paper(box, grey=grey)
    run(drawing, mupdf.fz_new_draw_device(matrix, pixmap))
    return pixmap


def paper(box: Pixels, *, grey: bool = False) -> mupdf.FzPixmap:
    """The pixels of a box with nothing on it."""
    space = mupdf.fz_device_gray() if grey else mupdf.fz_device_bgr()
    area = mupdf.FzIrect(*box)
    pixmap = mupdf.fz_new_pixmap_with_bbox(space, area, mupdf.FzSeparations(), int(not grey))
    mupdf.fz_clear_pixmap_with_value(pixmap, 255)
    return pixmap


def run(drawing: mupdf.FzDisplayList, device: mupdf.FzDevice) -> None:
    """Have a device take all that is drawn, and be done with it."""
    everything = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
    mupdf.fz_run_display_list(drawing, device, mupdf.FzMatrix(), everything, mupdf.FzCookie())
    mupdf.fz_close_device(device)


def _turned(factor: float, rotation: int, width: float, height: float) -> mupdf.FzMatrix:
    """From the page to pixels of it, turned clockwise; width and height in pixels before that."""
    match rotation:
        case 90:
            return mupdf.FzMatrix(0, factor, -factor, 0, height, 0)
        case 180:
            return mupdf.FzMatrix(-factor, 0, 0, -factor, width, height)
        case 270:
            return mupdf.FzMatrix(0, -factor, factor, 0, 0, width)
        case _:
            return mupdf.FzMatrix(factor, 0, 0, factor, 0, 0)


def _pixel_box(size: tuple[float, float], clip: list[float] | None, scale: float) -> Pixels:
    x0, y0, x1, y1 = clip or (0.0, 0.0, *size)
    x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, size[0]), min(y1, size[1])
    if not (scale > 0 and x0 < x1 and y0 < y1):
        raise RefusedError("There is nothing to draw in that place.")
    edges = (x0 * scale, y0 * scale, x1 * scale, y1 * scale)
    if max(edges) > 2**30:
        raise RefusedError("The picture would be larger than the limits allow.")
    left, top = math.floor(edges[0] + _EDGE), math.floor(edges[1] + _EDGE)
    right, bottom = math.ceil(edges[2] - _EDGE), math.ceil(edges[3] - _EDGE)
    return left, top, max(right, left + 1), max(bottom, top + 1)


class _Collector:
    """Characters, boxes, lines and blocks as they come."""

    def __init__(self, most: int, unit: float) -> None:
        self.pieces: list[str] = []
        self.count = 0
        self.boxes = array("f")
        self.lines: list[int] = []  # start, end, start, end...
        self.blocks: list[int] = []
        self.styles: list[list[Any]] = []  # start, size, flags, number of the font
        self.fonts: dict[str, int] = {}
        self._most = most
        self._unit = unit

    def block(self, lines: list[Line]) -> None:
        start = self.count
        last: Box | None = None
        for line in lines:
            if self.count + len(line.chars) >= self._most:
                continue
            box = line.box
            if line.level and last is not None and _continues(last, box):
                self._add(" ", array("f", (last[2], box[1], max(box[0], last[2]), box[3])))
                self.lines.pop()
            else:
                self.lines.append(self.count)
            for offset, look in line.looks:
                self._style(offset, *look)
            self._add(line.chars, line.boxes)
            self.lines.append(self.count)
            last = box if line.level else None
        if self.count > start:
            self.blocks += [start, self.count]

    def _style(self, offset: int, size: float, flags: int, font: str) -> None:
        """Begin a run where the look of the text changes."""
        number = self.fonts.setdefault(font[:_FONT_NAME], len(self.fonts))
        look = [round(size / self._unit, 2), flags, number]
        if not self.styles or self.styles[-1][1:] != look:
            self.styles.append([self.count + offset, *look])

    def _add(self, chars: str, boxes: array[float]) -> None:
        self.pieces.append(chars)
        self.count += len(chars)
        if self._unit != 1.0:
            boxes = array("f", [edge / self._unit for edge in boxes])
        self.boxes.extend(boxes)


def _continues(last: Box, box: Box) -> bool:
    """Whether a line goes on to the right of the one before: MuPDF cuts at wide gaps."""
    overlap = min(last[3], box[3]) - max(last[1], box[1])
    lower = min(last[3] - last[1], box[3] - box[1])
    return box[0] >= last[2] - 1.0 and overlap > _SAME_LINE * lower > 0


def text(file: OpenFile, request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    """The page's characters in reading order; boxes as 4-byte floats, then UTF-8."""
    options = mupdf.FzStextOptions()
    options.flags = mupdf.FZ_STEXT_CLIP
    page = mupdf.FzStextPage(file.page(request["page"]), options)
    collector = _Collector(limits["characters"], file.frame(request["page"]).unit)
    for lines in spelt(list(lines_of(page))):
        collector.block(lines)
    chars = clean("".join(collector.pieces)).encode()
    answer = {
        "count": collector.count,
        "lines": collector.lines,
        "blocks": collector.blocks,
        "styles": collector.styles,
        "fonts": [clean(name) for name in collector.fonts],
    }
    return answer, collector.boxes.tobytes() + chars
