"""What is printed on a page, as boxes: for trimming margins."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.frames import view_size
from reader.pdf.worker.pages import draw

_FULL = 0.97  # of width and height: then something white or a scan lies under all
_PIXELS = 400  # of the longer edge, to look at a page that is full
_CLOSE = 48  # levels of grey that are still paper
_LEAST = 2  # pixels of ink in a row or column; fewer are specks
_SPECK = 0.02  # of width or height: a page with less on it is an empty one

Box = tuple[float, float, float, float]


def ink(file: OpenFile, request: dict[str, Any], _limits: dict[str, Any]) -> tuple[Any, None]:
    """[box of everything, box of the running text], view space; None for nothing."""
    number = request["page"]
    frame = file.frame(number)
    width, height = view_size(frame)
    drawing = file.drawing(number, False)
    box = _within(_drawn(drawing), frame.unit, width, height)
    if box and box[2] - box[0] > _FULL * width and box[3] - box[1] > _FULL * height:
        box = _seen(drawing, frame.unit, width, height) or box
    text = _within(_text(drawing), frame.unit, width, height)
    return [box, text], None


def _within(box: Box | None, unit: float, width: float, height: float) -> Box | None:
    if box is None:
        return None
    x0, y0, x1, y1 = (edge / unit for edge in box)
    x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, width), min(y1, height)
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _drawn(drawing: mupdf.FzDisplayList) -> Box:
    """What the page's drawing says it covers: a third of a millisecond, no pixels."""
    box = mupdf.FzRect(mupdf.FzRect.Fixed_EMPTY)
    device = mupdf.fz_new_bbox_device(box)
    everything = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
    mupdf.fz_run_display_list(drawing, device, mupdf.FzMatrix(), everything, mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return box.x0, box.y0, box.x1, box.y1


def _seen(drawing: mupdf.FzDisplayList, unit: float, width: float, height: float) -> Box | None:
    """What differs from the paper in a small picture of the page."""
    scale = _PIXELS / max(width, height, 1.0)
    columns, rows = max(int(width * scale), 1), max(int(height * scale), 1)
    factor = scale / unit
    matrix = mupdf.FzMatrix(factor, 0, 0, factor, 0, 0)
    pixmap = draw(drawing, matrix, (0, 0, columns, rows), grey=True)
    samples = bytes(mupdf.fz_pixmap_samples_memoryview(pixmap))
    paper = max(set(samples), key=samples.count)
    marks = samples.translate(bytes(abs(level - paper) > _CLOSE for level in range(256)))
    across = [
        row for row in range(rows) if marks.count(1, row * columns, (row + 1) * columns) >= _LEAST
    ]
    down = [column for column in range(columns) if marks[column::columns].count(1) >= _LEAST]
    if len(down) < _SPECK * columns or len(across) < _SPECK * rows:
        return None
    edges = (down[0], across[0], down[-1] + 1, across[-1] + 1)
    x0, y0, x1, y1 = (edge * unit / scale for edge in edges)
    return x0, y0, x1, y1


def _text(drawing: mupdf.FzDisplayList) -> Box | None:
    """The box of the lines that run the way most of the page's text does."""
    page = mupdf.FzStextPage(drawing, mupdf.FzStextOptions())
    lines: dict[tuple[int, int], list[Box]] = {}
    for block in page:  # pyright: ignore[reportGeneralTypeIssues]
        if block.m_internal.type != mupdf.FZ_STEXT_BLOCK_TEXT:
            continue
        for line in block:
            box, way = line.m_internal.bbox, line.m_internal.dir
            if box.x0 < box.x1 and box.y0 < box.y1:
                key = (round(way.x), round(way.y))
                lines.setdefault(key, []).append((box.x0, box.y0, box.x1, box.y1))
    if not lines:
        return None
    boxes = max(
        lines.values(), key=lambda found: sum(x1 - x0 + y1 - y0 for x0, y0, x1, y1 in found)
    )
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
