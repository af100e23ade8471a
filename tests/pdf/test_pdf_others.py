"""Books, comics and pictures, each known by its bytes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfFailure, PdfRefused
from tests.pdf import books, hostile
from tests.pdf.conftest import Save, Workshop

WAIT = 60
RED = b"\x00\x00\xff\xff"


def test_a_book_has_pages_chapters_and_harmless_links(engine: Engine, save: Save) -> None:
    # GIVEN an EPUB that is called .pdf WHEN it is opened
    data = books.epub("<h1>Chapter one</h1>" + "<p>Some words of a chapter.</p>" * 80)
    doc = engine.open(save(data)).result(WAIT)
    # THEN it is laid out on pages of one size, always the same
    assert (doc.info.kind, doc.info.title, doc.info.author) == ("epub", "A Book", "Ann Author")
    assert {box.size for box in doc.info.geometry} == {(450, 650)}
    assert len(doc.info.geometry) == doc.info.pages > 3
    assert engine.text(doc, 0).result(WAIT).chars.startswith("Chapter one")
    # AND its chapters and links lead to pages and allowed addresses only
    last = doc.info.pages - 1
    items = engine.outline(doc).result(WAIT)
    assert [(item.level, item.title, item.page) for item in items] == [
        (1, "One", 0),
        (2, "Within", 0),
        (1, "Two", last),
    ]
    found = [
        link.uri or link.page
        for page in range(doc.info.pages)
        for link in engine.links(doc, page).result(WAIT)
    ]
    assert sorted(map(str, found)) == sorted(["https://a.org/", str(last)])
    assert engine.labels(doc).result(WAIT).label(1) == "2"
    assert engine.annotations(doc, 0).result(WAIT) == ()
    assert engine.metadata(doc).result(WAIT).title == "A Book"
    assert engine.render(doc, 0, 1.0).result(WAIT).width == 450


@pytest.mark.parametrize(
    "make, kind, pages, size",
    [
        (lambda: books.png(96, 48), "image", 1, (96, 48)),
        (books.gif, "image", 1, None),
        (books.bmp, "image", 1, None),
        (books.tiff, "image", 1, None),
        (books.cbz, "cbz", 3, None),
        (books.xps, "xps", 1, (300, 600)),
        (books.docx, "docx", 1, (450, 650)),
    ],
)
def test_the_bytes_say_what_a_file_is(
    engine: Engine,
    save: Save,
    make: Callable[[], bytes],
    kind: str,
    pages: int,
    size: tuple[float, float] | None,
) -> None:
    doc = engine.open(save(make())).result(WAIT)
    assert (doc.info.kind, doc.info.pages) == (kind, pages)
    if size and kind != "image":
        assert doc.info.geometry[0].size == size
    picture = engine.render(doc, pages - 1, 2.0).result(WAIT)
    width, height = doc.info.geometry[pages - 1].size
    assert (picture.width, picture.height) == pytest.approx((2 * width, 2 * height), abs=1)
    if kind in ("image", "cbz", "xps"):
        assert picture.pixels[:4] == RED
    if kind == "docx":
        assert engine.text(doc, 0).result(WAIT).chars == "Hello from Word"
    assert engine.outline(doc).result(WAIT) == ()
    assert engine.fields(doc, 0).result(WAIT) == ()
    assert engine.embedded(doc).result(WAIT) == ()
    assert engine.properties(doc).result(WAIT).sizes[0][2] >= 1
    with pytest.raises(PdfRefused):
        engine.filled(doc, {"a": "b"}).result(WAIT)


def test_a_link_of_an_xps_is_reported(engine: Engine, save: Save) -> None:
    doc = engine.open(save(books.xps())).result(WAIT)
    assert [link.uri for link in engine.links(doc, 0).result(WAIT)] == ["https://a.org/"]


@pytest.mark.parametrize(
    "data, sentence",
    [
        (hostile.html(), "The file is a web page, not a PDF."),
        (b"\xef\xbb\xbf  <HTML><body>", "The file is a web page, not a PDF."),
        (books.zipped({"paper.pdf": hostile.sound()}), "The file is a ZIP archive, not a PDF."),
        (hostile.zipped(), "The file is a damaged ZIP archive, not a PDF."),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(50), "The file is a WebP picture, which cannot be shown."),
        (b"%!PS-Adobe-3.0\n", "The file is PostScript, not a PDF."),
        (b"Rar!\x1a\x07", "The file is a RAR archive, not a PDF."),
        (b"plain text", "The file is not a PDF."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "The file is not a PDF."),
        (b"", "The file is empty."),
    ],
)
def test_what_cannot_be_opened_says_what_it_is(
    engine: Engine, save: Save, data: bytes, sentence: str
) -> None:
    with pytest.raises(PdfRefused) as error:
        engine.open(save(data)).result(WAIT)
    assert error.value.message == sentence


@pytest.mark.parametrize("make", [books.epub_bomb, books.cbz_bomb])
def test_a_bomb_is_weighed_before_it_is_unpacked(
    engine: Engine, save: Save, make: Callable[[], bytes]
) -> None:
    with pytest.raises(PdfRefused) as error:
        engine.open(save(make())).result(WAIT)
    assert error.value.message == "The file unpacks to more than the 256 MB that are allowed."


def test_a_page_too_large_leaves_the_rest_of_a_comic(workshop: Workshop, save: Save) -> None:
    engine = workshop(stage=2.0)
    doc = engine.open(save(books.huge_cbz())).result(WAIT)
    scale = 100 / doc.info.geometry[1].size[0]
    with pytest.raises(PdfFailure) as error:
        engine.render(doc, 1, scale).result(WAIT)
    assert (error.value.stage, error.value.page) == ("render", 1)
    assert engine.render(doc, 2, 1.0).result(WAIT).pixels[:4] == RED


@pytest.mark.parametrize("name", books.HOSTILE)
def test_no_book_takes_more_than_itself(workshop: Workshop, save: Save, name: str) -> None:
    engine = workshop(stage=2.0)
    good = engine.open(save(hostile.sound(1))).result(WAIT)
    opening = engine.open(save(books.HOSTILE[name]()))
    if error := opening.exception(WAIT):
        assert isinstance(error, PdfFailure)
        assert (error.stage, error.message[-1]) == ("open", ".")
    else:
        doc = opening.result()
        asked: list[Future[Any]] = [
            engine.metadata(doc),
            engine.outline(doc),
            engine.geometry(doc, 0, doc.info.pages),
            engine.render(doc, 0, 0.01),
            engine.text(doc, 0),
            engine.links(doc, 0),
        ]
        for future in asked:
            assert future.exception(WAIT) is None or isinstance(future.exception(), PdfFailure)
    assert engine.text(good, 0).result(WAIT).chars == "Page number 1"
