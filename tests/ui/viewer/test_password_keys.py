"""A password asked for in the window: Tab comes to it, and the pages have the keys after it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt

from reader.ui.viewer.featured_page import combination
from reader.ui.viewer.features import viewer_rows
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready, shown

pytestmark = pytest.mark.shared


def asked(win: Driven) -> bool:
    page = shown(win)
    return page.stack.currentWidget() is page.password and page.password.field.hasFocus()


def locked_out(start: Start, library: Path, locked: Path) -> Driven:
    """A window that asks for a file's password."""
    win = start(library, files=[locked])
    win.until(lambda: win.app.tabs.current() is not None and asked(win))
    return win


def enter(win: Driven, password: str) -> None:
    win.type(password)
    win.key(Qt.Key.Key_Return)


def test_keys_are_the_fields_while_passwords_are_tried_and_then_the_pages(
    start: Start, library: Path, locked: Path
) -> None:
    win = locked_out(start, library, locked)
    page = shown(win)
    # WHEN a password is tried, with the key or with the button THEN the field keeps the keys
    enter(win, "wrong")
    assert page.password.field.hasFocus() and page.password.field.text() == ""
    win.until(page.password.wrong.isVisible)
    assert page.password.field.hasFocus()
    win.type("wrong")
    win.key(Qt.Key.Key_Tab)
    win.key(Qt.Key.Key_Space)
    assert page.password.field.hasFocus() and page.password.field.text() == ""
    win.until(page.password.wrong.isVisible)
    # AND with the right one the pages have them
    enter(win, "okapi")
    win.until(lambda: is_ready(page))
    win.until(page.canvas.hasFocus)


def test_tab_comes_to_a_password_asked_for_in_place_of_pages_that_were_shown(
    start: Start, library: Path, pdf: Path, locked: Path
) -> None:
    # GIVEN a file that is read, and another one in its place that is locked
    win = start(library, files=[pdf])
    win.until(lambda: is_ready(win.app.tabs.current()))
    shutil.copyfile(locked, pdf)
    win.window.commands.action("viewer.retry").trigger()
    win.until(lambda: asked(win))
    # WHEN Tab is pressed in the search THEN it comes to the password
    win.focus(win.search)
    win.key(Qt.Key.Key_Tab)
    assert shown(win).password.field.hasFocus()
    # AND to the pages once they are there
    enter(win, "okapi")
    win.until(lambda: is_ready(shown(win)))
    win.focus(win.search)
    win.key(Qt.Key.Key_Tab)
    assert shown(win).canvas.hasFocus()


def test_keys_of_what_needs_a_document_do_nothing_without_one(
    start: Start, library: Path, locked: Path
) -> None:
    win = locked_out(start, library, locked)
    page = shown(win)
    win.key(Qt.Key.Key_Tab)
    button = win.focused()
    missing = {name for name, holds in page.conditions().items() if not holds}
    wanted = [row for row in viewer_rows() if row.enabled in missing]
    assert len(wanted) > 60
    # WHEN each of their keys is pressed on the button beside the field
    for key in sorted({key for row in wanted for key in row.keys} - {"Space"}):
        win.focus(button)
        pressed = QKeyCombination.fromCombined(combination(key))
        win.key(pressed.key(), pressed.keyboardModifiers())
        # THEN nothing is done that needs a document
        assert page.password.isVisible() and not page.finding, key
