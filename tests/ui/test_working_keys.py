"""In the window, where commands have the same keys: an area's arrows, a form's Ctrl+Z."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import Qt

from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.form import Form
from reader.ui.viewer.page import ViewerPage
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready

Key = Qt.Key


@pytest.fixture
def form(tmp_path: Path) -> Path:
    doc: Any = pymupdf.open()
    page = doc.new_page()
    widget: Any = pymupdf.Widget()
    widget.field_name, widget.field_type = "name", 7
    widget.rect = pymupdf.Rect(72, 100, 300, 120)
    page.add_widget(widget)
    path = tmp_path / "form.pdf"
    doc.save(path)
    doc.close()
    return path


def canvas_in_hand(win: Driven) -> ViewerPage:
    """The page in front, once it shows its document; its canvas has the keys."""
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: is_ready(page))
    win.focus(page.canvas)
    return page


def test_an_area_and_a_form_have_their_keys_before_the_commands(
    start: Start, library: Path, form: Path
) -> None:
    win = start(library, files=[form])
    page = canvas_in_hand(win)
    # The arrows draw an area and do not scroll.
    win.key(Key.Key_R)
    top = page.canvas.camera.top
    win.key(Key.Key_Down)
    win.key(Key.Key_Down)
    assert page.feature(AreaTool).band is not None
    win.key(Key.Key_Escape)
    assert page.feature(AreaTool).band is None
    assert page.canvas.camera.top == top
    # Ctrl+Z takes an entry back, and nothing of the library.
    filling = page.feature(Form)
    win.until(lambda: 0 in filling.state.pages)
    undone: list[str] = []
    win.app.desk.history.connect(lambda undo, _: undone.append(undo))
    filling.fill_next()
    win.type("Ada")
    win.key(Key.Key_Return)
    assert filling.state.values() == {"name": "Ada"}
    win.settled()
    assert win.app.reader.form_entries(str(form)) == {"name": "Ada"}
    win.focus(page.canvas)
    win.control(Key.Key_Z)
    win.settled()
    assert win.app.reader.form_entries(str(form)) == {}
    assert undone == []


@pytest.fixture
def choices(tmp_path: Path) -> Path:
    """A form with a choice, one that takes other words too, and a list to choose several from."""
    doc: Any = pymupdf.open()
    page = doc.new_page()
    flags = {"kind": 1 << 17, "place": (1 << 17) | (1 << 18), "days": 1 << 21}
    for row, (name, flag) in enumerate(flags.items()):
        widget: Any = pymupdf.Widget()
        kind = 3 if row < 2 else 4
        widget.field_name, widget.field_type, widget.field_flags = name, kind, flag
        widget.choice_values = ["paper", "poster", "talk"]
        widget.rect = pymupdf.Rect(72, 100 + 60 * row, 300, 140 + 60 * row)
        page.add_widget(widget)
    path = tmp_path / "choices.pdf"
    doc.save(path)
    doc.close()
    return path


def test_a_choice_in_a_form_is_made_by_keys_alone(
    start: Start, library: Path, choices: Path
) -> None:
    # GIVEN the first choice of a form
    win = start(library, files=[choices])
    page = canvas_in_hand(win)
    filling = page.feature(Form)
    win.until(lambda: 0 in filling.state.pages)
    filling.fill_next()
    top = page.canvas.camera.top
    # WHEN an arrow, the letters of other words and keys of a list are pressed from field to field
    win.key(Key.Key_Down)
    win.key(Key.Key_Tab)
    win.type("thesis")
    win.key(Key.Key_Tab)
    win.key(Key.Key_Down)
    win.key(Key.Key_Space)
    win.key(Key.Key_Return)
    # THEN they choose, and neither scroll nor call what else these letters are keys of
    values = filling.state.values()
    assert (values["kind"], values["place"]) == ("poster", "thesis")
    assert values["days"] in ("paper", "poster")
    assert page.canvas.camera.top == top and not page.panel.isVisible()
