"""A page with pictures that take long to unpack: its words are there long before them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import PageColors, Picture
from tests.pdf import books, hostile

WAIT = 20  # seconds
WHITE, GREY = 255, 0xE0
WORDS = hostile.line("Words above a picture", 20, 250, 12)
PLACE = b"q 100 0 0 100 20 20 cm /X Do Q "  # x from 20 to 120, y from 180 to 280 as it is seen
BESIDE = b"q 40 0 0 40 140 20 cm /Y Do Q "
INSIDE, APART = (70, 230), (160, 260)
FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def picture(width: int, height: int, data: bytes, more: bytes) -> bytes:
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (width, height)
    return hostile.stream(data, head + more)


def black(width: int, height: int, more: bytes = b"") -> bytes:
    """A picture that is small in its file and has all its pixels."""
    packed = zlib.compress(bytes(width * height * 3), 9)
    return picture(
        width, height, packed, b"/Filter/FlateDecode/BitsPerComponent 8/ColorSpace/DeviceRGB" + more
    )


def document(content: bytes, objects: Sequence[bytes]) -> bytes:
    resources = b"<<%s/XObject<</X 5 0 R/Y 6 0 R>>>>" % FONT
    return hostile.pages([content], resources=resources, more=objects)


def looked(
    engine: Engine, folder: Path, data: bytes, scale: float = 1.0
) -> tuple[Picture | None, Picture]:
    """The first look at a page, and its picture."""
    path = folder / "page.pdf"
    path.write_bytes(data)
    doc = engine.open(path).result(WAIT)
    return engine.glance(doc, 0, scale).result(WAIT), engine.render(doc, 0, scale).result(WAIT)


def level(seen: Picture, place: tuple[int, int]) -> int:
    """The level of one colour at a place of the page, points from its upper left corner."""
    x, y = (round(at * seen.width / 200) for at in place)
    return seen.pixels[y * seen.stride + 4 * x]


def has_words(seen: Picture) -> bool:
    rows = range(round(38 * seen.width / 200), round(52 * seen.width / 200))
    return any(
        seen.pixels[row * seen.stride + 4 * x] < 100
        for row in rows
        for x in range(seen.width)
    )  # fmt: skip


SLOW = {
    "plain": black(6_000, 1_000),
    "JPEG 2000": picture(900, 900, b"\0\0\0\x0cjP  ", b"/Filter/JPXDecode"),
    "within another packing": picture(
        900, 900, zlib.compress(b"\0\0\0\x0cjP  "), b"/Filter[/FlateDecode/JPXDecode]"
    ),
    "colours of a profile": picture(
        4_000, 4_000, zlib.compress(bytes(16_000_000)),
        b"/Filter/FlateDecode/BitsPerComponent 8/ColorSpace[/ICCBased 7 0 R]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SLOW)
def test_the_words_are_there_before_a_slow_picture(
    engine: Engine, tmp_path: Path, kind: str
) -> None:
    # GIVEN a page of words, a picture that takes long and one that does not
    profile = hostile.stream(b"", b"/N 1/Alternate/DeviceGray")
    content = WORDS + PLACE + BESIDE
    # WHEN it is glanced at
    small, full = looked(
        engine, tmp_path, document(content, [SLOW[kind], black(20, 20), profile])
    )  # fmt: skip
    # THEN there are the words, the quick picture, and grey where the slow one is going to be
    assert small is not None and has_words(small) and not small.whole
    assert level(small, INSIDE) == GREY and level(small, APART) == 0
    # AND the picture of the page itself is of the file
    assert level(full, INSIDE) != GREY and level(full, APART) == 0 and full.whole


def test_a_slow_picture_in_a_figure_is_left_out_too(engine: Engine, tmp_path: Path) -> None:
    resources = b"/Resources<</XObject<</X 7 0 R>>>>"
    figure = hostile.stream(PLACE, b"/Type/XObject/Subtype/Form/BBox[0 0 200 300]" + resources)
    objects = [figure, black(20, 20), black(6_000, 1_000)]
    small, full = looked(engine, tmp_path, document(WORDS + b"/X Do", objects))
    assert small is not None and has_words(small)
    assert (level(small, INSIDE), level(full, INSIDE)) == (GREY, 0)


MASK = picture(
    6_000, 6_000, zlib.compress(b"\x80" * 36_000_000),
    b"/Filter/FlateDecode/BitsPerComponent 8/ColorSpace/DeviceGray",
)  # fmt: skip
STENCIL = picture(
    12_000, 12_000, zlib.compress(bytes(1_500 * 12_000)),
    b"/ImageMask true/Filter/FlateDecode/BitsPerComponent 1/Decode[0 1]",
)  # fmt: skip


@pytest.mark.parametrize("slow", [black(10, 10, b"/SMask 7 0 R"), STENCIL], ids=["mask", "stencil"])
def test_what_shines_through_a_slow_picture_is_not_covered(
    engine: Engine, tmp_path: Path, slow: bytes
) -> None:
    # GIVEN words under a picture through which they are seen
    over = b"q 200 0 0 300 0 0 cm /X Do Q "
    small, full = looked(engine, tmp_path, document(WORDS + over, [slow, black(2, 2), MASK]))
    # THEN at first there are the words alone
    assert small is not None and has_words(small) and level(small, INSIDE) == WHITE
    assert level(full, INSIDE) != WHITE


@pytest.mark.parametrize("marker, inside", [(0xC0, 0), (0xC2, GREY)])
def test_a_jpeg_of_many_passes_takes_longer(
    engine: Engine, tmp_path: Path, marker: int, inside: int
) -> None:
    # GIVEN a JPEG that says after another part of it in how many passes it comes, and is damaged
    head = (
        b"\xff\xd8\xff\xe0\0\x04\0\0" + bytes([0xFF, marker]) + b"\0\x0b\x08\0\x0a\0\x0a\x01\0\0\0"
    )
    jpeg = picture(10, 10, head + b"\x55" * 400_000, b"/Filter/DCTDecode/ColorSpace/DeviceGray")
    # and beside it one that takes long anyway
    slow = black(6_000, 1_000)
    small, _full = looked(engine, tmp_path, document(WORDS + PLACE + BESIDE, [jpeg, slow]))
    # THEN of many passes it is left out, else it is tried
    assert small is not None and level(small, INSIDE) == inside
    assert level(small, APART) == GREY


def test_pictures_are_left_out_from_the_one_on_for_which_there_is_no_time(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN two pictures, each of which is quick enough alone
    objects = [black(1_000, 2_700), black(1_000, 2_600)]
    small, _full = looked(engine, tmp_path, document(WORDS + PLACE + BESIDE, objects))
    # THEN the quicker one is there
    assert small is not None and (level(small, INSIDE), level(small, APART)) == (GREY, 0)


def test_a_picture_drawn_many_times_takes_no_longer(engine: Engine, tmp_path: Path) -> None:
    # GIVEN a quick picture that is drawn again and again
    objects = [black(1_000, 1_000), black(20, 20)]
    small, _full = looked(engine, tmp_path, document(WORDS + PLACE * 20, objects))
    # THEN it is there at the first look
    assert small is not None and level(small, INSIDE) == 0


@pytest.mark.parametrize(
    "more",
    [b"/Width -5", b"/Width 99999999999/Height 99999999999", b"/Length -7", b"/Filter 5",
     b"/Filter[]", b"/ColorSpace[]", b"/ColorSpace 5 0 R", b"/SMask 5 0 R", b"/SMask[1 2]"],
)  # fmt: skip
def test_strange_pictures_do_not_stop_the_page(engine: Engine, tmp_path: Path, more: bytes) -> None:
    strange = hostile.stream(b"abc", b"/Type/XObject/Subtype/Image/BitsPerComponent 8" + more)
    content = WORDS + PLACE + BESIDE
    small, full = looked(engine, tmp_path, document(content, [strange, black(6_000, 1_000)]))
    assert small is not None and has_words(small) and has_words(full)


def test_a_page_of_a_repaired_file_has_its_words_first_too(engine: Engine, tmp_path: Path) -> None:
    # GIVEN a file whose table of objects is lost
    whole = document(WORDS + PLACE + BESIDE, [SLOW["plain"], black(20, 20)])
    small, full = looked(engine, tmp_path, whole.replace(b"startxref", b"start"))
    # THEN the slow picture alone is left out at first
    assert small is not None and has_words(small)
    assert [level(small, INSIDE), level(small, APART)] == [GREY, 0]
    assert level(full, INSIDE) == 0


BIG = books.png(6_000, 2_000)
RED = (0, 0, 255)


def color(seen: Picture, x: float, y: float) -> tuple[int, ...]:
    """Blue, green and red at a place, parts of the page's width and height."""
    at = int(y * seen.height) * seen.stride + 4 * int(x * seen.width)
    return tuple(seen.pixels[at : at + 3])


@pytest.mark.parametrize(
    "data", [BIG, books.zipped({"1.png": BIG})], ids=["picture", "comic"]
)  # fmt: skip
def test_a_slow_picture_that_is_a_page_is_grey_first(
    engine: Engine, tmp_path: Path, data: bytes
) -> None:
    small, full = looked(engine, tmp_path, data, 0.1)
    assert small is not None and not small.whole and full.whole
    assert (small.width, small.height) == (full.width, full.height)
    places = [(x, y) for x in (0.01, 0.5, 0.99) for y in (0.01, 0.99)]
    assert {color(small, *place) for place in places} == {(GREY,) * 3}
    assert {color(full, *place) for place in places} == {RED}


def test_a_quick_picture_that_is_a_page_has_its_own_colours(engine: Engine, tmp_path: Path) -> None:
    small, full = looked(engine, tmp_path, books.png(1_600, 900), 0.1)
    assert small is not None and not small.whole
    assert color(small, 0.5, 0.5) == color(full, 0.5, 0.5) == RED


def test_the_words_of_a_book_are_there_before_its_slow_picture(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN a page of a book with words over a large picture
    first = '<h1>Words above a picture</h1><p><img src="big.png" width="300"/></p>'
    small, full = looked(engine, tmp_path, books.epub(first, {"big.png": BIG}))
    assert small is not None and not small.whole
    # THEN both have the same words, and one of them a grey area where the other is red
    red = [y for y in range(full.height) if color(full, 0.5, y / full.height) == RED]
    assert red and all(color(small, 0.5, y / full.height) == (GREY,) * 3 for y in red)
    end = (red[0] - 2) * full.stride
    assert small.pixels[:end] == full.pixels[:end] and set(full.pixels[:end]) != {WHITE}


def test_a_jpeg_is_reckoned_by_what_is_stored(engine: Engine, tmp_path: Path) -> None:
    # GIVEN two pictures of the same size, one of which is noise
    for noise, grey in ((True, True), (False, False)):
        samples = random.Random(1).randbytes(1_500 * 1_500) if noise else bytes(1_500 * 1_500)
        pixmap = pymupdf.Pixmap(pymupdf.csGRAY, 1_500, 1_500, samples, 0)
        small, _full = looked(engine, tmp_path, pixmap.tobytes("jpg"), 0.1)
        assert small is not None and (color(small, 0.5, 0.5) == (GREY,) * 3) == grey


BOOK = books.epub('<p><img src="big.png" width="300"/></p><p>Words</p>', {"big.png": BIG})


@pytest.mark.parametrize(
    "data",
    [document(WORDS + PLACE + BESIDE, [SLOW["plain"], black(20, 20)]), BOOK],
    ids=["PDF", "book"],
)
def test_what_is_left_out_does_not_shine_on_a_dark_page(
    engine: Engine, tmp_path: Path, data: bytes
) -> None:
    # GIVEN a dark page on which pictures keep their colours
    path = tmp_path / "page"
    path.write_bytes(data)
    doc = engine.open(path).result(WAIT)
    dark = PageColors(0x202225, 0xD8DADD)
    small = engine.glance(doc, 0, 1.0, colors=dark).result(WAIT)
    # THEN no area is lighter than the paper and what is written on it
    assert small is not None and not small.whole
    light = sum(small.pixels[at] > 120 for at in range(0, len(small.pixels), 4))
    assert 0 < light < small.width * small.height / 50
