"""Documents without any text say so wherever text is asked for."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtTest import QSignalSpy

from reader.services.speaking import Voice
from reader.ui.viewer import whole_text
from reader.ui.viewer.aids.aloud import Aloud
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.reflow.feature import Reflow
from tests.ui.driving import Driven
from tests.ui.test_everywhere import opened

pytestmark = pytest.mark.shared

LACK = "This document has no text: its pages are pictures."


def scan(path: Path, *texts: str) -> Path:
    """Pages that are pictures, followed by some with text."""
    doc = pymupdf.open()
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 60))
    picture.clear_with(200)
    for _ in range(3):
        page = doc.new_page()
        page.insert_image(page.rect, pixmap=picture)
    for text in texts:
        doc.new_page().insert_text((72, 90), text)
    doc.save(path)
    doc.close()
    return path


def told(spy: QSignalSpy) -> list[str]:
    return [spy.at(number)[0] for number in range(spy.count())]


def read_whole(win: Driven, page: ViewerPage) -> None:
    assert page.pdf is not None
    whole = page.pdf.whole
    assert whole is not None
    whole.begin()
    win.until(lambda: whole.text is not None)


@pytest.mark.parametrize("early", [True, False])
def test_a_scan_says_that_it_has_no_text(win: Driven, tmp_path: Path, early: bool) -> None:
    # GIVEN a document whose pages are pictures
    page = opened(win, scan(tmp_path / "scan.pdf"))
    win.until(lambda: page.pdf is not None and page.pdf.whole is not None)
    if not early:
        read_whole(win, page)
    # WHEN something is looked for THEN the find bar says so
    page.open_find()
    page.find_bar.field.setText("okapi")
    win.until(lambda: page.find_bar.count.text() == LACK)
    page.close_find()
    # AND the reading view, instead of what one may do with paragraphs
    spy = QSignalSpy(page.statusChanged)
    reflow = page.feature(Reflow)
    reflow.toggle(on=True)
    assert reflow.view is not None
    win.until(lambda: told(spy)[-1:] == [LACK])
    assert reflow.view.column.placeholderText() == LACK
    reflow.toggle(on=False)
    # AND reading aloud, which asks for no voice then
    spy = QSignalSpy(page.statusChanged)
    page.feature(Aloud).toggle(on=True)
    assert told(spy)[-1:] == [LACK] and not page.conditions()["aloud"]


def test_reading_aloud_that_began_before_the_text_was_known_says_so(
    win: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a document whose whole text is still to be read
    monkeypatch.setattr(whole_text, "_SOON", 1_000_000)
    page = opened(win, scan(tmp_path / "scan.pdf"))
    win.until(lambda: page.pdf is not None and page.pdf.whole is not None)
    # WHEN it is read aloud, which ends without a word
    aloud = page.feature(Aloud)
    aloud.find = lambda: Voice(("true",))
    spy = QSignalSpy(page.statusChanged)
    aloud.toggle(on=True)
    assert aloud.on
    win.until(lambda: not aloud.on)
    assert LACK not in told(spy)
    # THEN it is said why, as soon as that is known
    read_whole(win, page)
    assert told(spy)[-1:] == [LACK]


def test_a_document_with_some_text_is_no_scan(win: Driven, tmp_path: Path) -> None:
    page = opened(win, scan(tmp_path / "partly.pdf", "a tapir"))
    win.until(lambda: page.pdf is not None and page.pdf.whole is not None)
    read_whole(win, page)
    page.open_find()
    page.find_bar.field.setText("okapi")
    win.until(lambda: page.find_bar.count.text() == "Nothing found")
    reflow = page.feature(Reflow)
    reflow.toggle(on=True)
    assert reflow.view is not None and not reflow.view.column.placeholderText()
