"""Smart jump: mentions in a text without links are previewed, followed and come back."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.services import citing
from reader.services.findings import Mention
from reader.services.texts import Texts
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.hints import Hints
from reader.ui.viewer.jump import placing
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.places import on_view
from reader.ui.viewer.jump.stepping import Stepping
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study
from tests.ui.viewer.fakes import Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
FILLER = "Words fill the line so that it is a line of running text as papers have it."


@pytest.fixture(scope="module")
def unlinked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of three pages without a single link."""
    doc = pymupdf.open()
    for _ in range(3):
        doc.new_page(width=595, height=842)
    first, second, third = doc[0], doc[1], doc[2]
    first.insert_text((72, 90), "1 Introduction", fontsize=16, fontname="hebo")
    rows = ["As shown in Fig. 1 and by others [2], it holds.", *[FILLER] * 12]
    for number, row in enumerate(rows):
        first.insert_text((72, 130 + 16 * number), row, fontsize=11)
    for number in range(8):
        second.insert_text((72, 90 + 16 * number), FILLER, fontsize=11)
    second.draw_rect(pymupdf.Rect(120, 300, 420, 480), color=(0, 0, 1), fill=(0.7, 0.8, 1))
    second.insert_text((120, 510), "Figure 1: A blue box that says nothing.", fontsize=10)
    for number in range(8):
        second.insert_text((72, 560 + 16 * number), FILLER, fontsize=11)
    third.insert_text((72, 90), "References", fontsize=16, fontname="hebo")
    entries = (
        "[1] A. Author. The first of the titles. Journal of Papers, 2001.",
        "[2] B. Writer. On the second of the titles. Journal of Papers, 2002.",
    )
    for number, entry in enumerate(entries):
        third.insert_text((72, 130 + 16 * number), entry, fontsize=10)
    path = tmp_path_factory.mktemp("unlinked") / "paper.pdf"
    doc.save(path)
    doc.close()
    return path


def study(page: ViewerPage, qtbot: QtBot) -> Study:
    found = page.feature(Study)
    qtbot.waitUntil(lambda: bool(found.findings.mentions), timeout=15_000)
    return found


def mention(found: Study, kind: str) -> Mention:
    return next(m for m in found.findings.mentions[0] if m.kind == kind)


def point_at(page: ViewerPage, what: Mention) -> QPoint:
    box = on_view(page.canvas, what.page, what.rects[0])
    ratio = page.canvas.ratio
    place = QPoint(round(box.center().x() / ratio), round(box.center().y() / ratio))
    view = page.canvas.viewport()
    QTest.mouseMove(view, place - QPoint(60, 60))
    QTest.mouseMove(view, place)
    return place


@pytest.fixture
def page(
    viewer: Viewer, engine: Engine, unlinked: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> ViewerPage:
    monkeypatch.setattr(citing, "in_library", lambda _reader, _known: {})
    made = viewer(engine, unlinked, size=(1000, 800))
    made.use_texts(texts)
    made.live_in(home(FakeDesk()))
    monkeypatch.setattr(made.canvas.viewport(), "underMouse", lambda: True, raising=False)
    return made


def test_previews_stand_beside_the_line_and_inside_the_window() -> None:
    window = QRect(0, 0, 800, 600)
    for top in (10, 200, 560):
        line = QRect(700, top, 60, 16)
        room = placing.room(line, window, wanted=200)
        size = QSize(300, min(200, room.size.height()))
        at = placing.corner(line, window, size, below=room.below)
        shown = QRect(at, size)
        assert window.contains(shown) and not shown.intersects(line)


def test_a_figure_is_shown_and_followed_and_back_comes_back(page: ViewerPage, qtbot: QtBot) -> None:
    found = study(page, qtbot)
    figure = mention(found, "figure")
    assert figure.source == "text" and figure.target is not None and figure.target.page == 1
    # WHEN it is pointed at THEN a picture of it comes, blue as it is
    place = point_at(page, figure)
    jump = page.feature(Jump)
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    preview = jump.preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.picture.image is not None, timeout=10_000)
    image = preview.picture.image
    assert image is not None
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.blue() > middle.red() + 40
    # AND a click goes there, and Back comes back
    QTest.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, page)
    assert page.canvas.camera.current() == 1 and not preview.isVisible()
    page.go_back()
    assert page.canvas.camera.current() == 0


def test_a_citation_shows_its_entry(
    page: ViewerPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a library that has the cited paper
    monkeypatch.setattr(citing, "in_library", lambda _reader, known: {known[-1].number: "uid-2"})
    point_at(page, mention(study(page, qtbot), "citation"))
    jump = page.feature(Jump)
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    preview = jump.preview
    assert preview is not None
    assert "second of the titles" in preview.card.title.text()
    # AND the entry's other words stand around it: who wrote it, and where it appeared
    assert preview.card.authors.text() == "B. Writer."
    assert preview.card.facts.text() == "Journal of Papers, 2002."
    assert preview.card.open.isVisibleTo(preview) and not preview.card.add.isVisibleTo(preview)
    opened: list[str] = []
    jump.open_wanted.connect(opened.append)
    QTest.mouseClick(preview.card.open, Qt.MouseButton.LeftButton)
    assert opened == ["uid-2"] and not preview.isVisible()
    # AND pointed at again, Esc takes it away, as does moving the page
    point_at(page, mention(page.feature(Study), "citation"))
    qtbot.waitUntil(preview.isVisible)
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_previews_can_be_left_out(page: ViewerPage, qtbot: QtBot) -> None:
    found = study(page, qtbot)
    jump = page.feature(Jump)
    jump.toggle(on=False)
    point_at(page, mention(found, "figure"))
    qtbot.wait(300)
    assert jump.preview is None or not jump.preview.isVisible()


def test_a_preview_waits_for_its_picture_and_goes_when_the_pointer_leaves(
    page: ViewerPage, qtbot: QtBot
) -> None:
    found = study(page, qtbot)
    jump = page.feature(Jump)
    place = point_at(page, mention(found, "figure"))
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    preview = jump.preview
    assert preview is not None and preview.picture.image is not None
    # The whole line stays readable, and the preview is inside the view.
    line = mention(found, "figure").rects[0]
    box = on_view(page.canvas, 0, line)
    view = page.canvas.viewport().geometry()
    assert not preview.geometry().intersects(box.translated(view.topLeft()))
    assert view.contains(preview.geometry())
    # WHEN the pointer goes elsewhere THEN it goes too; into the preview, it stays
    QTest.mouseMove(page.canvas.viewport(), place + QPoint(0, 260))
    preview.entered.emit()
    qtbot.wait(400)
    assert preview.isVisible()
    preview.exited.emit()
    qtbot.waitUntil(preview.isHidden)


def test_previews_have_the_colours_of_the_pages(page: ViewerPage, qtbot: QtBot) -> None:
    found = study(page, qtbot)
    page.theme.pages.use("dark")
    try:
        point_at(page, mention(found, "figure"))
        jump = page.feature(Jump)
        qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
        assert jump.preview is not None
        image = jump.preview.picture.image
        assert image is not None
        assert image.pixelColor(2, 2).lightnessF() < 0.3
    finally:
        page.theme.pages.use("original")


def test_tab_goes_from_mention_to_mention_and_the_keyboard_previews_and_follows(
    page: ViewerPage, qtbot: QtBot
) -> None:
    study(page, qtbot)
    stepping, jump = page.feature(Stepping), page.feature(Jump)
    canvas = page.canvas
    page.activateWindow()
    canvas.setFocus()
    seen: list[str] = []
    text = canvas.content.text(0)
    assert text is not None
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        assert stepping.place is not None
        x0, y0, x1, y1 = stepping.place.rects[0]
        first = text.char_at(x0 + 1, (y0 + y1) / 2)
        last = text.char_at(x1 - 1, (y0 + y1) / 2)
        assert first is not None and last is not None
        seen.append(text.chars[first : last + 1])
    assert seen[0] == "Fig. 1" and "2" in seen[1]
    # Past the last one Tab is what it always is.
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert stepping.place is None and not canvas.hasFocus()
    # WHEN one is marked again THEN Space previews it, with the keys in the preview
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    top = canvas.camera.top
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    preview = jump.preview
    assert preview is not None and preview.hasFocus() and canvas.camera.top == top
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.isHidden() and canvas.hasFocus()
    # AND Enter goes there
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert canvas.camera.current() == 1 and stepping.place is None
    page.go_back()
    assert canvas.camera.current() == 0


def test_hints_with_shift_preview_what_they_lead_to(page: ViewerPage, qtbot: QtBot) -> None:
    found = study(page, qtbot)
    hints, jump = page.feature(Hints), page.feature(Jump)
    QTest.keyClick(page.canvas, Qt.Key.Key_F)
    figure = mention(found, "figure").rects[0]
    label = next(hint.label for hint in hints.hints if hint.place.rects[0] == figure)
    key = Qt.Key(ord(label.upper()))
    QTest.keyClick(page.canvas, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    preview = jump.preview
    assert preview is not None and preview.picture.image is not None
    assert not hints.hints and page.canvas.camera.current() == 0
    # Enter in the preview goes there.
    QTest.keyClick(preview, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.canvas.camera.current() == 1


def test_at_rest_no_preview_keeps_its_picture(page: ViewerPage, qtbot: QtBot) -> None:
    found = study(page, qtbot)
    point_at(page, mention(found, "figure"))
    jump = page.feature(Jump)
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    preview = jump.preview
    assert preview is not None and preview.picture.image is not None
    jump.rest()
    assert preview.isHidden() and preview.picture.image is None


def test_previews_of_turned_pages_are_turned(page: ViewerPage, qtbot: QtBot) -> None:
    found = study(page, qtbot)
    page.view.turn_right()  # pyright: ignore[reportAttributeAccessIssue]
    settle(qtbot, page)
    figure = mention(found, "figure")
    assert figure.target is not None
    page.canvas.reveal(Spot(0, *figure.rects[0][:2]), 20)
    settle(qtbot, page)
    point_at(page, figure)
    jump = page.feature(Jump)
    qtbot.waitUntil(lambda: jump.preview is not None and jump.preview.isVisible())
    assert jump.preview is not None
    image = jump.preview.picture.image
    # The figure is wider than high; its caption stood at the foot, and now stands at the left.
    assert image is not None and image.height() > image.width()
    middle = image.height() // 2
    assert image.pixelColor(round(image.width() * 0.65), middle).blue() > 200
    assert image.pixelColor(round(image.width() * 0.65), middle).red() < 200
    assert image.pixelColor(3, middle).red() > 200
