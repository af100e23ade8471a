"""The guide's drawings and its formula, as vectors.  Each takes the page and the top-left corner,
draws in `WIDTH` points and has a height in HEIGHTS."""

from __future__ import annotations

import pymupdf
from guide.typeset import (
    ACCENT,
    LINE,
    MUTED,
    PANE,
    PAPER,
    TEXT,
    TINT,
    Colour,
    Faces,
    length,
    write,
    write_centred,
)

WIDTH = 415.0
HEIGHTS = {"panes": 218.0, "flow": 128.0, "progress": 64.0}


def draw(name: str, page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    {"panes": panes, "flow": flow, "progress": progress}[name](page, x, y, faces)


def bar(page: pymupdf.Page, x: float, y: float, width: float, ink: Colour) -> None:
    """A grey bar that stands for words."""
    page.draw_rect(pymupdf.Rect(x, y, x + width, y + 3.4), color=None, fill=ink, radius=0.5)


def panes(page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    """The window: sidebar, list, paper with abstract and note."""
    frame = pymupdf.Rect(x, y, x + WIDTH, y + 210)
    page.draw_rect(frame, color=None, fill=PAPER, radius=0.025)
    side = pymupdf.Rect(x, y, x + 92, y + 210)
    page.draw_rect(side, color=None, fill=PANE)
    page.draw_line((x + 92, y), (x + 92, y + 210), color=LINE, width=0.7)
    page.draw_line((x + 222, y), (x + 222, y + 210), color=LINE, width=0.7)
    page.draw_rect(frame, color=LINE, width=0.9, radius=0.025)
    _sidebar(page, x, y, faces)
    _list(page, x + 92, y, faces)
    _paper(page, x + 222, y, faces)


def _sidebar(page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    rows = ["All papers", "Unread", "Reading", "Read", "Starred", "", "Daily papers", "Jun 11"]
    top = y + 20
    for name in [*rows, "", "Collections", "Tags", "Trash"]:
        if name == "All papers":
            area = pymupdf.Rect(x + 6, top - 9, x + 86, top + 4.5)
            page.draw_rect(area, color=None, fill=TINT, radius=0.25)
        indent = 12 if name != "Jun 11" else 20
        write(page, name or " ", x + indent, top, faces.medium, 7, TEXT if indent == 12 else MUTED)
        count = {"All papers": "114", "Jun 11": "113"}.get(name, "")
        right = x + 82 - length(faces.regular, count, 6.4)
        if count:
            write(page, count, right, top, faces.regular, 6.4, MUTED)
        top += 16 if name else 7


def _list(page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    field = pymupdf.Rect(x + 10, y + 9, x + 120, y + 23)
    page.draw_rect(field, color=LINE, fill=(1, 1, 1), width=0.6, radius=0.25)
    write(page, "Search", x + 16, y + 18.4, faces.regular, 6.6, MUTED)
    widths = [(86, 60, True), (98, 44, True), (70, 66, False), (92, 50, False), (80, 58, True)]
    top = y + 33
    for number, (title, second, unread) in enumerate([*widths, (94, 40, False)]):
        if number == 1:
            chosen = pymupdf.Rect(x + 5, top - 4, x + 125, top + 20)
            page.draw_rect(chosen, color=None, fill=TINT, radius=0.15)
        if unread:
            page.draw_circle((x + 11, top + 3), 1.9, color=None, fill=ACCENT)
        bar(page, x + 18, top + 1.2, title, TEXT if unread else MUTED)
        bar(page, x + 18, top + 10, second, LINE)
        top += 28.5


def _paper(page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    write(page, "Title of the paper", x + 14, y + 24, faces.semibold, 9.5)
    write(page, "Authors · June 2025", x + 14, y + 37, faces.regular, 6.8, MUTED)
    for number, name in enumerate(("arXiv", "Code", "PDF")):
        area = pymupdf.Rect(x + 14 + 34 * number, y + 45, x + 43 + 34 * number, y + 57)
        page.draw_rect(area, color=LINE, fill=(1, 1, 1), width=0.6, radius=0.25)
        middle = (area.x0 + area.x1) / 2
        write_centred(page, name, middle, y + 53.3, faces.medium, 6.4, ACCENT)
    page.draw_line((x + 103, y + 70), (x + 103, y + 210), color=LINE, width=0.7)
    write(page, "Abstract", x + 14, y + 82, faces.semibold, 7)
    write(page, "Note", x + 114, y + 82, faces.semibold, 7)
    lengths = [76, 78, 72, 78, 74, 77, 40, 0, 78, 70, 76, 30]
    for number, wide in enumerate(lengths):
        if wide:
            bar(page, x + 14, y + 91 + number * 9.4, wide, LINE)
    for number, wide in enumerate([58, 66, 44, 0, 62, 50]):
        if wide:
            bar(page, x + 114, y + 91 + number * 9.4, wide, LINE)
    page.draw_line((x + 166, y + 136), (x + 166, y + 144), color=ACCENT, width=0.9)


def box(page: pymupdf.Page, area: pymupdf.Rect, title: str, second: str, faces: Faces) -> None:
    page.draw_rect(area, color=LINE, fill=PAPER, width=0.9, radius=0.12)
    middle = (area.x0 + area.x1) / 2
    height = (area.y0 + area.y1) / 2
    write_centred(page, title, middle, height - 1.5, faces.semibold, 8, TEXT)
    write_centred(page, second, middle, height + 9.5, faces.regular, 6.8, MUTED)


def arrow(
    page: pymupdf.Page, start: tuple[float, float], end: tuple[float, float], ink: Colour
) -> None:
    """A straight arrow, to the right or down."""
    page.draw_line(start, end, color=ink, width=1)
    x, y = end
    across = abs(end[0] - start[0]) > abs(end[1] - start[1])
    head = [(x - 5, y - 2.8), (x - 5, y + 2.8)] if across else [(x - 2.8, y - 5), (x + 2.8, y - 5)]
    page.draw_polyline([head[0], end, head[1]], color=ink, fill=ink, width=0.5, closePath=True)


def flow(page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    """You -> one writer -> library.db -> index and backups."""
    y += 4
    rect = pymupdf.Rect
    you = rect(x, y + 40, x + 88, y + 80)
    writer = rect(x + 116, y + 40, x + 204, y + 80)
    library = rect(x + 232, y + 40, x + 320, y + 80)
    framed = rect(library.x0 - 5, library.y0 - 22, library.x1 + 5, library.y1 + 5)
    page.draw_rect(framed, color=ACCENT, width=0.8, dashes="[3 2] 0", radius=0.1)
    write_centred(page, "one transaction", x + 276, y + 30, faces.medium, 6.8, ACCENT)
    box(page, you, "Window, shell", "keys, menus, commands", faces)
    box(page, writer, "One writer", "notes come first", faces)
    box(page, library, "library.db", "change + undo step", faces)
    index = rect(x + 343, y, x + WIDTH, y + 40)
    backups = rect(x + 343, y + 80, x + WIDTH, y + 120)
    box(page, index, "search.db", "can be remade", faces)
    box(page, backups, "backups/", "opened, checked", faces)
    arrow(page, (you.x1 + 3, y + 60), (writer.x0 - 3, y + 60), MUTED)
    arrow(page, (writer.x1 + 3, y + 60), (library.x0 - 8, y + 60), MUTED)
    for target in (index, backups):
        middle = (target.y0 + target.y1) / 2
        page.draw_line((library.x1 + 6, y + 60), (x + 334, y + 60), color=MUTED, width=1)
        page.draw_line((x + 334, y + 60), (x + 334, middle), color=MUTED, width=1)
        arrow(page, (x + 334, middle), (target.x0 - 2, middle), MUTED)


def progress(page: pymupdf.Page, x: float, y: float, faces: Faces) -> None:
    """p(k, y) = (sum of h_i for i < k, plus y) / sum of all h_i, set and numbered."""
    roman, italic, middle = faces.math, faces.math_italic, y + 34
    at = x + 118
    at = write(page, "p", at, middle, italic, 13)
    for text, font in (("(", roman), ("k", italic), (", ", roman), ("y", italic), (")", roman)):
        at = write(page, text, at + 0.5, middle, font, 13)
    at = write(page, "=", at + 6, middle, roman, 13) + 8
    left = at
    numerator = _sum(page, at + 6, middle - 11, "k − 1", faces)
    numerator = write(page, "+", numerator + 5, middle - 11, roman, 13) + 5
    numerator = write(page, "y", numerator, middle - 11, italic, 13)
    right = numerator + 6
    page.draw_line((left, middle - 3.6), (right, middle - 3.6), color=TEXT, width=0.7)
    _sum(page, (left + right) / 2 - 25, middle + 15, "N − 1", faces)
    after = write(page, ",", right + 3, middle, roman, 13)
    after = write(page, "0 ≤ ", after + 14, middle, roman, 13)
    after = write(page, "p", after, middle, italic, 13)
    write(page, " ≤ 1", after, middle, roman, 13)
    number = "(1)"
    write(page, number, x + WIDTH - length(faces.regular, number, 10), middle, faces.regular, 10)


def _sum(page: pymupdf.Page, x: float, y: float, upper: str, faces: Faces) -> float:
    """A sum sign with its limits beside it and h_i behind; gives the x behind it."""
    after = write(page, "∑", x, y + 1, faces.symbol, 15)
    write(page, upper, after + 1, y - 7, faces.math_italic, 7.5)
    low = write(page, "i", after + 1, y + 4.5, faces.math_italic, 7.5)
    write(page, " = 0", low, y + 4.5, faces.math, 7.5)
    behind = write(page, "h", after + 19, y, faces.math_italic, 13)
    return write(page, "i", behind + 0.4, y + 3, faces.math_italic, 8.5)
