"""In the window, where commands have the same keys: an area's arrows, a form's Ctrl+Z."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import Qt

from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.form import Form
from tests.ui.conftest import Start

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


def test_an_area_and_a_form_have_their_keys_before_the_commands(
    start: Start, library: Path, form: Path
) -> None:
    win = start(library, files=[form])
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: page.pdf is not None)
    win.focus(page.canvas)
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
