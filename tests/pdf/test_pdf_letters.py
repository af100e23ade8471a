"""The quick way to a page's characters says what PyMuPDF's own, slow one says."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pymupdf import mupdf

from reader.pdf.protocol import Limits
from reader.pdf.worker import letters, memory, pages
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.letters import Line, lines_by_dictionary, lines_of

LIMITS = {"characters": 500_000}
Draw = Callable[[pymupdf.Page], None]


def plain(page: pymupdf.Page) -> None:
    for row in range(40):
        font = ("helv", "tiro", "hebo", "cour", "tiit")[row % 5]
        words = f"Line {row}: the quick efficient fox {row * 37}"
        page.insert_text((50, 60 + 17 * row), words, fontsize=8 + row % 4, fontname=font)


def raised(page: pymupdf.Page) -> None:
    page.insert_text((72, 100), "Energy equals mc", fontsize=12)
    page.insert_text((165, 95), "2", fontsize=7)
    page.insert_text((180, 100), "as 12", fontsize=12, fontname="symb")


def turned(page: pymupdf.Page) -> None:
    for angle in (0, 90, 180, 270):
        page.insert_text((300, 300), f"Turned by {angle}", rotate=angle)
    for degrees in (17, 45, 130):
        spot = pymupdf.Point(200, 500)
        page.insert_text(spot, "aslant", morph=(spot, pymupdf.Matrix(degrees)))
    spot = pymupdf.Point(100, 700)
    page.insert_text(spot, "mirrored", morph=(spot, pymupdf.Matrix(1, 0, 0, -1, 0, 0)))


def outside(page: pymupdf.Page) -> None:
    page.insert_text((-40, 100), "half of this line lies outside the page")
    page.insert_text((560, 120), "and this leaves it to the right, far")
    page.insert_text((72, 5000), "never seen")


def narrow(page: pymupdf.Page) -> None:
    page.insert_text((72, 100), "x" * 30, fontsize=0.01)
    page.insert_text((72, 120), "wide  gaps     between", fontsize=11)
    page.insert_text((72, 140), "你好，世界", fontname="china-s")
    page.insert_text((72, 160), "한국어", fontname="korea")


def empty(page: pymupdf.Page) -> None:
    page.draw_rect(pymupdf.Rect(10, 10, 100, 100))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Draw], OpenFile]]:
    """A file with one page drawn by a function."""
    files: list[OpenFile] = []

    def make(draw: Draw) -> OpenFile:
        doc = pymupdf.open()
        draw(doc.new_page(width=595, height=842))
        path = tmp_path / f"{len(files)}.pdf"
        doc.save(path)
        files.append(OpenFile(str(path), "", asdict(Limits())))
        return files[-1]

    yield make
    for file in files:
        file.close()


def text_page(file: OpenFile) -> mupdf.FzStextPage:
    options = mupdf.FzStextOptions()
    options.flags = mupdf.FZ_STEXT_CLIP
    return mupdf.FzStextPage(file.page(0), options)


def spread(blocks: Iterable[list[Line]]) -> tuple[list[Any], list[float]]:
    """Lines with the look of each character, however they are cut into runs; then the boxes."""
    told: list[Any] = []
    boxes: list[float] = []
    for line in (line for block in blocks for line in block):
        looks = [
            next(look for start, look in reversed(line.looks) if start <= index)
            for index in range(len(line.chars))
        ]
        told.append((line.level, line.chars, looks))
        boxes += [*line.boxes, *line.box]
    return told, boxes


@pytest.mark.parametrize("draw", [plain, raised, turned, outside, narrow, empty])
def test_both_ways_say_the_same(draw: Draw, opened: Callable[[Draw], OpenFile]) -> None:
    # GIVEN a page
    page = text_page(opened(draw))
    # WHEN it is read in both ways
    quick, boxes = spread(lines_of(page))
    slow, slow_boxes = spread(lines_by_dictionary(page))
    # THEN characters, looks and boxes are the same, and there are some
    assert quick == slow
    assert boxes == pytest.approx(slow_boxes, abs=1e-3)
    assert bool(quick) == memory.layout_holds(page) == (draw is not empty)


def test_another_layout_is_noticed(
    opened: Callable[[Draw], OpenFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a MuPDF whose characters are laid out otherwise
    file = opened(plain)
    before, _ = pages.text(file, {"page": 0}, LIMITS)
    monkeypatch.setattr(memory, "_LETTER", struct.Struct("=i12x2f8ffQQ"))
    assert not memory.layout_holds(text_page(file))
    # WHEN a page is read
    monkeypatch.setattr(letters, "_Columns", None)  # not touched any more
    after, _ = pages.text(file, {"page": 0}, LIMITS)
    # THEN it is read the slow way, with the same answer
    assert after == before


def test_a_page_is_cut_at_the_limit_of_characters(opened: Callable[[Draw], OpenFile]) -> None:
    answer, _ = pages.text(opened(plain), {"page": 0}, {"characters": 100})
    assert 0 < answer["count"] < 100
    assert answer["lines"][-1] == answer["count"]
