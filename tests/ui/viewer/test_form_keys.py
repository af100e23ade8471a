"""A form filled in by keys alone, also on pages nobody has seen, in the real window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reader.ui.viewer.form import Form
from reader.ui.viewer.form import feature as form_feature
from tests.pdf import forms
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready

pytestmark = pytest.mark.shared
Key = Qt.Key
TEXT, CHECKBOX = 7, 2  # PyMuPDF's numbers of kinds of widget
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAGES = 12


@pytest.fixture
def long_form(tmp_path: Path) -> Path:
    """Fields on the first page and the tenth, none between and none after."""
    doc: Any = pymupdf.open()
    for _ in range(PAGES):
        doc.new_page(width=595, height=842)
    for number, name, kind, y in (
        (0, "name", TEXT, 100),
        (0, "agree", CHECKBOX, 140),
        (9, "place", TEXT, 100),
    ):
        widget: Any = pymupdf.Widget()
        widget.field_name, widget.field_type = name, kind
        widget.rect = pymupdf.Rect(72, y, 90 if kind == CHECKBOX else 300, y + 18)
        doc[number].add_widget(widget)
    path = tmp_path / "long form.pdf"
    doc.save(path)
    doc.close()
    return path


def opened(start: Start, library: Path, path: Path) -> tuple[Driven, Form]:
    win = start(library, files=[path])
    win.until(lambda: is_ready(win.app.tabs.current()))
    page = win.app.tabs.current()
    assert page is not None
    form = page.feature(Form)
    win.until(lambda: form.state.pages)
    win.focus(page.canvas)
    return win, form


def editing(form: Form, name: str) -> bool:
    return form.editor is not None and form.editor.field.name == name and form.editor.focused


def test_tab_goes_on_to_fields_of_pages_that_nobody_has_seen(
    start: Start, library: Path, long_form: Path
) -> None:
    win, form = opened(start, library, long_form)
    assert set(form.state.pages) == {0}
    # WHEN the form is filled in by keys
    win.key(Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert editing(form, "name")
    win.type("Ada")
    win.key(Key.Key_Tab)
    win.key(Key.Key_Space)
    win.key(Key.Key_Tab)
    # THEN the next field is found where it is
    win.until(lambda: editing(form, "place"))
    win.type("London")
    # AND the way back is the same
    win.key(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    win.key(Key.Key_Space)
    win.key(Key.Key_Tab)
    win.until(lambda: editing(form, "place"))
    # AND after the last one the pages have the keys
    win.key(Key.Key_Tab)
    win.until(lambda: form.editor is None and form.page.canvas.hasFocus())
    win.until(lambda: not form.escape())
    assert form.entered() == {"name": "Ada", "place": "London"}


def test_a_search_for_the_next_field_is_ended_by_escape(
    start: Start, library: Path, long_form: Path
) -> None:
    win, form = opened(start, library, long_form)
    win.key(Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    win.key(Key.Key_Tab)
    win.key(Key.Key_Tab)
    assert form.editor is None
    win.key(Key.Key_Escape)
    # WHEN the page that was asked has answered THEN nothing is opened
    win.until(lambda: 1 in form._known)
    assert form.editor is None and not form.escape()


def test_a_box_to_tick_is_said(
    start: Start, library: Path, long_form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    win, _ = opened(start, library, long_form)
    said: list[str] = []

    class Heard:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            said.append(event.message())

    monkeypatch.setattr(form_feature, "QAccessible", Heard)
    win.key(Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    win.key(Key.Key_Tab)
    win.key(Key.Key_Space)
    assert said == ["agree, not ticked", "agree, ticked"]


def test_a_form_with_fields_of_every_kind_is_filled_in_and_saved_by_keys_alone(
    start: Start, library: Path, tmp_path: Path
) -> None:
    path, copy = tmp_path / "form.pdf", tmp_path / "copy.pdf"
    path.write_bytes(forms.form())
    win, form = opened(start, library, path)
    # GIVEN a line, an area and a password
    win.key(Key.Key_F, SHIFT)
    win.type("Ada")
    win.key(Key.Key_Tab)
    win.type("two")
    win.key(Key.Key_Return)
    win.type("lines")
    win.key(Key.Key_Tab)
    win.key(Key.Key_Tab)
    # AND a box to tick, the second of two radio buttons
    win.key(Key.Key_Space)
    win.key(Key.Key_Tab)
    win.key(Key.Key_Tab)
    win.key(Key.Key_Space)
    win.key(Key.Key_Tab)
    # AND a choice by its arrows, one by its letter in the unfolded list, and two of many
    win.key(Key.Key_Down)
    win.key(Key.Key_Tab)
    win.key(Key.Key_Tab)
    win.key(Key.Key_Space)
    win.key(Key.Key_Down)
    win.key(Key.Key_Space)
    # WHEN a copy is saved while the last field is still being filled in
    win.control(Key.Key_S)
    win.until(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    win.type(str(copy))
    win.key(Key.Key_Return)
    # THEN the copy has it all
    win.until(lambda: win.notices() == ["Saved as copy.pdf."])
    assert form.page.status().find("not in a copy") < 0
    with pymupdf.open(copy) as doc:
        page: Any = doc[0]
        found = {one.field_name: one.field_value for one in page.widgets()}
        several = [doc.xref_get_key(one.xref, "V") for one in page.widgets()][8]
    assert found["person.name"] == "Ada"
    assert found["notes"].replace("\r", "\n") == "two\nlines"
    assert (found["agree"], found["color"], found["city"]) == ("Yes", "blue", "P")
    assert several == ("array", "[(x)(y)]")
    # AND one goes on in the field
    win.window.activateWindow()
    win.until(lambda: editing(form, "several"))


def test_arrows_choose_among_radio_buttons_and_move_nothing_else(
    start: Start, library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(forms.form())
    win, form = opened(start, library, path)
    top = form.page.canvas.camera.top
    win.key(Key.Key_F, SHIFT)
    for _ in range(4):
        win.key(Key.Key_Tab)
    # GIVEN the keys at the first of two buttons WHEN arrows are pressed THEN the other is chosen
    for key, chosen in (
        (Key.Key_Down, {"color": "blue"}),
        (Key.Key_Right, {}),  # the file's own again, round the end
        (Key.Key_Up, {"color": "blue"}),
        (Key.Key_Left, {}),
        (Key.Key_Down, {"color": "blue"}),
    ):
        win.key(key)
        assert form.entered() == chosen
    assert form.page.canvas.camera.top == top
    # AND Tab goes on behind the last one
    win.key(Key.Key_Tab)
    assert editing(form, "city")


def test_the_menu_of_a_field_leaves_it_open(start: Start, library: Path, long_form: Path) -> None:
    win, form = opened(start, library, long_form)
    win.key(Key.Key_F, SHIFT)
    win.type("Ada")
    field, reason = win.focused(), QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(
        field, QContextMenuEvent(reason, QPoint(5, 5), field.mapToGlobal(QPoint(5, 5)))
    )
    win.until(QApplication.activePopupWidget)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Escape)
    win.until(lambda: QApplication.activePopupWidget() is None)
    assert editing(form, "name")
    assert form.entered() == {"name": "Ada"}


def test_filling_in_goes_on_where_it_stopped(start: Start, library: Path, long_form: Path) -> None:
    win, form = opened(start, library, long_form)
    said: list[str] = []
    form.page.statusChanged.connect(said.append)
    win.key(Key.Key_F, SHIFT)
    win.type("Ada")
    # WHEN the palette is opened from the field and left THEN the pages have the keys
    win.control(Key.Key_K)
    assert form.entered() == {"name": "Ada"}
    win.key(Key.Key_Escape)
    assert form.page.canvas.hasFocus()
    # AND filling in goes on with the next field
    win.key(Key.Key_F, SHIFT)
    win.key(Key.Key_Space)
    assert "agree" in form.entered()
    win.key(Key.Key_F, SHIFT)
    win.until(lambda: editing(form, "place"))
    # AND there is a word where it ends, and then the first one in view again
    win.key(Key.Key_F, SHIFT)
    win.type("x")
    win.key(Key.Key_Return)
    win.key(Key.Key_F, SHIFT)
    win.until(lambda: "The form has no field beyond that one" in said)
    assert form.page.canvas.hasFocus()
    win.key(Key.Key_F, SHIFT)
    win.until(lambda: editing(form, "place"))
