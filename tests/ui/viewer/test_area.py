"""An area of a page: drawn with pointer and keys, copied and saved as text, picture, table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.area.outcome import picture_scale
from reader.ui.viewer.arrangement import Arrangement
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.files_out import safe_name
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def spot(page: ViewerPage, x: float, y: float, number: int = 0) -> QPoint:
    at = page.canvas.camera.view_point(Spot(number, x, y))
    return QPoint(round(at[0] / page.canvas.ratio), round(at[1] / page.canvas.ratio))


def drag(page: ViewerPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=spot(page, *start))
    QTest.mouseMove(view, spot(page, *end))
    QTest.mouseRelease(view, LEFT, pos=spot(page, *end))


def area_of(page: ViewerPage) -> tuple[int, ...]:
    band = page.feature(AreaTool).band
    assert band is not None
    return tuple(round(edge) for edge in band.rect)


def test_an_area_is_drawn_and_its_text_copied(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    tool = page.feature(AreaTool)
    QTest.keyClick(page.canvas, Key.Key_R)
    assert page.canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    drag(page, (95, 95), (152, 140))
    assert area_of(page) == (95, 95, 152, 140)
    assert tool.bar.isVisible()
    QGuiApplication.clipboard().clear()
    QTest.keyClick(page.canvas, Key.Key_T)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    assert QGuiApplication.clipboard().text().split("\n") == ["Words", "needl"]
    assert tool.band is None
    assert not tool.bar.isVisible()
    # The next drag selects text as ever.
    drag(page, (101, 105), (152, 106))
    assert tool.band is None


HINT = "Drag over an area"


@pytest.mark.parametrize("name", ["start", "start_picture", "start_table"])
def test_the_hint_how_to_drag_goes_when_the_drag_ends(
    viewer: Viewer, qtbot: QtBot, name: str
) -> None:
    page = viewer(FakeEngine())
    said: list[str] = []
    page.statusChanged.connect(said.append)
    # GIVEN the tool in hand, which says how to use it
    getattr(page.feature(AreaTool), name)()
    assert said[-1].startswith(HINT)
    # WHEN the area is drawn THEN what comes next is said, and at last how it went
    drag(page, (100, 100), (300, 200))
    assert not said[-1].startswith(HINT)
    if name == "start":
        assert said[-1].startswith("Copy it with T as text")
        QTest.keyClick(page.canvas, Key.Key_P)
    qtbot.waitUntil(lambda: said[-1].startswith("Copied as a "))


@pytest.mark.parametrize("drawn", [False, True])
def test_the_hint_goes_with_escape(viewer: Viewer, *, drawn: bool) -> None:
    page = viewer(FakeEngine())
    said: list[str] = []
    page.statusChanged.connect(said.append)
    QTest.keyClick(page.canvas, Key.Key_R)
    if drawn:
        drag(page, (100, 100), (300, 200))
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert said[-1] == page.status()
    assert said[-1].startswith("page 1 of ")


def test_escape_while_dragging_gives_the_area_up(viewer: Viewer) -> None:
    page = viewer(FakeEngine())
    said: list[str] = []
    page.statusChanged.connect(said.append)
    QTest.keyClick(page.canvas, Key.Key_R, SHIFT)
    QGuiApplication.clipboard().setText("before")
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=spot(page, 100, 100))
    QTest.mouseMove(view, spot(page, 300, 200))
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert said[-1] == page.status()
    # THEN letting go makes nothing of it
    QTest.mouseMove(view, spot(page, 320, 220))
    QTest.mouseRelease(view, LEFT, pos=spot(page, 320, 220))
    assert page.feature(AreaTool).band is None
    assert said[-1] == page.status()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_picture_is_sharper_than_the_screen(viewer: Viewer, qtbot: QtBot) -> None:
    fake = FakeEngine()
    page = viewer(fake)
    QTest.keyClick(page.canvas, Key.Key_R, SHIFT)
    drag(page, (100, 100), (300, 200))
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    shown = page.canvas.camera.scale
    assert image.width() >= 2 * 200 * shown - 3
    assert abs(image.width() / image.height() - 2) < 0.05
    ask = next(ask for ask in reversed(fake.asks) if ask.arguments.get("priority") == 150)
    assert [round(edge) for edge in ask.arguments["clip"]] == [100, 100, 300, 200]


def test_a_picture_of_a_whole_large_page_stays_within_the_limits() -> None:
    scale = picture_scale(16.0, (0, 0, 2400, 3400))
    assert 2400 * 3400 * scale**2 <= 24_000_000
    assert picture_scale(0.1, (0, 0, 100, 100)) == pytest.approx(200 / 72)


def test_a_table_goes_to_the_clipboard_as_csv(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    page.feature(AreaTool).start_table()
    QGuiApplication.clipboard().clear()
    drag(page, (100, 100), (300, 200))
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    assert QGuiApplication.clipboard().text() == 'a,"b, c"\n1,2\n'
    assert "<td>b, c</td>" in QGuiApplication.clipboard().mimeData().html()


def test_an_area_without_text_leaves_the_clipboard_alone(viewer: Viewer, qtbot: QtBot) -> None:
    fake = FakeEngine()
    fake.rows = ()
    page = viewer(fake)
    said: list[str] = []
    page.statusChanged.connect(said.append)
    QGuiApplication.clipboard().setText("before")
    page.feature(AreaTool).start_table()
    drag(page, (100, 400), (300, 500))
    qtbot.waitUntil(lambda: "There is no text in this area" in said)
    assert QGuiApplication.clipboard().text() == "before"


def test_an_area_is_saved_as_picture_and_table(
    viewer: Viewer, qtbot: QtBot, tmp_path: Path
) -> None:
    page = viewer(FakeEngine())
    desk = FakeDesk()
    page.live_in(home(desk))
    QTest.keyClick(page.canvas, Key.Key_R)
    drag(page, (100, 100), (300, 200))
    for key, name in ((Key.Key_S, "out.png"), (Key.Key_V, "out.csv")):
        QTest.keyClick(page.canvas, key)
        qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)))
        dialog = page.findChildren(QFileDialog)[-1]
        assert dialog.selectedFiles()[0].endswith(f"A paper, p. 1.{name[-3:]}")
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
        qtbot.waitUntil(lambda: not page.findChildren(QFileDialog))
    assert QImage(str(tmp_path / "out.png")).width() > 300
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith("a,")
    assert [kind for kind, _ in desk.notices.all] == ["ok", "ok"]


def test_an_area_is_drawn_with_the_keys_alone(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    top = page.canvas.camera.top
    QTest.keyClick(page.canvas, Key.Key_R)
    QTest.keyClick(page.canvas, Key.Key_Right)
    x0, y0, x1, y1 = area_of(page)
    QTest.keyClick(page.canvas, Key.Key_Down, CTRL)
    assert area_of(page) == (x0, y0 + 24, x1, y1 + 24)
    QTest.keyClick(page.canvas, Key.Key_Left, SHIFT)
    assert area_of(page) == (x0, y0 + 24, x1 - 4, y1 + 24)
    assert page.canvas.camera.top == top
    QTest.keyClick(page.canvas, Key.Key_Return)
    assert page.feature(AreaTool).bar.isVisible()
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert page.feature(AreaTool).band is None


def test_on_a_turned_page_an_area_is_what_is_seen(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    page.canvas.arrange(Arrangement(rotation=90))
    settle(qtbot, page)
    QTest.keyClick(page.canvas, Key.Key_R, SHIFT)
    drag(page, (100, 300), (200, 100))
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    assert abs(image.width() / image.height() - 2) < 0.05  # 100 by 200 points, lying on its side
    QTest.keyClick(page.canvas, Key.Key_R)
    QTest.keyClick(page.canvas, Key.Key_Right)
    x0, y0, x1, y1 = area_of(page)
    QTest.keyClick(page.canvas, Key.Key_Right)
    assert area_of(page) == (x0, y0 - 4, x1, y1 - 4)


def test_a_click_is_no_area_and_an_area_stays_on_its_page(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    QTest.keyClick(page.canvas, Key.Key_R)
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=spot(page, 100, 100))
    assert page.feature(AreaTool).band is None
    page.canvas.set_zoom("page")
    page.canvas.scroll_by(0, 300)
    settle(qtbot, page)
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=spot(page, 100, 700))
    QTest.mouseMove(view, spot(page, 300, 300, number=1))
    QTest.mouseRelease(view, LEFT, pos=spot(page, 300, 300, number=1))
    x0, y0, x1, y1 = area_of(page)
    assert (x0, y0) == (100, 700)
    assert abs(x1 - 300) <= 2
    assert abs(y1 - 800) <= 3


@pytest.mark.parametrize(
    "name, wanted",
    [
        ("../../.bashrc", "bashrc"),
        ("C:\\Users\\me\\run.exe", "run.exe"),
        ("CON.txt", "file"),
        ("a/b:c?.csv", "b c.csv"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "file"),
        ("...", "file"),
        ("x" * 400 + ".png", "x" * 107 + ".png"),
    ],
)
def test_names_from_documents_are_made_harmless(name: str, wanted: str) -> None:
    assert safe_name(name, "file") == wanted
