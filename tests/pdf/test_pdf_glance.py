"""The small picture in front of a full one: only where it is there much sooner."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfRefused
from tests.pdf import hostile

WAIT = 20  # seconds


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page that is one picture of 1.5 megapixels, and one of words with a small picture."""
    path = tmp_path / "scan.pdf"
    with pymupdf.open() as doc:
        for side in (1250, 100):
            page = doc.new_page(width=400, height=400)
            page.insert_text((50, 300), "Words below a picture")
            picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, side, side))
            picture.clear_with(120)
            page.insert_image(pymupdf.Rect(40, 40, 240, 240), pixmap=picture)
        doc.save(path)
    return path


def test_a_page_of_large_pictures_is_there_small_first(engine: Engine, scan: Path) -> None:
    # GIVEN a document with a large picture on its first page
    doc = engine.open(scan).result(WAIT)
    # WHEN both pages are glanced at
    first, second = (engine.glance(doc, page, 0.5).result(WAIT) for page in (0, 1))
    # THEN the first has a small picture, which is the whole page
    assert first is not None and (first.width, first.height) == (200, 200)
    assert first.pixels == engine.render(doc, 0, 0.5).result(WAIT).pixels
    # THEN the second has none: its full picture is there as soon
    assert second is None


def test_a_page_of_words_has_no_small_picture(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    path.write_bytes(hostile.sound())
    assert engine.glance(engine.open(path).result(WAIT), 0, 0.5).result(WAIT) is None


def test_a_prepared_document_is_opened_once(engine: Engine, scan: Path) -> None:
    # GIVEN a file that was prepared, twice
    engine.prepare(scan, 1)
    engine.prepare(scan, 1)
    # WHEN it is opened
    doc = engine.open(scan).result(WAIT)
    # THEN that is the document which was opened then, and it can be read
    assert doc.number == 1
    assert engine.render(doc, 1, 0.5).result(WAIT).width == 200
    # THEN the next one who opens it gets a document of his own
    assert engine.open(scan).result(WAIT) is not doc


def test_a_file_that_cannot_be_prepared_says_so_when_it_is_opened(
    engine: Engine, tmp_path: Path
) -> None:
    engine.prepare(tmp_path / "nowhere.pdf", None)
    with pytest.raises(PdfRefused, match="not there"):
        engine.open(tmp_path / "nowhere.pdf").result(WAIT)
