"""How written annotations are drawn: content streams in user space, so that every viewer shows them.

Viewers that draw an annotation from its keys alone differ widely, and some draw
nothing without a stream; with one, all show the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pymupdf

Mark = dict[str, Any]
Box = tuple[float, float, float, float]
Points = Sequence[Sequence[float]]

HIGHLIGHT_OPACITY = 0.5  # laid over words by multiplying, which leaves black ink black
ON_TEXT = ("highlight", "underline", "strikeout", "squiggly")
_ROUND = 0.5523  # of a quarter circle as a curve
INNER = 2.0  # points between the edge of free text and its letters
_LEADING = 1.2
_MULTIPLY = b"/ExtGState<</G<</Type/ExtGState/BM/Multiply/ca %g/CA %g>>>>"
_TINT = b"/ExtGState<</G<</Type/ExtGState/ca 0.1>>>>"
HELVETICA = (
    b"/ExtGState<</P<</Type/ExtGState/ca 0.85>>>>"
    b"/Font<</Helv<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"
)


class Look(NamedTuple):
    """An appearance: its box, its operators, the entries of its resources."""

    box: Box
    content: bytes
    resources: bytes = b""


def look(mark: Mark, rotation: int) -> Look:
    """The appearance of a mark on a page turned by `rotation`."""
    kind = mark["kind"]
    if kind in ON_TEXT:
        return _on_text(mark)
    if kind in ("ink", "line", "arrow"):
        return _lines(mark)
    box = box_of(mark["quads"])
    match kind:
        case "ellipse":
            return Look(box, _stroke(mark) + _ellipse(_inset(box, mark["width"] / 2)) + b"S")
        case "note":
            return Look(box, upright(box, rotation, _note(mark, *seen(box, rotation))))
        case "text":
            words = _words(mark, *seen(box, rotation))
            return Look(box, upright(box, rotation, words), HELVETICA)
        case "area":
            x0, y0, x1, y1 = _inset(box, mark["width"] / 2)
            rect = _ops(x0, y0, x1 - x0, y1 - y0, "re")
            tint = b"q /G gs " + paint(mark["color"]) + b" rg\n" + rect + b"f Q\n"
            dashes = _ops("[", 4 * mark["width"], 3 * mark["width"], "] 0 d 0 J")
            return Look(box, tint + _stroke(mark) + dashes + rect + b"S", _TINT)
        case _:
            x0, y0, x1, y1 = _inset(box, mark["width"] / 2)
            return Look(box, _stroke(mark) + b"0 j " + _ops(x0, y0, x1 - x0, y1 - y0, "re S"))


def box_of(quads: Sequence[Sequence[float]]) -> Box:
    """The box around some quads."""
    xs = [quad[at] for quad in quads for at in (0, 2, 4, 6)]
    ys = [quad[at] for quad in quads for at in (1, 3, 5, 7)]
    return min(xs), min(ys), max(xs), max(ys)


def number(value: float) -> bytes:
    """A number as a PDF has it."""
    return b"%d" % value if value == int(value) else (b"%.3f" % value).rstrip(b"0").rstrip(b".")


def paint(rgb: str) -> bytes:
    """The numbers of a colour "#rrggbb"."""
    return b" ".join(number(part / 255) for part in bytes.fromhex(rgb[1:]))


def is_latin(text: str) -> bool:
    """Whether Helvetica, which every viewer has, can show it."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _ops(*parts: float | str) -> bytes:
    words = (part.encode() if isinstance(part, str) else number(part) for part in parts)
    return b" ".join(words) + b"\n"


def _stroke(mark: Mark) -> bytes:
    return paint(mark["color"]) + b" RG " + _ops(mark["width"], "w 1 J 1 j")


def _inset(box: Box, by: float) -> Box:
    x0, y0, x1, y1 = box
    by = min(by, (x1 - x0) / 2, (y1 - y0) / 2)
    return x0 + by, y0 + by, x1 - by, y1 - by


def _ellipse(box: Box) -> bytes:
    x0, y0, x1, y1 = box
    x, y, rx, ry = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2
    kx, ky = rx * _ROUND, ry * _ROUND
    return b"".join(
        [
            _ops(x1, y, "m"),
            _ops(x1, y + ky, x + kx, y1, x, y1, "c"),
            _ops(x - kx, y1, x0, y + ky, x0, y, "c"),
            _ops(x0, y - ky, x - kx, y0, x, y0, "c"),
            _ops(x + kx, y0, x1, y - ky, x1, y, "c"),
        ]
    )


# -- on words


def _on_text(mark: Mark) -> Look:
    x0, y0, x1, y1 = box_of(mark["quads"])
    box = (x0 - 1, y0 - 1, x1 + 1, y1 + 1)
    if mark["kind"] == "highlight":
        path = b"".join(
            _ops(a, b, "m", c, d, "l", g, h, "l", e, f, "l h")
            for a, b, c, d, e, f, g, h in mark["quads"]
        )
        opacity = HIGHLIGHT_OPACITY
        # One path: where quads overlap, the colour must not be laid on twice.
        content = b"/G gs " + paint(mark["color"]) + b" rg\n" + path + b"f"
        return Look(box, content, _MULTIPLY % (opacity, opacity))
    draw = {"underline": _underline, "strikeout": _strikeout, "squiggly": _squiggly}[mark["kind"]]
    content = paint(mark["color"]) + b" RG\n" + b"".join(map(draw, mark["quads"]))
    return Look(box, content)


def _height(quad: Sequence[float]) -> float:
    return math.hypot(quad[0] - quad[4], quad[1] - quad[5])


def _up(quad: Sequence[float], share: float) -> tuple[float, float, float, float]:
    """The line across a quad at a share of its height: x, y of both ends."""
    a, b, c, d, e, f, g, h = quad
    return e + (a - e) * share, f + (b - f) * share, g + (c - g) * share, h + (d - h) * share


def _underline(quad: Sequence[float], share: float = 0.07) -> bytes:
    width = max(_height(quad) * 0.07, 0.7)
    x0, y0, x1, y1 = _up(quad, share)
    return _ops(width, "w", x0, y0, "m", x1, y1, "l S")


def _strikeout(quad: Sequence[float]) -> bytes:
    return _underline(quad, 0.44)


def _squiggly(quad: Sequence[float]) -> bytes:
    height = _height(quad)
    low, high = _up(quad, 0.07), _up(quad, 0.07 + 0.7 * 0.16)
    length = math.hypot(low[2] - low[0], low[3] - low[1])
    steps = min(max(round(length / max(height * 0.16, 1.2)), 1), 2_000)
    path = [_ops(max(height * 0.07, 0.7), "w", low[0], low[1], "m")]
    for step in range(1, steps + 1):
        x0, y0, x1, y1 = high if step % 2 else low
        at = step / steps
        path.append(_ops(x0 + (x1 - x0) * at, y0 + (y1 - y0) * at, "l"))
    return b"".join([*path, b"S\n"])


# -- lines


def _lines(mark: Mark) -> Look:
    width, strokes, head = mark["width"], [list(stroke) for stroke in mark["strokes"]], b""
    if mark["kind"] == "arrow":
        (x0, y0, _), (x1, y1, _) = strokes[0][0], strokes[0][-1]
        head, strokes[0] = _arrow_head(x0, y0, x1, y1, width)
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    by = 4 * width + 5 if head else width + 1
    box = (min(xs) - by, min(ys) - by, max(xs) + by, max(ys) + by)
    draw = _drawn if mark["kind"] == "ink" else _straight
    tip = paint(mark["color"]) + b" rg\n" + head if head else b""
    return Look(box, _stroke(mark) + b"".join(draw(stroke, width) for stroke in strokes) + tip)


def _arrow_head(
    x0: float, y0: float, x1: float, y1: float, width: float
) -> tuple[bytes, list[list[float]]]:
    """The filled tip of an arrow, and the line that ends within it."""
    far = max(math.hypot(x0 - x1, y0 - y1), 0.01)
    along = ((x0 - x1) / far, (y0 - y1) / far)
    length = min(4 * width + 4, far)
    back = x1 + along[0] * length, y1 + along[1] * length
    half = length * 0.42
    tip = _ops(x1, y1, "m", back[0] - along[1] * half, back[1] + along[0] * half, "l")
    tip += _ops(back[0] + along[1] * half, back[1] - along[0] * half, "l f")
    end = [x1 + along[0] * length * 0.8, y1 + along[1] * length * 0.8, 1.0]
    return tip, [[x0, y0, 1.0], end]


def _straight(points: Points, width: float) -> bytes:
    del width
    return _ops(*points[0][:2], "m") + b"".join(_ops(*p[:2], "l") for p in points[1:]) + b"S\n"


def _drawn(points: Points, width: float) -> bytes:
    """A line of ink, smooth through its points; as wide as the pen was pressed."""
    if len(points) == 1:
        points = [*points, points[0]]
    pressed = any(point[2] != 1.0 for point in points)
    path = [_ops(*points[0][:2], "m")]
    for at in range(len(points) - 1):
        before, start = points[max(at - 1, 0)], points[at]
        end, after = points[at + 1], points[min(at + 2, len(points) - 1)]
        if pressed:
            path.append(_ops(max(width * (start[2] + end[2]) / 2, 0.1), "w", *start[:2], "m"))
        curve = [
            start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6,
        ]  # fmt: skip
        path.append(_ops(*curve, *end[:2], "c S" if pressed else "c"))
    return b"".join(path) + (b"" if pressed else b"S\n")


# -- what stands upright on a turned page


def seen(box: Box, rotation: int) -> tuple[float, float]:
    """Width and height of a box as it is seen."""
    width, height = box[2] - box[0], box[3] - box[1]
    return (height, width) if rotation in (90, 270) else (width, height)


def upright(box: Box, rotation: int, content: bytes) -> bytes:
    """Content drawn from the lower left corner as it is seen, y up."""
    x0, y0, x1, y1 = box
    matrix = {
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }.get(rotation, (1, 0, 0, 1, x0, y0))
    return b"q " + _ops(*matrix, "cm") + content + b"Q"


def _note(mark: Mark, width: float, height: float) -> bytes:
    """A sheet with a folded corner, and lines on it where it says something."""
    side = min(width, height) * 0.84
    half, fold = side / 2, side * 0.34
    edge = _dark(mark["color"])
    head = _ops(1, 0, 0, 1, width / 2, height / 2, "cm 0.9 w 1 J 1 j")
    head += paint(mark["color"]) + b" rg " + paint(edge) + b" RG\n"
    sheet = _ops(-half, half, "m", half, half, "l", half, fold - half, "l")
    sheet += _ops(half - fold, -half, "l", -half, -half, "l b")
    corner = paint(edge) + b" rg " + _ops(half, fold - half, "m", half - fold, fold - half, "l")
    corner += _ops(half - fold, -half, "l b")
    if not mark["contents"]:
        return head + sheet + corner
    left = -half * 0.62
    rows = ((0.27, 1.0), (0.02, 1.0), (-0.23, 0.45))
    lines = (
        _ops(left, row * side, "m", left + half * 1.24 * part, row * side, "l S")
        for row, part in rows
    )
    return head + sheet + corner + b"1 G 1.1 w\n" + b"".join(lines)


def _dark(rgb: str) -> str:
    """A colour two thirds as light."""
    return "#" + bytes(part * 2 // 3 for part in bytes.fromhex(rgb[1:])).hex()


def _words(mark: Mark, width: float, height: float) -> bytes:
    """Free text, wrapped to its box."""
    size = mark["width"]
    lines = _wrapped(mark["contents"], width - 2 * INNER, size)
    clip = b"q /P gs 1 g " + _ops(0, 0, width, height, "re f Q")
    clip += _ops(0, 0, width, height, "re W n")
    start = _ops(INNER, height - INNER - size * 0.8, "Td", size * _LEADING, "TL")
    head = b"BT /Helv " + _ops(size, "Tf") + paint(mark["color"]) + b" rg\n" + start
    return clip + head + b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines) + b"ET\n"


def _escaped(line: str) -> bytes:
    data = line.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _wrapped(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and pymupdf.get_text_length(longer, "helv", size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines
