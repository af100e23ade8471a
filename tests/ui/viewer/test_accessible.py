"""Assistive tools are told the name of every control of the viewer, in every pane."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.services.texts import Texts
from reader.ui.viewer import printing
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.jump.portal import Portal
from reader.ui.viewer.printing.dialog import PrintDialog
from reader.ui.viewer.printing.job import PrintJob
from reader.ui.viewer.reflow.feature import Reflow
from tests.ui.viewer.fakes import Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Role = QAccessible.Role
_CONTROLS = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox, Role.List,
    Role.Tree, Role.Table, Role.Slider, Role.SpinBox, Role.ButtonMenu, Role.ButtonDropDown,
}  # fmt: skip
_MOST = 40  # children of one: rows of a list are alike


def controls(of: QAccessibleInterface, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(name, what it is) of all that can be used and is seen."""
    widget = of.object()
    if depth and of.state().invisible:
        return
    focusable = isinstance(widget, QWidget) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    if of.role() in _CONTROLS or focusable:
        yield of.text(QAccessible.Text.Name), f"{type(widget).__name__} {of.role()}"
    for number in range(min(of.childCount(), _MOST)):
        child = of.child(number)
        if depth < 20 and child:
            yield from controls(child, depth + 1)


def nameless(page: QWidget) -> list[str]:
    of = QAccessible.queryAccessibleInterface(page)
    found = list(controls(of))
    assert len(found) > 10
    return [what for name, what in found if not name.strip()]


def test_every_control_of_the_viewer_has_a_name(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, qtbot: QtBot
) -> None:
    page = viewer(engine, paper, size=(1200, 800))
    page.use_texts(texts)
    page.live_in(home(FakeDesk()))
    settle(qtbot, page)
    # THEN they have in each pane beside the pages
    for pane in list(page.panel._panes):
        page.show_pane(pane)
        settle(qtbot, page)
        assert nameless(page) == [], pane
    # AND with the find bar, the tools for annotating, and what is pinned
    page.open_find()
    page.feature(Annotate).show_tools()
    page.feature(Portal).show(on=True)
    settle(qtbot, page)
    assert nameless(page) == []


def test_the_words_of_the_page_are_told(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    qtbot.waitUntil(lambda: page.canvas.content.text(0) is not None)
    of = QAccessible.queryAccessibleInterface(page.canvas)
    text = page.canvas.content.text(0)
    assert text is not None
    qtbot.waitUntil(lambda: text.chars[:20].split()[0] in of.text(QAccessible.Text.Description))


def test_what_comes_for_a_while_has_names_too(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper, size=(1200, 800))
    page.live_in(home(FakeDesk()))
    settle(qtbot, page)
    # WHEN an area is chosen
    area = page.feature(AreaTool)
    area.start()
    area.bar.show()
    assert nameless(page) == []
    area.end()
    # AND the text is read in one column
    page.feature(Reflow).toggle(on=True)
    qtbot.waitUntil(lambda: page.feature(Reflow).on)
    assert nameless(page) == []
    page.feature(Reflow).toggle(on=False)
    # AND something is printed
    printing.load(PrintDialog, PrintJob)
    dialog = page.feature(printing.Printing).ask()
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert nameless(dialog) == []
    dialog.close()


def test_the_cross_in_a_field_has_a_name(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper, size=(1200, 800))
    page.show_outline(on=True)
    qtbot.waitUntil(page.panel.isVisible)
    fields = [one for one in page.panel.findChildren(QLineEdit) if one.isVisible()]
    assert fields
    for field in fields:
        field.setText("words")
        crosses = [one for one in field.findChildren(QToolButton) if one.isVisible()]
        assert crosses and all(one.accessibleName() for one in crosses)
