"""Forms: filled in by pointer and keys, kept, taken back, saved into a copy; the file stays."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.pdf.protocol import FormField
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.file import FileActions
from reader.ui.viewer.form import Form
from reader.ui.viewer.form.state import FormState
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TEXT, CHECKBOX, COMBO = 7, 2, 3  # PyMuPDF's numbers of kinds of widget
MULTILINE, READ_ONLY = 4096, 1  # bits of /Ff
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form with a line, an area, a checkbox, a choice and a field nobody may change."""
    doc = pymupdf.open()
    page = doc.new_page(width=595, height=842)
    page.insert_text((72, 60), "A form", fontsize=16)
    for name, kind, y, height, extra in (
        ("name", TEXT, 100, 20, {}),
        ("about", TEXT, 140, 60,
         {"field_flags": MULTILINE}),
        ("agree", CHECKBOX, 220, 16, {}),
        ("city", COMBO, 260, 20,
         {"choice_values": ["Berlin", "Paris", "Rome"], "field_value": "Berlin"}),
        ("fixed", TEXT, 300, 20,
         {"field_value": "stays", "field_flags": READ_ONLY}),
    ):  # fmt: skip
        widget: Any = pymupdf.Widget()
        widget.field_name, widget.field_type = name, kind
        width = 16 if name == "agree" else 200
        widget.rect = pymupdf.Rect(72, y, 72 + width, y + height)
        for key, value in extra.items():
            setattr(widget, key, value)
        page.add_widget(widget)
    path = tmp_path / "form.pdf"
    doc.save(path)
    doc.close()
    return path


def at(page: ViewerPage, x: float, y: float) -> QPoint:
    place = page.canvas.camera.view_point(Spot(0, x, y))
    return QPoint(round(place[0] / page.canvas.ratio), round(place[1] / page.canvas.ratio))


def click(page: ViewerPage, x: float, y: float) -> None:
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=at(page, x, y))


def opened(viewer: Viewer, engine: Engine, path: Path, desk: FakeDesk, qtbot: QtBot) -> ViewerPage:
    page = viewer(engine, path)
    page.live_in(home(desk))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(lambda: 0 in page.feature(Form).state.pages)
    return page


def test_a_form_is_filled_in_and_saved_into_a_copy(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    before = hashlib.sha256(form.read_bytes()).hexdigest()
    desk = FakeDesk()
    page = opened(viewer, engine, form, desk, qtbot)
    filling = page.feature(Form)
    # WHEN each field is filled in, going from one to the next with Tab
    click(page, 100, 110)
    assert filling.editor is not None
    QTest.keyClicks(filling.editor.widget, "Ada, q7")
    QTest.keyClick(filling.editor.widget, Key.Key_Tab)
    assert isinstance(filling.editor.widget, QPlainTextEdit)
    QTest.keyClicks(filling.editor.widget, "Two")
    QTest.keyClick(filling.editor.widget, Key.Key_Return)
    QTest.keyClicks(filling.editor.widget, "lines")
    QTest.keyClick(filling.editor.widget, Key.Key_Tab)
    assert filling.editor is None
    QTest.keyClick(page.canvas, Key.Key_Space)
    QTest.keyClick(page.canvas, Key.Key_Tab)
    assert filling.editor is not None
    assert isinstance(filling.editor.widget, QComboBox)
    QTest.keyClick(filling.editor.widget, Key.Key_Down)
    QTest.keyClick(filling.editor.widget, Key.Key_Return)
    # THEN the entries are kept at once, and the status tells that no copy has them
    kept = desk.entries[str(form)]
    assert (kept["name"], kept["about"], kept["city"]) == ("Ada, q7", "Two\nlines", "Paris")
    assert "agree" in kept
    assert "4 form entries, not in a copy yet" in page.status()
    # AND a copy has them, while the file is as it was
    copy = tmp_path / "copy.pdf"
    page.feature(FileActions).copy_to(copy)
    qtbot.waitUntil(copy.exists, timeout=10_000)
    qtbot.waitUntil(lambda: "not in a copy" not in page.status())
    doc: Any = pymupdf.open(copy)
    found = {widget.field_name: widget.field_value for widget in doc[0].widgets()}
    doc.close()
    assert found["name"] == "Ada, q7"
    assert found["about"].replace("\r", "\n") == "Two\nlines"
    assert found["agree"] == "Yes"
    assert found["city"] == "Paris"
    assert found["fixed"] == "stays"
    assert hashlib.sha256(form.read_bytes()).hexdigest() == before


def test_entries_are_there_when_the_file_is_opened_again(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot
) -> None:
    desk = FakeDesk()
    page = opened(viewer, engine, form, desk, qtbot)
    filling = page.feature(Form)
    click(page, 100, 110)
    assert filling.editor is not None
    QTest.keyClicks(filling.editor.widget, "Ada")
    # WHEN the tab is closed in the middle of a word
    page.close_document()
    # THEN the words were kept, and the reader was told so
    assert desk.entries[str(form)] == {"name": "Ada"}
    assert any("is kept" in text for _, text in desk.notices.all)
    again = opened(viewer, engine, form, desk, qtbot)
    assert again.feature(Form).state.values() == {"name": "Ada"}


def test_entries_are_taken_back(viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot) -> None:
    desk = FakeDesk()
    page = opened(viewer, engine, form, desk, qtbot)
    filling = page.feature(Form)
    for word in ("One", "Two"):
        click(page, 100, 110)
        assert filling.editor is not None
        QTest.keyClicks(filling.editor.widget, word)
        QTest.keyClick(filling.editor.widget, Key.Key_Return)
    click(page, 80, 228)
    assert set(desk.entries[str(form)]) == {"name", "agree"}
    QTest.keyClick(page.canvas, Key.Key_Z, CTRL)
    QTest.keyClick(page.canvas, Key.Key_Z, CTRL)
    assert desk.entries[str(form)] == {"name": "One"}
    filling.empty()
    assert desk.entries[str(form)] == {}
    filling.undo()
    assert desk.entries[str(form)] == {"name": "One"}


def test_escape_keeps_nothing_and_a_fixed_field_takes_nothing(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot
) -> None:
    page = opened(viewer, engine, form, FakeDesk(), qtbot)
    filling = page.feature(Form)
    click(page, 100, 110)
    assert filling.editor is not None
    QTest.keyClicks(filling.editor.widget, "Never")
    QTest.keyClick(filling.editor.widget, Key.Key_Escape)
    assert filling.editor is None
    assert filling.state.entries == {}
    page.canvas.scroll_by(0, 100)
    click(page, 100, 310)
    assert filling.editor is None


def test_an_editor_follows_its_field(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot
) -> None:
    page = opened(viewer, engine, form, FakeDesk(), qtbot)
    filling = page.feature(Form)
    filling.fill_next()
    assert filling.editor is not None
    before = filling.editor.widget.geometry()
    page.canvas.scroll_by(0, 40)
    page.canvas.set_zoom("2")
    after = filling.editor.widget.geometry()
    assert after.width() > before.width()
    assert abs(after.center().y() - at(page, 100, 110).y()) <= 2


def test_radio_buttons_that_share_a_name_are_one_choice() -> None:
    state = FormState()
    one = FormField("colour", "radio", (0, 0, 10, 10), "red", "red")
    two = FormField("colour", "radio", (20, 0, 30, 10), "red", "blue")
    state.pages[0] = (one, two)
    assert state.is_on(one)
    state.enter(two, state.toggled(two))
    assert (state.is_on(one), state.is_on(two)) == (False, True)
    assert state.values() == {"colour": "blue"}
    # A radio button is not taken back by a second click, a checkbox is.
    assert state.enter(two, state.toggled(two)) is None


def test_a_password_is_not_written_down(viewer: Viewer, qtbot: QtBot) -> None:
    fake, desk = FakeEngine(), FakeDesk()
    fake.fields_of[0] = (FormField("pin", "text", (100, 200, 300, 220), password=True),)
    page = viewer(fake)
    page.live_in(home(desk))
    qtbot.waitUntil(lambda: 0 in page.feature(Form).state.pages)
    click(page, 150, 210)
    editor = page.feature(Form).editor
    assert editor is not None
    QTest.keyClicks(editor.widget, "1234")
    QTest.keyClick(editor.widget, Key.Key_Return)
    assert page.feature(Form).state.values() == {"pin": "1234"}
    assert desk.entries == {}


def test_entries_have_the_colours_of_the_page(viewer: Viewer, qtbot: QtBot) -> None:
    # GIVEN a field that is filled in, on a dark page
    fake, desk = FakeEngine(), FakeDesk()
    fake.fields_of[0] = (FormField("name", "text", (100, 200, 300, 220)),)
    page = viewer(fake)
    page.live_in(home(desk))
    page.theme.pages.use("dark")
    qtbot.waitUntil(lambda: 0 in page.feature(Form).state.pages)
    click(page, 150, 210)
    editor = page.feature(Form).editor
    assert editor is not None
    typed = editor.widget.grab().toImage().pixelColor(editor.widget.width() - 6, 6)
    QTest.keyClicks(editor.widget, "l")
    QTest.keyClick(editor.widget, Key.Key_Return)
    # THEN neither the editor nor the entry is a bright patch
    shown = page.canvas.viewport().grab().toImage()
    x, y = page.canvas.camera.view_point(Spot(0, 290, 210))
    entry = shown.pixelColor(round(x), round(y))
    assert typed.lightness() < 90 and entry.lightness() < 90
    # AND on a page in its own colours it is as light as that
    page.theme.pages.use("original")
    light = page.canvas.viewport().grab().toImage().pixelColor(round(x), round(y))
    assert light.lightness() > 200


def test_a_click_unfolds_a_choice_that_stays_unfolded(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot
) -> None:
    # GIVEN a form WHEN its choice is clicked, the button let go where it was pressed
    page = opened(viewer, engine, form, FakeDesk(), qtbot)
    filling = page.feature(Form)
    choice = next(field for field in filling.state.pages[0] if field.kind == "choice")
    x0, y0, x1, y1 = choice.rect
    middle = page.canvas.camera.view_point(Spot(0, (x0 + x1) / 2, (y0 + y1) / 2))
    where = QPoint(round(middle[0]), round(middle[1])) / page.canvas.ratio
    QTest.mousePress(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = filling.editor
    assert editor is not None and isinstance(editor.widget, QComboBox)
    view = editor.widget.view()
    assert not view.isVisible(), "it would take the release as its end"
    QTest.mouseRelease(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    # THEN the choices are shown, and the keys choose among them
    assert view.isVisible()
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Return)
    assert not view.isVisible() and editor.widget.currentText() == "Paris"


def test_a_field_left_with_the_window_is_filled_in_and_still_open_afterwards(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot
) -> None:
    page = opened(viewer, engine, form, FakeDesk(), qtbot)
    filling = page.feature(Form)
    click(page, 100, 110)
    assert filling.editor is not None
    QTest.keyClicks(filling.editor.widget, "Ada")
    # WHEN another window becomes the active one, to look something up
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    # THEN what was typed is kept, and no button of the window gets the next key
    qtbot.waitUntil(lambda: filling.state.values() == {"name": "Ada"})
    assert filling.editor is not None
    assert page.window().focusWidget() is filling.editor.widget
    # AND one goes on typing when one comes back
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(filling.editor.widget, Key.Key_End)
    QTest.keyClicks(filling.editor.widget, " Lovelace")
    assert filling.entered() == {"name": "Ada Lovelace"}


def test_an_entry_leaves_the_fields_own_border_whole(
    viewer: Viewer, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN a field with a red border
    path = tmp_path / "bordered.pdf"
    with pymupdf.open() as doc:
        widget: Any = pymupdf.Widget()
        widget.field_name, widget.field_type = "name", TEXT
        widget.rect = pymupdf.Rect(72, 100, 272, 130)
        widget.border_color, widget.border_width = (1, 0, 0), 1
        doc.new_page(width=595, height=842).add_widget(widget)
        doc.save(path)
    page = opened(viewer, engine, path, FakeDesk(), qtbot)
    corners = at(page, 72, 100), at(page, 272, 130)

    def red_sides() -> list[bool]:
        seen = page.canvas.viewport().grab().toImage()
        (left, top), (right, bottom) = ((one.x(), one.y()) for one in corners)
        x, y = (left + right) // 2, (top + bottom) // 2
        lines = (
            [(x, top + by) for by in (-1, 0, 1, 2)], [(x, bottom + by) for by in (-2, -1, 0, 1)],
            [(left + by, y) for by in (-1, 0, 1, 2)], [(right + by, y) for by in (-2, -1, 0, 1)],
        )  # fmt: skip
        return [
            any((found := seen.pixelColor(*spot)).red() > found.blue() + 60 for spot in line)
            for line in lines
        ]

    qtbot.waitUntil(lambda: all(red_sides()))
    # WHEN something is entered THEN the border is there on all sides
    click(page, 100, 115)
    editor = page.feature(Form).editor
    assert editor is not None
    QTest.keyClicks(editor.widget, "Ada")
    QTest.keyClick(editor.widget, Key.Key_Return)
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert page.feature(Form).editor is None
    assert page.feature(Form).entered() == {"name": "Ada"}
    assert all(red_sides())
