"""In a small window the page keeps the larger share, and the note beside it can be drawn shut."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest

from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.parts import EditorParts
from reader.ui.viewer.page import ViewerPage
from tests.ui.conftest import Start
from tests.ui.driving import Driven


def read(win: Driven) -> ViewerPage:
    """Open the paper that has a PDF, with its note beside it."""
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    win.app.open_paper(win.paper())
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: page.pdf is not None and page.side is not None and page.side.isVisible())
    win.settled()
    return page


def test_the_page_has_the_larger_share_and_the_note_its_width_again(
    start: Start, library: Path
) -> None:
    win = start(library, size=(1280, 800))
    page = read(win)
    _, _, wide = page.splitter.sizes()
    assert wide > 400
    # WHEN the window becomes small
    win.window.resize(760, 480)
    win.until(lambda: page.splitter.width() <= 760)
    _, pages, note = page.splitter.sizes()
    assert pages > note >= 180
    # THEN the head of the note shows its name, and nothing is written over another
    editor = page.side
    assert isinstance(editor, NoteEditor) and isinstance(editor.parts, EditorParts)
    editor.edit.setFocus()
    QTest.keyClicks(editor.edit, "Some words")
    win.until(lambda: editor.state.text() == "saved")
    assert editor.parts.notes.button.text().startswith("Note")
    # AND in the large window it is as it was
    win.window.resize(1280, 800)
    win.until(lambda: page.splitter.sizes()[2] == wide)


def test_a_note_shown_in_a_window_that_became_small_leaves_room_for_the_page(
    start: Start, library: Path
) -> None:
    # GIVEN a wide note that is hidden before the window becomes small
    win = start(library, size=(1280, 800))
    page = read(win)
    wide = page.splitter.sizes()[2]
    page.bar.notes.click()
    win.until(lambda: page.side is not None and page.side.isHidden())
    win.window.resize(760, 480)
    win.until(lambda: page.splitter.width() <= 760)
    # WHEN it is shown THEN the page keeps the larger share
    page.bar.notes.click()
    win.until(lambda: page.splitter.sizes()[1] > page.splitter.sizes()[2] >= 180)
    # AND in the large window it is as it was
    win.window.resize(1280, 800)
    win.until(lambda: page.splitter.sizes()[2] == wide)


def test_a_note_drawn_shut_is_hidden_and_comes_back_with_its_share(
    start: Start, library: Path
) -> None:
    win = start(library, size=(760, 480))
    page = read(win)
    side = page.side
    assert side is not None
    page.splitter.moveSplitter(page.splitter.width() - 2, 2)
    win.until(side.isHidden)
    assert not page.bar.notes.isChecked()
    page.bar.notes.click()
    win.until(lambda: page.splitter.sizes()[2] >= 180)
    assert side.isVisible()


def test_abstract_and_note_share_a_narrow_pane(start: Start, library: Path) -> None:
    win = start(library, size=(760, 480))
    win.select(5)
    abstract, note = win.pane._split.sizes()
    assert abs(abstract - note) <= 2
    assert win.pane._title.text().endswith("…")
    assert win.pane._title.toolTip() == win.paper().title


def test_no_number_of_the_bar_is_cut_whatever_its_width(start: Start, library: Path) -> None:
    # GIVEN a page whose label is not its number
    win = start(library, size=(1280, 800))
    page = read(win)
    page.go_to_page(6)
    bar = page.bar
    win.until(lambda: bar.pages.text() == "(7 / 10)")
    for width in range(420, 760, 20):
        # WHEN the bar has a width before it has a document, and then comes to its last page
        bar.set_open(False)
        bar.resize(width, bar.height())
        bar.show_page("5", 7, 10)
        bar.show_page("8", 10, 10)
        row = bar.layout()
        assert row is not None
        row.activate()
        # THEN what is shown of it is shown whole
        assert bar.pages.isHidden() or bar.pages.width() >= bar.pages.sizeHint().width(), width
        assert bar.zoom.isHidden() or bar.zoom.width() >= bar.zoom.sizeHint().width(), width
