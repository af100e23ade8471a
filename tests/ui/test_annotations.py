"""Annotations in the program: undone from the viewer, kept over a restart, of files not in the library."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.domain.marking import Annotation
from reader.library.reading import Reader
from reader.services import annotating
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.selection import Caret, Selection
from reader.ui.viewer.tiles import tiles_in_view
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven

Key = Qt.Key


def opened(win: Driven) -> ViewerPage:
    """The guide in a tab."""
    guide = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(guide)
    win.app.library.open_pdf()
    return shown(win)


def shown(win: Driven) -> ViewerPage:
    """The page in front, with all that belongs to it."""
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert isinstance(page, ViewerPage)
    win.until(lambda: page.pdf is not None and page.canvas.content.text(0) is not None)
    page.complete()
    win.focus(page.canvas)
    return page


def mark(win: Driven, page: ViewerPage, key: Key) -> None:
    """Mark the first ten letters of the document."""
    start, behind = Caret(0, 0), Caret(0, 10)
    page.choose_text(Selection(start, start, behind, behind))
    win.key(key)


def stored(folder: Path, attachment: str) -> tuple[Annotation, ...]:
    reader = Reader(folder)
    try:
        return reader.annotations(attachment)
    finally:
        reader.close()


def sharp(page: ViewerPage) -> bool:
    camera, pictures = page.canvas.camera, page.canvas.pictures
    return all(
        pictures.has_tile(number, camera.scale, tile)
        for number in camera.visible()
        for tile in tiles_in_view(camera, number)
    )


def attachment_of(page: ViewerPage) -> str:
    assert page.home is not None
    return page.home.attachment


def test_a_mark_is_undone_with_the_focus_in_the_viewer(win: Driven, library: Path) -> None:
    page = opened(win)
    mark(win, page, Key.Key_3)
    win.until(lambda: len(stored(library, attachment_of(page))) == 1)
    win.settled()
    win.control(Key.Key_Z)
    win.until(lambda: not stored(library, attachment_of(page)))
    win.until(lambda: not page.feature(Annotate).store.all)
    win.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    win.until(lambda: len(page.feature(Annotate).store.all) == 1)


def test_it_is_painted_after_a_restart_and_a_comment_in_the_making_is_kept(
    start: Start, library: Path
) -> None:
    win = start(library)
    win.until(lambda: win.pane.paper is not None)
    page = opened(win)
    mark(win, page, Key.Key_4)
    win.key(Key.Key_C)
    card = page.feature(Annotate).words.card
    win.until(card.isVisible)
    win.focus(card.edit)
    win.type("the last words")
    attachment = attachment_of(page)
    # WHEN the window is closed while one types
    assert win.window.close()
    end(win)
    # THEN all of it is there again
    [one] = stored(library, attachment)
    assert (one.color, one.comment) == ("blue", "the last words")
    again = start(library)
    page = shown(again)
    again.until(lambda: page.feature(Annotate).store.all == {one.uid: one})


def test_a_file_that_is_not_in_the_library_comes_there_with_its_first_mark(
    win: Driven, library: Path, pdf: Path
) -> None:
    win.app.tabs.open_file(pdf)
    page = shown(win)
    assert attachment_of(page) == ""
    page.canvas.set_zoom("1.5")
    zoom = page.canvas.zoom
    mark(win, page, Key.Key_1)
    win.until(lambda: attachment_of(page) != "")
    win.until(lambda: len(stored(library, attachment_of(page))) == 1)
    assert win.app.tabs.current() is page
    assert page.canvas.zoom == zoom
    assert any("being added" in text for text in win.notices())


def test_nothing_on_the_screen_changes_when_its_file_is_in_the_library(
    win: Driven, library: Path, pdf: Path
) -> None:
    # GIVEN a file that is not in the library, and words in it that are selected after the first mark
    win.app.tabs.open_file(pdf)
    page = shown(win)
    document, canvas = page.pdf, page.canvas
    mark(win, page, Key.Key_1)
    behind = Caret(0, 11), Caret(0, 20)
    page.choose_text(Selection(behind[0], behind[0], behind[1], behind[1]))
    # WHEN the file has come into the library
    win.until(lambda: attachment_of(page) != "")
    win.until(lambda: page.path != pdf)
    win.settled()
    # THEN the page shows what it showed, with what was selected, and reads in the library's copy
    assert page.pdf is document and canvas.selection is not None
    assert page.path.is_relative_to(library)
    front = win.app.tabs.front()
    assert front is not None and front.path == page.path
    win.focus(canvas)
    win.key(Key.Key_2)
    win.until(lambda: len(stored(library, attachment_of(page))) == 2)
    # THEN the file it came from is not needed any more, also by an engine that begins anew
    pdf.unlink()
    pid = win.app.engine.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    canvas.set_zoom("2")
    win.until(lambda: page.pdf is document and sharp(page))
    assert page.error is None and not page.canvas.content.faults


def test_marks_of_a_closed_tab_follow_their_file_into_the_library(
    win: Driven, library: Path, pdf: Path
) -> None:
    win.app.tabs.open_file(pdf)
    page = shown(win)
    mark(win, page, Key.Key_1)
    # WHEN the tab is closed before the file is in the library
    assert attachment_of(page) == ""
    win.control(Key.Key_W)
    # THEN the mark is there all the same
    reader = Reader(library)
    try:
        sha = page.feature(Annotate).store.waiting[0].sha256
        win.until(lambda: reader.attachment_with(sha) is not None)
        found = reader.attachment_with(sha)
        assert found is not None
        win.until(lambda: len(reader.annotations(found[1])) == 1)
    finally:
        reader.close()


def test_the_window_waits_for_the_file_that_marks_were_made_in(
    win: Driven, library: Path, pdf: Path
) -> None:
    # GIVEN a mark in a file that is on its way into the library
    win.app.tabs.open_file(pdf)
    page = shown(win)
    mark(win, page, Key.Key_1)
    [one] = page.feature(Annotate).store.waiting
    # WHEN the window is closed
    assert win.window.close()
    end(win)
    # THEN the file is in the library, and the mark on it
    reader = Reader(library)
    try:
        found = reader.attachment_with(one.sha256)
        assert found is not None
        assert [it.uid for it in reader.annotations(found[1])] == [one.uid]
    finally:
        reader.close()


def test_what_is_typed_is_on_the_disk_once_the_desk_has_settled(win: Driven, library: Path) -> None:
    page = opened(win)
    mark(win, page, Key.Key_4)
    win.until(lambda: len(stored(library, attachment_of(page))) == 1)
    win.key(Key.Key_C)
    win.focus(page.feature(Annotate).words.card.edit)
    win.type("typed a moment ago")
    # WHEN the program is ended by another hand
    assert win.app.desk.settle()
    # THEN it is there at once
    assert [one.comment for one in stored(library, attachment_of(page))] == ["typed a moment ago"]


def test_another_tab_s_page_shows_what_is_changed_elsewhere(win: Driven, library: Path) -> None:
    page = opened(win)
    mark(win, page, Key.Key_2)
    win.until(lambda: len(stored(library, attachment_of(page))) == 1)
    [one] = stored(library, attachment_of(page))
    win.app.desk.write(annotating.remove, [one.uid])
    win.until(lambda: not page.feature(Annotate).store.all)
    QTest.keyClick(page.canvas, Key.Key_Escape)
