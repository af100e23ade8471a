"""Text marked on the page: by key, across lines and pages, undone, seen by other windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.errors import LibraryError
from reader.domain.marking import PALETTE, Annotation, Kind, Part
from reader.domain.paper import Changes
from reader.pdf.engine import Engine
from reader.services import annotating
from reader.ui.page_themes import page_theme
from reader.ui.theme import Theme
from reader.ui.viewer.annotate import inks
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.shapes import Shape, kept
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.selection import Caret, Selection, whole
from tests.ui.viewer.conftest import WORDS
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of, settle
from tests.ui.viewer.homes import home
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_page import at_word

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
DRAWN = (Kind.INK, Kind.LINE, Kind.ARROW)  # with a pen's points, not with a box


def at_home(viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf) -> ViewerPage:
    """A page in the library of a test."""
    page = viewer(engine, paper)
    page.live_in(shelf.home)
    return page


def drag(page: ViewerPage, start: QPoint, end: QPoint) -> None:
    """Select by dragging from a place to another."""
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, pos=end)


def select(page: ViewerPage, first: str, before: str) -> None:
    """Select from the start of a word to that of another."""
    back = QPoint(4, 0)
    drag(page, at_word(page, first) - back, at_word(page, before) - back)


def color_at(page: ViewerPage, at: QPoint) -> str:
    """The colour of a point of the view."""
    return page.canvas.viewport().grab().toImage().pixelColor(at).name()


def test_a_key_marks_what_is_selected_and_undo_takes_it_back(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    settle(qtbot, page)
    between = at_word(page, " brown")
    assert color_at(page, between) == "#ffffff"
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_3)
    [made] = shelf.all
    assert (made.kind, made.color, made.quote) == (Kind.HIGHLIGHT, "green", "quick brown fox")
    assert made.sha256 == pdf_of(page).doc.info.sha256 != ""
    assert made.before.endswith("The ")
    assert made.after.startswith(" jumps over")
    assert page.canvas.selection is None
    assert color_at(page, between) != "#ffffff"
    assert shelf.undo() == "Annotate"
    assert shelf.all == ()
    assert color_at(page, between) == "#ffffff"
    shelf.redo()
    assert [one.uid for one in page.feature(Annotate).store.on(0)] == [made.uid]


def test_it_is_there_after_opening_again_and_in_another_window(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    other = at_home(viewer, engine, paper, shelf)
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_U)
    [made] = shelf.all
    again = at_home(viewer, engine, paper, shelf).feature(Annotate)
    assert again.store.on(0) == (made,)
    assert made.kind is Kind.UNDERLINE
    shelf.desk.changed.emit(annotating.remove(shelf.writer, [made.uid]))
    assert again.store.all == {}
    assert other.feature(Annotate).store.all == {}


def test_a_mark_over_lines_and_pages_is_one(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    select(page, "represen-", "several")
    QTest.keyClick(page.canvas, Key.Key_1)
    [made] = shelf.all
    assert made.quote == "represented here in"
    assert [len(part.quads) for part in made.parts] == [2]
    first, second = made.parts[0].quads
    assert first[1] > second[1]  # y is up, the second line is below
    page.choose_text(whole(1, 2))
    QTest.keyClick(page.canvas, Key.Key_2)
    qtbot.waitUntil(lambda: len(shelf.all) == 2)
    over = next(one for one in shelf.all if one.color == "red")
    assert [part.page for part in over.parts] == [1, 2]
    assert len(over.parts[1].quads) == len(WORDS) + 1
    assert over.quote.count("Section") == 2


def test_pages_not_read_yet_are_waited_for(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    page.choose_text(whole(0, 11))
    assert page.feature(Annotate).draft() is None
    QTest.keyClick(page.canvas, Key.Key_1)
    qtbot.waitUntil(lambda: bool(shelf.all), timeout=5000)
    assert [part.page for part in shelf.all[0].parts] == list(range(12))
    assert "okapi" in shelf.all[0].quote


def test_more_pages_than_a_mark_may_have_are_refused_in_a_sentence(
    viewer: Viewer, fake: FakeEngine, shelf: Shelf
) -> None:
    fake.pages = 300
    page = viewer(fake)
    page.live_in(shelf.home)
    told: list[str] = []
    page.statusChanged.connect(told.append)
    page.choose_text(whole(0, 299))
    QTest.keyClick(page.canvas, Key.Key_1)
    assert "more than 100 pages" in told[-1]
    assert shelf.all == ()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_mark_on_a_turned_and_cropped_page_lies_where_the_words_are(
    viewer: Viewer, engine: Engine, shelf: Shelf, tmp_path: Path, rotation: int, qtbot: QtBot
) -> None:
    with pymupdf.open() as doc:
        sheet = doc.new_page(width=500, height=700)
        sheet.insert_text((150, 300), "before okapi after", fontsize=20)
        sheet.set_cropbox(pymupdf.Rect(60, 80, 470, 640))
        sheet.set_rotation(rotation)
        doc.save(tmp_path / "turned.pdf")
    left = 150 + pymupdf.get_text_length("before ", fontsize=20)
    right = left + pymupdf.get_text_length("okapi", fontsize=20)
    page = at_home(viewer, engine, tmp_path / "turned.pdf", shelf)
    settle(qtbot, page)
    text = page.canvas.content.text(0)
    assert text is not None
    start = text.chars.index("okapi")
    at = Caret(0, start), Caret(0, start + 5)
    page.choose_text(Selection(at[0], at[0], at[1], at[1]))
    QTest.keyClick(page.canvas, Key.Key_3)
    [made] = shelf.all
    x0, y0, x1, y1 = made.parts[0].box
    assert made.quote == "okapi"
    assert (x0, x1) == pytest.approx((left, right), abs=1)
    assert 390 < y0 < 400 < y1 < 425  # around the base line, 300 below the upper edge of 700
    geometry = pdf_of(page).geometry(0)
    assert geometry is not None
    assert geometry.quad_to_view(made.parts[0].quads[0]) == pytest.approx(
        text.rects(start, start + 5)[0], abs=0.6
    )


def test_the_picture_shows_every_kind_and_colour_on_any_paper(
    viewer: Viewer, fake: FakeEngine, shelf: Shelf, theme: Theme, qtbot: QtBot
) -> None:
    page = viewer(fake)
    page.live_in(shelf.home)
    box = (300.0, 300.0, 380.0, 340.0)
    for name in ("original", "sepia", "dark"):
        theme.pages.use(name)
        settle(qtbot, page)
        bare = page.canvas.viewport().grab().toImage()
        for kind in Kind:
            strokes = (((300.0, 300.0, 0.4), (340.0, 340.0, 0.9), (380.0, 300.0, 1.0)),)
            shape = Shape(kind, () if kind in DRAWN else (box,), strokes if kind in DRAWN else ())
            part = kept(0, shape, fake.geometry_of(0))
            draft = Annotation(kind, (part,), comment="a", color="purple")
            [uid] = page.feature(Annotate).store.add([draft])
            assert page.canvas.viewport().grab().toImage() != bare, (kind, name)
            page.feature(Annotate).store.remove([uid])
            assert page.canvas.viewport().grab().toImage() == bare, (kind, name)
    theme.pages.use("original")


def test_words_under_a_mark_keep_their_contrast() -> None:
    for name in ("original", "sepia", "dark"):
        colors = page_theme(name)
        for color in PALETTE:
            mark = inks.felt(color.name, colors)
            ground, letters = (
                blended(under, mark, dark=colors.dark) for under in (colors.paper, colors.ink)
            )
            assert inks.contrast(ground, letters) >= 4.5, (name, color.name)
            assert inks.contrast(inks.lettering(color.name, colors), colors.paper) >= 4.5


def blended(under: QColor, mark: QColor, *, dark: bool) -> QColor:
    """Multiplied, or screened, as the painter does it."""

    def laid(one: float, other: float) -> float:
        return 1 - (1 - one) * (1 - other) if dark else one * other

    return QColor.fromRgbF(
        laid(under.redF(), mark.redF()),
        laid(under.greenF(), mark.greenF()),
        laid(under.blueF(), mark.blueF()),
    )


def test_a_file_that_is_not_in_the_library_is_added_at_its_first_mark(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = viewer(engine, paper)
    asked: list[bool] = []
    page.live_in(home(shelf.desk, add=lambda: asked.append(True)))
    place = page.position()
    for word, color in (("quick", Key.Key_1), ("lazy", Key.Key_2)):
        select(page, word, "fox" if word == "quick" else "is")
        QTest.keyClick(page.canvas, color)
    assert asked == [True]
    assert shelf.all == ()
    assert len(page.feature(Annotate).store.on(0)) == 2
    page.live_in(shelf.home)
    assert {one.quote for one in shelf.all} == {"quick brown", "lazy dog and"}
    assert {one.uid for one in shelf.all} == set(page.feature(Annotate).store.all)
    assert page.position() == place


def test_what_the_disk_refuses_is_taken_back_and_said(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_home(viewer, engine, paper, shelf)

    def refuse(*_: object) -> None:
        raise LibraryError("The disk is full; nothing was changed.")

    monkeypatch.setattr(annotating, "add", refuse)
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_1)
    assert page.feature(Annotate).store.all == {}
    assert shelf.desk.notices.all == [("error", "The disk is full; nothing was changed.")]


def test_an_annotation_is_shown_as_soon_as_it_is_here(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    draft = Annotation(
        Kind.HIGHLIGHT, (Part(8, ((72, 700, 200, 700, 72, 680, 200, 680),)),), shelf.attachment
    )
    [uid], changes = annotating.add(shelf.writer, [draft])
    page.feature(Annotate).show_annotation(uid)
    assert page.canvas.camera.current() == 0
    shelf.desk.changed.emit(changes)
    settle(qtbot, page)
    assert page.canvas.camera.current() == 8
    assert page.feature(Annotate).looks.flashed == uid
    page.go_back()
    settle(qtbot, page)
    assert page.canvas.camera.current() == 0


def test_all_that_were_read_before_a_mark_do_not_take_it_away(
    viewer: Viewer, fake: FakeEngine, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN that all annotations are being read anew, which takes a while
    page = viewer(fake)
    page.live_in(shelf.home)
    late: list[Callable[[], None]] = []
    read = shelf.desk.read

    def slow(work: Any, *args: Any, then: Any, **options: Any) -> None:
        if work == shelf.reader.annotations:
            found = work(*args)
            late.append(lambda: then(found))
        else:
            read(work, *args, then=then, **options)

    monkeypatch.setattr(shelf.desk, "read", slow)
    shelf.desk.changed.emit(Changes(structure=True))
    # WHEN something is marked and written meanwhile, and the answer of before comes after it
    start, behind = Caret(0, 0), Caret(0, 5)
    page.choose_text(Selection(start, start, behind, behind))
    page.feature(Annotate).highlight()
    [made] = shelf.all
    late[0]()
    # THEN what was marked is shown
    assert page.feature(Annotate).store.all == {made.uid: made}
