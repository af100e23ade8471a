"""What annotations keep of their place, however they were made, and the order that gives them."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.marking import Annotation, Kind
from reader.pdf.engine import Engine
from reader.services import pdf_annotations
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.marks_pane.feature import MarksList
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import Viewer, settle
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate import select
from tests.ui.viewer.test_page import point

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = (
    "The first column begins here and goes on for",
    "some lines with a state-of-the-",
    "art result, which is as well-known as any",
    "other thing and ends the left side early.",
)
RIGHT = (
    "The second column begins at the same height",
    "and says that the method is state-of-the-art",
    "for reasons that are given in another place.",
)


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page in two columns; a frame that another program drew around words of the left one."""
    doc = pymupdf.open()
    page = doc.new_page(width=595, height=842)
    for x, lines in ((50, LEFT), (310, RIGHT)):
        for number, words in enumerate(lines):
            page.insert_text((x, 120 + 13 * number), words, fontsize=10)
    page.add_rect_annot(pymupdf.Rect(48, 150, 270, 162))
    page.add_highlight_annot(page.search_for("The first column begins")[0])
    path = tmp_path_factory.mktemp("columns") / "columns.pdf"
    doc.save(path)
    doc.close()
    return path


@pytest.fixture
def page(viewer: Viewer, engine: Engine, columns: Path, shelf: Shelf, qtbot: QtBot) -> ViewerPage:
    made = viewer(engine, columns)
    made.live_in(shelf.home)
    settle(qtbot, made)
    return made


def draw(page: ViewerPage, box: tuple[float, float, float, float]) -> None:
    view = page.canvas.viewport()
    first, last = point(page, 0, *box[:2]), point(page, 0, *box[2:])
    QTest.keyClick(page.canvas, Key.Key_B)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view, (first + last) / 2)
    QTest.mouseMove(view, last)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)


def told(one: Annotation) -> tuple[str, str, str]:
    return one.quote, one.before, one.after


def test_a_drawn_frame_keeps_what_an_imported_one_keeps(
    page: ViewerPage, shelf: Shelf, engine: Engine, columns: Path
) -> None:
    # GIVEN a frame drawn where another program drew one
    draw(page, (48, 150, 270, 162))
    [drawn] = shelf.all
    # WHEN the file's annotations are looked at to be taken over
    assert page.pdf is not None
    sha256 = page.pdf.doc.info.sha256
    plan = pdf_annotations.plan_import(shelf.reader, engine, columns, shelf.attachment, sha256)
    imported = next(
        step.found.annotation for step in plan.steps if step.found.annotation.kind is Kind.RECTANGLE
    )
    # THEN both know the words inside, those around, where they begin, and the file
    assert told(drawn) == told(imported)
    assert drawn.quote == "other thing and ends the left side early."
    assert drawn.before.endswith("as well-known as any")
    assert drawn.after.strip().startswith("The second column begins")
    assert drawn.parts[0].at == imported.parts[0].at > 0
    assert drawn.sha256 == imported.sha256 == sha256


def test_a_frame_that_is_moved_keeps_the_words_where_it_is_now(
    page: ViewerPage, shelf: Shelf
) -> None:
    draw(page, (48, 150, 270, 162))
    [one] = shelf.all
    # WHEN it is moved two lines up
    page.feature(Annotate).picked.choose([one.uid])
    page.feature(Annotate).picked.nudge(0, -26)
    # THEN its evidence is that of the new place
    [moved] = shelf.all
    assert moved.quote.startswith("some lines with")
    assert 0 < moved.parts[0].at < one.parts[0].at


def test_the_pane_lists_a_page_column_by_column(page: ViewerPage, shelf: Shelf) -> None:
    # GIVEN marks at the top of the right column and further down in the left one
    select(page, "second", "begins at")
    QTest.keyClick(page.canvas, Key.Key_1)
    select(page, "other", "and ends")
    QTest.keyClick(page.canvas, Key.Key_2)
    select(page, "lines", "with a")
    QTest.keyClick(page.canvas, Key.Key_3)
    # THEN the pane and the library have them as the text is read
    wanted = ["lines", "other thing", "second column"]
    assert [one.quote for one in shelf.all] == wanted
    marks = page.feature(MarksList)
    marks.show()
    rows = marks.pane.model.rows
    assert [one.quote for one in rows if isinstance(one, Annotation)] == wanted


def test_a_real_hyphen_stays_in_a_quote(page: ViewerPage, shelf: Shelf) -> None:
    select(page, "state-of-the-", "result,")
    QTest.keyClick(page.canvas, Key.Key_1)
    [made] = shelf.all
    assert made.quote == "state-of-the-art"
