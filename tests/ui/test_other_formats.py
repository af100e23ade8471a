"""Books, comics and pictures: opened from the command line, dropped, attached; progress is kept."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.ui.viewer.reading_time import ReadingTime
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven, command


def picture() -> bytes:
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 200, 300))
    pixmap.clear_with(200)
    return pixmap.tobytes("png")


def epub() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            '<rootfiles><rootfile full-path="book.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        book.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title>'
            '<dc:identifier id="id">x</dc:identifier></metadata><manifest><item id="c" '
            'href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="c"/></spine></package>',
        )
        book.writestr(
            "c.xhtml",
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words of a book</p></body></html>',
        )
    return out.getvalue()


def comic() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pages:
        for number in range(3):
            pages.writestr(f"{number}.png", picture())
    return out.getvalue()


@pytest.fixture
def others(tmp_path: Path) -> dict[str, Path]:
    made = {"book.epub": epub(), "comic.cbz": comic(), "figure.png": picture()}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in made}


def shown(win: Driven) -> int:
    """The pages of the document in front, once it is open and its page has all its features."""
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: page.pdf is not None and page.lacking is None)
    assert page.pdf is not None
    return page.pdf.pages


@pytest.mark.parametrize("name, pages", [("book.epub", 1), ("comic.cbz", 3), ("figure.png", 1)])
def test_a_document_of_another_kind_opens_in_a_tab(
    start: Start, library: Path, others: dict[str, Path], name: str, pages: int
) -> None:
    win = start(library, files=[others[name]])
    assert shown(win) == pages
    if name == "book.epub":
        page = win.app.tabs.current()
        assert page is not None
        win.until(lambda: page.canvas.content.text(0) is not None)
        text = page.canvas.content.text(0)
        assert text is not None
        assert "Words of a book" in text.chars


def test_a_book_dropped_on_a_paper_is_attached_and_read(
    start: Start, library: Path, others: dict[str, Path]
) -> None:
    win = start(library)
    uid = win.app.reader.uids([win.page.model.papers()[3]])[0]
    assert win.drop_files([others["book.epub"]], 3)
    win.until(lambda: len(win.on_disk(uid).attachments) == 1)
    assert win.on_disk(uid).attachments[0].path.endswith(".epub")
    win.select(3)
    win.until(win.window.commands.action("paper.open").isEnabled)
    win.focus(win.list)
    win.control(Qt.Key.Key_Return)
    assert shown(win) == 1


def test_reading_is_kept_and_told_by_the_command_line(
    start: Start, library: Path, pdf: Path, qtbot: QtBot
) -> None:
    # GIVEN a paper with a PDF of three pages
    win = start(library)
    uid = win.app.reader.uids([win.page.model.papers()[5]])[0]
    assert win.drop_files([pdf], 5)
    win.until(lambda: len(win.on_disk(uid).attachments) == 1)
    win.select(5)
    win.until(win.window.commands.action("paper.open").isEnabled)
    win.focus(win.list)
    win.control(Qt.Key.Key_Return)
    assert shown(win) == 3
    page = win.app.tabs.current()
    assert page is not None
    # WHEN its first page is looked at for a while, and the window is closed
    page.canvas.set_zoom("page")
    reading = page.feature(ReadingTime)
    for _ in range(3):
        reading._ticked -= 1.0
        reading.tick()
    assert "33 % seen" in page.status()
    win.settled()
    end(win)
    # THEN the command line tells of it
    said = command("show", uid, "--json", library=library, **os.environ)
    progress = json.loads(said.stdout)["progress"]
    assert (progress["pages_seen"], progress["pages"]) == (1, 3)
    assert 3 <= progress["seconds"] < 6
