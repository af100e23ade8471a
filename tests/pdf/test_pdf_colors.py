"""Pages in other colours, turned, trimmed, and read as tables."""

from __future__ import annotations

from typing import Any

import pytest

from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import PageColors, PdfRefused, Picture
from tests.pdf import hostile
from tests.pdf.conftest import Save

WAIT = 60
SEPIA = PageColors(0xF4ECD8, 0x3B3024)
DARK = PageColors(0x1B1D21, 0xE3E5E8)


def rgb(picture: Picture, x: float, y: float) -> tuple[int, int, int]:
    at = int(y) * picture.stride + int(x) * 4
    blue, green, red, full = picture.pixels[at : at + 4]
    assert full == 255
    return red, green, blue


def parts(color: int) -> tuple[int, int, int]:
    return color >> 16, color >> 8 & 255, color & 255


def colored(image: bytes, more: bytes = b"") -> bytes:
    """Black at (10, 10), red at (30, 10), grey at (50, 10) and an image, all 20 points wide."""
    data = b"0 g 0 280 20 20 re f 1 0 0 rg 20 280 20 20 re f .5 g 40 280 20 20 re f " + image + more
    picture = hostile.stream(
        b"\xff\xff\xff\x00\x00\x00",
        b"/Type/XObject/Subtype/Image/Width 2/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8",
    )
    return hostile.pages([data], resources=b"<</XObject<</X 5 0 R>>>>", more=[picture])


SMALL_IMAGE = b"q 100 0 0 100 100 0 cm /X Do Q "  # view space (100, 200) to (200, 300)
SCAN = b"q 200 0 0 270 0 0 cm /X Do Q "


def opened(engine: Engine, save: Save, data: bytes) -> Document:
    return engine.open(save(data)).result(WAIT)


@pytest.mark.parametrize("colors", [SEPIA, DARK])
def test_paper_and_ink_take_their_colours_and_hues_stay(
    engine: Engine, save: Save, colors: PageColors
) -> None:
    doc = opened(engine, save, colored(SMALL_IMAGE))
    picture = engine.render(doc, 0, 1.0, colors=colors).result(WAIT)
    # a strip with colours in it is turned less exactly than one of greys
    assert rgb(picture, 150, 10) == pytest.approx(parts(colors.paper), abs=4)
    assert rgb(picture, 10, 150) == parts(colors.paper)
    assert rgb(picture, 10, 10) == pytest.approx(parts(colors.ink), abs=4)
    red, green, blue = rgb(picture, 30, 10)
    assert red > green + 60
    assert red > blue + 60
    # the image is as it was, black and white, and its edges are not torn
    assert rgb(picture, 110, 250) == (255, 255, 255)
    assert rgb(picture, 190, 250) == (0, 0, 0)
    assert rgb(picture, 98, 250) == parts(colors.paper)


def test_black_and_white_are_exact_on_a_grey_page(engine: Engine, save: Save) -> None:
    doc = opened(engine, save, hostile.pages([b"0 g 0 280 20 20 re f"]))
    for paper, ink in ((0x000000, 0xFFFFFF), (DARK.paper, DARK.ink), (SEPIA.paper, SEPIA.ink)):
        picture = engine.render(doc, 0, 1.0, colors=PageColors(paper, ink)).result(WAIT)
        assert (rgb(picture, 10, 10), rgb(picture, 100, 100)) == (parts(ink), parts(paper))


def test_images_are_recoloured_when_asked_and_when_they_are_the_page(
    engine: Engine, save: Save
) -> None:
    small = opened(engine, save, colored(SMALL_IMAGE))
    everything = PageColors(DARK.paper, DARK.ink, keep_images=False)
    picture = engine.render(small, 0, 1.0, colors=everything).result(WAIT)
    assert rgb(picture, 110, 250) == parts(DARK.paper)
    # a scan: the image covers 90 % of the page
    scan = opened(engine, save, colored(SCAN))
    for clip in (None, (0.0, 100.0, 200.0, 200.0)):
        picture = engine.render(scan, 0, 1.0, colors=DARK, clip=clip).result(WAIT)
        assert rgb(picture, 10, 90) == parts(DARK.paper)
        assert rgb(picture, 190, 90) == parts(DARK.ink)


def test_without_colours_nothing_changes_and_tiles_fit(engine: Engine, save: Save) -> None:
    doc = opened(engine, save, colored(SMALL_IMAGE))
    for colors in (None, SEPIA, DARK):
        whole = engine.render(doc, 0, 2.0, colors=colors).result(WAIT)
        tile = engine.render(doc, 0, 2.0, colors=colors, clip=(0, 192, 200, 300)).result(WAIT)
        assert tile.pixels == whole.pixels[384 * whole.stride :]
    assert rgb(engine.render(doc, 0, 1.0).result(WAIT), 30, 10) == (255, 0, 0)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("own", [0, 90])
def test_a_turned_page_is_the_page_turned(
    engine: Engine, save: Save, rotation: Any, own: int
) -> None:
    data = hostile.pages([b"1 0 0 rg 60 100 20 20 re f"], page=b"/Rotate %d/UserUnit 2" % own)
    doc = opened(engine, save, data)
    plain = engine.render(doc, 0, 1.0).result(WAIT)
    turned = engine.render(doc, 0, 1.0, rotation=rotation).result(WAIT)
    width, height = plain.width, plain.height
    seen = (height, width) if rotation in (90, 270) else (width, height)
    assert (turned.width, turned.height) == seen
    where = {
        0: lambda x, y: (x, y),
        90: lambda x, y: (height - 1 - y, x),
        180: lambda x, y: (width - 1 - x, height - 1 - y),
        270: lambda x, y: (y, width - 1 - x),
    }[rotation]
    for x in range(0, width, 3):
        for y in range(0, height, 3):
            assert rgb(turned, *where(x, y)) == rgb(plain, x, y)
    # a tile of it is cut from what is seen
    clip = (10.0, 20.0, 150.0, 120.0)
    tile = engine.render(doc, 0, 1.0, rotation=rotation, clip=clip).result(WAIT)
    assert (tile.width, tile.height) == (140, 100)
    row = turned.pixels[20 * turned.stride + 40 : 20 * turned.stride + 40 + 4 * 140]
    assert tile.pixels[: 4 * 140] == row
    with pytest.raises(PdfRefused):
        engine.render(doc, 0, 1.0, rotation=rotation, clip=(seen[0], 0, 999, 9)).result(WAIT)


def test_the_ink_of_a_page(engine: Engine, save: Save) -> None:
    # GIVEN lines of text, a box below them and a stamp up the left margin
    stamp = b"BT /F 9 Tf 0 1 -1 0 12 60 Tm (arXiv:1234.56789 [cs.LG]) Tj ET "
    body = hostile.line("A line of running text", 40, 250) + hostile.line("and more of it", 40, 230)
    doc = opened(engine, save, hostile.pages([stamp + body + b"60 100 50 20 re f", b""]))
    ink = engine.ink(doc, 0).result(WAIT)
    # THEN the box holds all of it, the text only what runs as the text does
    assert ink.box
    assert ink.text
    assert (ink.box[0] < 12, ink.box[3] > 190) == (True, True)
    assert ink.text[0] == pytest.approx(40, abs=1)
    assert ink.text[3] < 80
    # AND an empty page has neither
    empty = engine.ink(doc, 1).result(WAIT)
    assert (empty.box, empty.text) == (None, None)


def test_white_under_a_page_is_not_ink(engine: Engine, save: Save) -> None:
    data = hostile.pages([b"1 g 0 0 200 300 re f 0 g 50 100 100 100 re f"], page=b"/UserUnit 2")
    ink = engine.ink(opened(engine, save, data), 0).result(WAIT)
    assert ink.box == pytest.approx((100, 200, 300, 400), abs=3)
    full = hostile.pages([b"1 g 0 0 200 300 re f"])
    assert engine.ink(opened(engine, save, full), 0).result(WAIT).box == (0, 0, 200, 300)


def test_ink_is_in_view_space_of_a_turned_page(engine: Engine, save: Save) -> None:
    data = hostile.pages([b"60 100 20 20 re f"], page=b"/CropBox[50 40 150 280]/Rotate 90")
    doc = opened(engine, save, data)
    ink = engine.ink(doc, 0).result(WAIT)
    assert ink.box
    view = doc.info.geometry[0].quad_to_view((60, 120, 80, 120, 60, 100, 80, 100))
    assert ink.box == pytest.approx(view, abs=1)


CELLS = (("Model", "Size", "Score"), ("our small one", "7", "61.2"), ("theirs", "13", "60.95"))


def booktabs(rows: Any = CELLS, x: tuple[int, ...] = (20, 100, 150)) -> bytes:
    lines = b"".join(
        hostile.line(cell, x[column], 250 - 14 * row, 9)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
    )
    return hostile.line("Words above the table", 20, 280, 9) + lines


TABLE = (0.0, 35.0, 200.0, 300.0)


def test_columns_are_found_by_their_gaps(engine: Engine, save: Save) -> None:
    doc = opened(engine, save, hostile.pages([booktabs()]))
    assert engine.table(doc, 0, TABLE).result(WAIT) == CELLS
    above = engine.table(doc, 0, (0, 0, 200, 30)).result(WAIT)
    assert above == (("Words above the table",),)
    assert engine.table(doc, 0, (0, 200, 200, 300)).result(WAIT) == ()


def test_empty_cells_stay_in_their_columns(engine: Engine, save: Save) -> None:
    rows = (("a", "b", "c"), ("d", "", "f"), ("", "h", "i"))
    doc = opened(engine, save, hostile.pages([booktabs(rows)]))
    assert engine.table(doc, 0, TABLE).result(WAIT) == rows


def test_lines_drawn_between_rows_and_columns_count(engine: Engine, save: Save) -> None:
    # GIVEN a grid of two columns whose texts nearly touch and whose first cells have two lines
    text = b"".join(
        hostile.line(cell, x, y, 9)
        for cell, x, y in (
            ("first", 22, 250), ("cell", 22, 240), ("b", 62, 250),
            ("second", 22, 220), ("row abcd", 22, 210), ("d", 61, 220),
            ("x", 22, 190), ("y", 62, 190),
        )
    )  # fmt: skip
    across = b"".join(b"20 %d 90 .5 re f " % y for y in (262, 232, 202, 182))
    down = b"".join(b"%d 182 .5 80 re f " % x for x in (20, 60, 110))
    doc = opened(engine, save, hostile.pages([text + across + down]))
    # THEN a cell is what lies between the lines
    assert engine.table(doc, 0, TABLE).result(WAIT) == (
        ("first cell", "b"),
        ("second row abcd", "d"),
        ("x", "y"),
    )
