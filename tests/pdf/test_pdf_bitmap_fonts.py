"""Fonts that TeX writes as bitmaps name their letters by number: they are read all the same."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.pdf.protocol import Limits
from reader.pdf.worker import pages
from reader.pdf.worker.files import OpenFile

LIMITS = {"characters": 500_000}
Make = Callable[[bytes, str], OpenFile]


def bitmap_font(doc: pymupdf.Document, name: str) -> int:
    """A Type 3 font as pdfTeX writes it: each glyph is called "a" and its number."""
    xref, glyph = doc.get_new_xref(), doc.get_new_xref()
    doc.update_object(glyph, "<<>>")
    doc.update_stream(glyph, b"60 0 5 0 55 60 d1 5 0 50 60 re f")
    codes = range(256)
    names = " ".join(f"/a{code}" for code in codes)
    glyphs = " ".join(f"/a{code} {glyph} 0 R" for code in codes)
    widths = "60 " * len(codes)
    doc.update_object(
        xref,
        f"<</Type/Font/Subtype/Type3/Name/{name}/FontMatrix[.01 0 0 .01 0 0]"
        f"/FontBBox[0 -20 60 80]/FirstChar 0/LastChar 255/Widths[{widths}]"
        f"/Encoding<</Type/Encoding/Differences[0 {names}]>>/CharProcs<<{glyphs}>>>>",
    )
    return xref


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Make]:
    """A page with words, given as the font's codes, in a bitmap font of some name."""
    files: list[OpenFile] = []

    def make(words: bytes, name: str) -> OpenFile:
        doc = pymupdf.open()
        page = doc.new_page(width=595, height=842)
        font = bitmap_font(doc, name)
        doc.xref_set_key(page.xref, "Resources", f"<</Font<</{name} {font} 0 R>>>>")
        content = doc.get_new_xref()
        doc.update_object(content, "<<>>")
        lines = b" ".join(b"<%s> Tj T*" % line.hex().encode() for line in words.split(b"\n"))
        doc.update_stream(content, b"BT /%s 10 Tf 14 TL 72 700 Td %s ET" % (name.encode(), lines))
        doc.xref_set_key(page.xref, "Contents", f"{content} 0 R")
        path = tmp_path / f"{len(files)}.pdf"
        doc.save(path)
        doc.close()
        files.append(OpenFile(str(path), "", asdict(Limits())))
        return files[-1]

    yield make
    for file in files:
        file.close()


def read(file: OpenFile) -> tuple[dict[str, Any], list[float], str]:
    answer, data = pages.text(file, {"page": 0}, LIMITS)
    count = answer["count"]
    boxes = array("f", data[: 16 * count]).tolist()
    return answer, boxes, data[16 * count :].decode()


def test_ligatures_and_signs_of_a_bitmap_font_are_letters(made: Make) -> None:
    # GIVEN a page as LaTeX sets it in T1 where it has no outlines: "efficient" is e \x1e cient
    words = (
        b"the e\x1ecient \x1dow of \x10di\x1busion\x11, \x1crst\npages 1\x152 of Erd\xaes, s\xf8ren"
    )
    answer, boxes, chars = read(made(words, "F33"))
    # THEN it reads as it is set, a box for each letter
    assert "the efficient flow of “diffusion”, first" in chars
    assert "pages 1–2 of Erdős, søren" in chars
    assert len(chars) == answer["count"] == len(boxes) / 4
    # AND the letters of a ligature share its box, side by side
    start = chars.index("ffi")
    edges = [boxes[4 * at + side] for at in range(start, start + 3) for side in (0, 2)]
    assert edges[1] == edges[2] and edges[3] == edges[4] and edges == sorted(edges)
    left, right = boxes[4 * (start - 1) + 2], boxes[4 * (start + 3)]
    assert left == pytest.approx(edges[0], abs=1) and right == pytest.approx(edges[5], abs=1)


@pytest.mark.parametrize(
    "words, name",
    [
        (b"letters of no known \x1e font", "Odd"),  # a font with a name says what it holds
        (b"an older \x0crst e\x0ecient \x1b encoding", "F24"),  # there \x1b is another letter
        (b"\x1b\x1c\x1d A B C \x1e", "F8"),  # symbols
        (b"signs alone tell nothing: 20\xb0", "F8"),
    ],
)
def test_other_fonts_are_left_as_they_are(made: Make, words: bytes, name: str) -> None:
    _, _, chars = read(made(words, name))
    assert not any(letters in chars for letters in ("ff", "fi", "fl", "ř")) and len(chars) > 7
