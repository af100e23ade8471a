"""The small picture in front of a full one: only where it is there much sooner."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.pdf.engine import Engine
from reader.pdf.jobs import Document
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
    engine.prepare(scan)
    engine.prepare(scan)
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
    asked: list[Document] = []
    engine.prepare(tmp_path / "nowhere.pdf", asked.append)
    with pytest.raises(PdfRefused, match="not there"):
        engine.open(tmp_path / "nowhere.pdf").result(WAIT)
    assert asked == []


def test_what_was_asked_for_early_is_not_asked_twice(engine: Engine, scan: Path) -> None:
    # GIVEN a file that is prepared, and two pictures of it asked for as soon as it is open
    early: list[Future[Any]] = []

    def ask(doc: Document) -> None:
        early.append(engine.glance(doc, 0, 0.5, priority=2))
        early.append(engine.render(doc, 0, 2.0, clip=(0, 0, 100, 100), priority=1))

    engine.prepare(scan, ask)
    doc = engine.open(scan).result(WAIT)
    # WHEN the same is asked for, with whatever priority
    glance = engine.glance(doc, 0, 0.5)
    picture = engine.render(doc, 0, 2.0, clip=(0, 0, 100, 100))
    # THEN those are the answers of before
    assert [glance, picture] == early
    small, sharp = glance.result(WAIT), picture.result(WAIT)
    assert small is not None and (small.width, sharp.width) == (200, 200)
    # THEN once more it is made anew
    again = engine.render(doc, 0, 2.0, clip=(0, 0, 100, 100))
    assert again is not picture and again.result(WAIT).pixels == sharp.pixels


def test_another_picture_than_the_one_of_before_gives_it_up(engine: Engine, scan: Path) -> None:
    # GIVEN an open document of which a picture is asked for early, and kept
    early: list[Future[Any]] = []
    engine.prepare(scan, lambda doc: early.append(engine.render(doc, 0, 1.0)))
    doc = engine.open(scan).result(WAIT)
    early[0].result(WAIT)
    # WHEN another one is wanted
    other = engine.render(doc, 1, 1.0)
    # THEN the one of before is not kept any longer
    assert engine.render(doc, 0, 1.0) is not early[0]
    assert other.result(WAIT).width == 400
