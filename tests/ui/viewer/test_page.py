"""The viewer page on the real engine: mouse, keys, find, links, outline, faults."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfFailure, PdfQuarantined
from reader.ui.commands.actions import is_writing
from reader.ui.theme import Theme
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.features import viewer_rows
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of, settle

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def point(page: ViewerPage, number: int, x: float, y: float) -> QPoint:
    """A place on a page as a point of the viewport."""
    at = page.canvas.camera.view_point(Spot(number, x, y))
    return QPoint(round(at[0] / page.canvas.ratio), round(at[1] / page.canvas.ratio))


def at_word(page: ViewerPage, word: str) -> QPoint:
    """The middle of a word's first letter on the first page."""
    text = page.canvas.content.text(0)
    assert text is not None
    x0, y0, x1, y1 = text.box(text.chars.index(word))
    return point(page, 0, (x0 + x1) / 2, (y0 + y1) / 2)


def selected(page: ViewerPage, qtbot: QtBot) -> str:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(page.canvas, Key.Key_C, CTRL)
    qtbot.waitUntil(lambda: not pdf_of(page).copying.active)
    return QGuiApplication.clipboard().text()


# ---- text


def test_dragging_selects_and_copies_with_joined_line_ends(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=at_word(page, "lazy") - QPoint(3, 0))
    QTest.mouseMove(view, at_word(page, "several"))
    QTest.mouseMove(view, at_word(page, "several") - QPoint(4, 0))
    QTest.mouseRelease(view, LEFT, pos=at_word(page, "several") - QPoint(4, 0))
    assert selected(page, qtbot).strip() == "lazy dog and is represented here in"


def test_a_double_click_takes_the_word_and_a_third_the_line(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view, place = page.canvas.viewport(), at_word(page, "brown")
    QTest.mouseClick(view, LEFT, pos=place)
    QTest.mouseDClick(view, LEFT, pos=place)
    assert selected(page, qtbot) == "brown"
    QTest.mousePress(view, LEFT, pos=place)
    QTest.mouseRelease(view, LEFT, pos=place)
    assert selected(page, qtbot) == "The quick brown fox jumps over the lazy dog and is represen-"


def test_shift_and_click_extend_a_selection(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    QTest.mouseClick(view, LEFT, pos=at_word(page, "quick") - QPoint(3, 0))
    QTest.mouseClick(view, LEFT, SHIFT, at_word(page, "jumps") - QPoint(3, 0))
    assert selected(page, qtbot).strip() == "quick brown fox"


def test_ctrl_a_takes_the_page_and_then_everything(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    QTest.keyClick(page.canvas, Key.Key_A, CTRL)
    text = selected(page, qtbot)
    assert text.startswith("Section 1")
    assert "Section 2" not in text
    # A second time: pages that were never seen are read for it, in order.
    QTest.keyClick(page.canvas, Key.Key_A, CTRL)
    text = selected(page, qtbot)
    assert [f"Section {number}" in text for number in range(1, 13)] == [True] * 12
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert page.canvas.selection is None


def test_selecting_past_the_edge_scrolls(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=at_word(page, "quick"))
    QTest.mouseMove(view, QPoint(300, view.height() + 60))
    qtbot.waitUntil(lambda: page.canvas.camera.top > 1_200)
    QTest.mouseRelease(view, LEFT, pos=QPoint(300, view.height() + 60))
    stopped = page.canvas.camera.top
    QTest.qWait(40)
    assert page.canvas.camera.top == stopped
    chosen = page.canvas.selection
    assert chosen is not None
    assert chosen.pages[-1] >= 1


def test_the_cursor_says_what_a_click_would_do(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    qtbot.waitUntil(lambda: page.canvas.content.links(0) is not None)
    # The window system tells Qt where the mouse is; offscreen nobody does.
    view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    for place, shape in (
        (at_word(page, "quick"), Qt.CursorShape.IBeamCursor),
        (point(page, 0, 100, 410), Qt.CursorShape.PointingHandCursor),
        (point(page, 0, 450, 330), Qt.CursorShape.ArrowCursor),
    ):
        QTest.mouseMove(view, place)
        assert view.cursor().shape() == shape


# ---- links and places


def test_an_internal_link_jumps_and_back_returns_to_the_very_place(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    qtbot.waitUntil(lambda: page.canvas.content.links(0) is not None)
    page.canvas.set_zoom("1.1")
    page.canvas.scroll_by(0, 37)
    before = page.position()
    QTest.mouseClick(view, LEFT, pos=point(page, 0, 100, 410))
    assert page.canvas.camera.spot(0, 60).page == 6
    after = page.position()
    QTest.keyClick(page.canvas, Key.Key_Left, ALT)
    assert page.position() == before
    QTest.keyClick(page.canvas, Key.Key_Right, ALT)
    assert page.position() == after


def test_only_web_links_leave_the_program(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    asked: list[str] = []
    page.openUrlRequested.connect(asked.append)
    qtbot.waitUntil(lambda: page.canvas.content.links(0) is not None)
    for y in (450, 490):
        place = point(page, 0, 100, y)
        if not view.rect().contains(place):
            page.canvas.scroll_by(0, 300)
        QTest.mouseClick(view, LEFT, pos=point(page, 0, 100, y))
    assert asked == ["https://example.org/paper"]


def test_hovering_a_link_tells_its_target(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = page.canvas.viewport()
    told: list[str] = []
    page.statusChanged.connect(told.append)
    qtbot.waitUntil(lambda: page.canvas.content.links(0) is not None)
    view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QTest.mouseMove(view, point(page, 0, 100, 410))
    QTest.mouseMove(view, point(page, 0, 450, 330))
    assert told == ["Go to page 5", "page i (1 of 12)"]


def test_the_page_field_understands_labels(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    qtbot.waitUntil(lambda: page.bar.page.text() == "i")
    assert page.bar.pages.text() == "(1 / 12)"
    for typed, wanted in (("ii", 1), ("3", 4), ("12", 11)):
        QTest.keyClick(page.canvas, Key.Key_G, CTRL)
        QTest.keyClicks(page.bar.page, typed)
        QTest.keyClick(page.bar.page, Key.Key_Return)
        assert page.canvas.camera.current() == wanted
        page.canvas.setFocus()
    told: list[str] = []
    page.statusChanged.connect(told.append)
    page.ask_page()
    QTest.keyClicks(page.bar.page, "xyz")
    QTest.keyClick(page.bar.page, Key.Key_Return)
    assert told[-1] == "There is no page “xyz”"


def test_the_outline_follows_the_reader_and_leads_to_sections(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.show_outline(True)
    tree = page.outline.tree
    qtbot.waitUntil(lambda: bool(pdf_of(page).outline))
    qtbot.waitUntil(lambda: tree.model().rowCount() == 4)
    page.canvas.show_spot(Spot(4, 0.0, 100.0))
    assert tree.currentIndex().data() == "Section 5"
    # AND a section that begins near the top of the view is the one that is read
    begins = pdf_of(page).outline[1]
    assert begins.page is not None
    page.canvas.show_spot(Spot(begins.page, 0.0, begins.y - 80.0))
    assert tree.currentIndex().data() == begins.title
    target = tree.model().index(2, 0)
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(target).center())
    assert page.canvas.camera.current() == 6
    assert page.conditions()["can_go_back"]


def test_a_document_without_outline_says_so(
    viewer: Viewer, engine: Engine, tmp_path: Path, qtbot: QtBot, fake: FakeEngine
) -> None:
    page = viewer(fake)
    page.show_outline(True)
    qtbot.waitUntil(lambda: bool(page.outline.empty.text()))
    assert page.outline.empty.isVisible()


# ---- find


def test_finding_marks_counts_and_steps(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    QTest.keyClick(page.canvas, Key.Key_F, CTRL)
    field = page.find_bar.field
    QTest.keyClicks(field, "OKAPI")
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "1 of 2")
    assert page.canvas.camera.visible()[0] <= 3 <= page.canvas.camera.visible()[-1]
    assert len(page.canvas.bar.marks) == 2
    QTest.keyClick(field, Key.Key_Return)
    assert page.find_bar.count.text() == "2 of 2"
    QTest.keyClick(field, Key.Key_Return)
    assert page.find_bar.count.text() == "1 of 2"
    QTest.keyClick(field, Key.Key_Return, SHIFT)
    assert page.find_bar.count.text() == "2 of 2"
    QTest.keyClick(page.canvas, Key.Key_F3, SHIFT)
    assert page.find_bar.count.text() == "1 of 2"
    QTest.keyClick(field, Key.Key_Escape)
    assert page.find_bar.isHidden()
    assert page.canvas.bar.marks == []
    assert page.canvas.current_hit is None


def test_words_divided_at_a_line_end_are_found_whole(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.open_find()
    QTest.keyClicks(page.find_bar.field, "represented")
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "1 of 12")
    assert len(pdf_of(page).find.hits_on(0)[0].rects) == 2


def test_finding_begins_where_the_reader_is_and_goes_round(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper, position=ReadingPosition(5, 0.0, 0.0, "1"))
    page.open_find()
    QTest.keyClicks(page.find_bar.field, "okapi")
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "2 of 2")
    QTest.keyClick(page.find_bar.field, Key.Key_Return)
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "1 of 2")


def test_a_step_back_searches_backwards_before_the_rest_is_counted(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a large document, searched on its first page only so far
    fake.pages = 5_000
    page = viewer(fake)
    find = pdf_of(page).find
    fake.held.add("text")
    page._search("needle")
    assert find.current == (0, 0)
    # WHEN the reader steps back, and texts come
    find.step(-1)
    fake.held.clear()
    fake.give()
    # THEN the last page's place is found at once
    qtbot.waitUntil(lambda: find.current == (4_999, 0))
    assert not find.complete


def test_what_is_not_there_is_said(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.open_find()
    QTest.keyClicks(page.find_bar.field, "zebra crossing")
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "Nothing found")
    assert not page.find_bar.next.isEnabled()


# ---- documents that do not open


def test_a_password_is_asked_for_inside_the_page(
    viewer: Viewer, engine: Engine, locked: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, locked, wait=False)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.password)
    panel = page.password
    assert panel.wrong.isHidden()
    QTest.keyClicks(panel.field, "zebra")
    QTest.keyClick(panel.field, Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.wrong.isHidden())
    QTest.keyClicks(panel.field, "okapi")
    QTest.keyClick(panel.field, Key.Key_Return)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.canvas)
    settle(qtbot, page)
    assert page.canvas.pictures.has_any(0)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body>Not found</body></html>", b"%PDF-1.7\n", bytes(range(256)) * 20],
    ids=["empty", "html", "truncated", "binary"],
)
def test_what_is_no_pdf_has_a_panel_that_says_what_happened(
    viewer: Viewer, engine: Engine, tmp_path: Path, qtbot: QtBot, data: bytes, paper: Path
) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    page = viewer(engine, path, wait=False)
    heard: list[PdfFailure] = []
    folders: list[Path] = []
    page.failed.connect(heard.append)
    page.showInFolderRequested.connect(folders.append)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.fault)
    assert page.fault.text.text() == heard[0].message
    assert "unharmed" in page.fault.safe.text()
    page.fault.folder.click()
    assert folders == [path]
    # WHEN the file has been mended
    path.write_bytes(paper.read_bytes())
    page.fault.retry.click()
    # THEN another try shows it
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.canvas)
    settle(qtbot, page)


def test_a_file_in_quarantine_is_tried_again_on_demand(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a document that is quarantined while it is read
    page = viewer(fake)
    page.canvas.scroll_by(0, 1_000)
    place = page.position()
    fake.faults["render", 20] = PdfQuarantined("This file crashed too often.", stage="render")
    page.last_page()
    page.canvas.show_spot(Spot(20, 0.0, 0.0))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.fault)
    # WHEN the reader tries again
    fake.faults.clear()
    page.fault.retry.click()
    # THEN the quarantine is lifted, and the reader is where they were
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.canvas)
    assert fake.released == [page.path]
    assert page.position() != place
    assert page.canvas.camera.current() == 20


# ---- around the pages


def test_a_note_stands_beside_the_pages(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    note = QPlainTextEdit()
    page.set_side(note)
    assert note.isVisible()
    assert page.bar.notes.isChecked()
    width = page.canvas.camera.width
    page.show_notes(False)
    qtbot.waitUntil(lambda: page.canvas.camera.width > width)
    assert page.conditions()["notes_shown"] is False
    page.set_side(None)
    assert note.isHidden()
    note.deleteLater()


def test_the_note_has_its_share_of_the_real_width(
    qtbot: QtBot, theme: Theme, fake: FakeEngine
) -> None:
    # GIVEN a note put beside the pages before the page is shown at its size
    page = ViewerPage(fake, Path("x.pdf"), title="", theme=theme)
    qtbot.addWidget(page)
    note = QPlainTextEdit()
    page.set_side(note)
    page.resize(1400, 800)
    page.show()
    assert 480 < note.width() < 580
    page.close_document()


def test_letters_typed_into_the_note_are_not_commands(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    note = QPlainTextEdit()
    page.set_side(note)
    before = page.position()
    QTest.keyClicks(note, "jkwp+- 0")
    QTest.keyClick(note, Key.Key_Home)
    assert note.toPlainText() == "jkwp+- 0"
    assert page.position() == before


def test_every_control_has_a_name(viewer: Viewer, engine: Engine, paper: Path) -> None:
    page = viewer(engine, paper)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name or is_writing(widget), widget


def test_screen_readers_hear_the_page(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    qtbot.waitUntil(lambda: "quick brown fox" in page.canvas.accessibleDescription())


def test_every_command_has_its_method(viewer: Viewer, fake: FakeEngine, theme: Theme) -> None:
    page = viewer(fake)
    conditions = page.conditions()
    for row in viewer_rows():
        assert row.target in ("viewer", "tabs")  # back and forward cross documents
        assert callable(attrgetter(row.method)(page))
        assert not row.enabled or row.enabled in conditions
        assert not row.checked or row.checked in conditions
    assert len({key for row in viewer_rows() for key in row.keys}) == sum(
        len(r.keys) for r in viewer_rows()
    )


def test_closing_twice_frees_everything(viewer: Viewer, engine: Engine, paper: Path) -> None:
    page = viewer(engine, paper)
    page.close_document()
    page.close_document()
    assert page.pdf is None
    assert page.canvas.pictures.used == 0
