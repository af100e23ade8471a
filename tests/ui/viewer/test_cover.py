"""What is seen of a document while it is being opened and drawn: its words, until there is a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import PdfRefused
from reader.ui.tabs.tab import Half
from reader.ui.viewer.cover import Sheet
from reader.ui.viewer.page import ViewerPage
from tests.pdf import hostile
from tests.ui.driving import Driven
from tests.ui.viewer.fakes import FakeEngine

WORDS = ("A paper with a title", "Ann Author, Bo Writer", "What it is about. " * 20)


def ink(widget: QWidget, area: QRect | None = None) -> int:
    """How many pixels are as dark as words."""
    image = widget.grab(area or widget.rect()).toImage()
    spots = ((x, y) for y in range(image.height()) for x in range(image.width()))
    return sum(image.pixelColor(x, y).lightness() < 90 for x, y in spots)


def begin(page: ViewerPage, fake: FakeEngine, qtbot: QtBot, zoom: str = "width") -> None:
    """Have a page read a document that is not open yet, and wait no longer for a picture."""
    fake.held |= {"open", "glance", "render"}
    page.show()
    page.read(Path("paper.pdf"), WORDS[0], ReadingPosition(zoom=zoom))
    page.cover.say(*WORDS)
    qtbot.waitUntil(page.updatesEnabled)


def test_its_words_are_seen_until_there_is_a_picture(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    view = ahead.canvas.viewport()
    # GIVEN a document that takes long to open THEN its words are there
    begin(ahead, fake, qtbot)
    whole = ink(view)
    # AND more of them the more is known
    ahead.cover.say(WORDS[0])
    assert 0 < ink(view) < whole / 2
    ahead.cover.say(*WORDS)
    # WHEN it is open, and its page takes long THEN they stand on it
    fake.give("open")
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    assert ink(view) == whole
    # WHEN the picture is there THEN they are gone
    fake.held.clear()
    fake.give()
    qtbot.waitUntil(lambda: ahead.canvas.pictures.has_any(0))
    assert ink(view) == 0
    # AND do not come back on a page that is still to be drawn
    fake.held |= {"glance", "render"}
    ahead.canvas.go_to(ReadingPosition(page=20, zoom="width"))
    assert not ahead.canvas.pictures.has_any(20) and ink(view) == 0


def test_they_do_not_wait_where_the_picture_has_to(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a window that is busy with another document
    fake.held |= {"open", "glance", "render"}
    ahead.show()
    qtbot.waitExposed(ahead)
    # WHEN a document is opened THEN its words are there in the next turn
    ahead.read(Path("paper.pdf"), WORDS[0], None, soon=False)
    assert not ahead.updatesEnabled()
    QCoreApplication.processEvents()
    assert ahead.updatesEnabled() and ink(ahead.canvas.viewport()) > 0


def test_they_stand_on_the_first_page_in_view_alone(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN pages so small that several are in view
    begin(ahead, fake, qtbot, "0.3")
    fake.give("open")
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    camera, view = ahead.canvas.camera, ahead.canvas.viewport()
    first, second = (QRect(*camera.shown_rect(page)) for page in (0, 1))
    assert len(camera.visible()) > 1
    up = -camera.top
    assert ink(view, first.translated(0, up)) > 0 == ink(view, second.translated(0, up))


def test_they_are_alone_on_the_sheet_for_as_long_as_it_takes(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a page that is still to be drawn
    begin(ahead, fake, qtbot)
    fake.give("open")
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    assert ahead.pdf is not None
    view, before = ahead.canvas.viewport(), ahead.canvas.viewport().grab().toImage()
    # WHEN that takes so long that a page without words would say it is being made
    with qtbot.waitSignal(ahead.pdf.loader.arrived):
        pass
    assert ahead.pdf.loader.waited(0)
    # THEN nothing has changed
    assert view.grab().toImage() == before and ink(view) > 0


def test_words_begin_on_their_side(ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot) -> None:
    begin(ahead, fake, qtbot)
    view = ahead.canvas.viewport()
    left, right = QRect(view.rect()), QRect(view.rect())
    left.setRight(view.width() // 2 - 1)
    right.setLeft(view.width() // 2)
    # GIVEN short titles, of which the second has a foreign word and is written to the left
    for title, begins, ends in (("Two words", left, right), ("שתי מילים ABC", right, left)):
        ahead.cover.say(title)
        assert ink(view, begins) > ink(view, ends) == 0


def test_lines_are_no_longer_than_one_can_read(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a sheet twice as wide as that
    ahead.resize(1800, 400)
    begin(ahead, fake, qtbot)
    view = ahead.canvas.viewport()
    assert view.width() > 1500
    # THEN the words stand in its middle
    sides = [QRect(view.rect()), QRect(view.rect())]
    sides[0].setRight(view.width() // 2 - 400)
    sides[1].setLeft(view.width() // 2 + 400)
    assert ink(view) > 0 == sum(ink(view, side) for side in sides)


def test_a_sheet_that_is_seen_whole_has_a_lower_edge(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN more words than there is room for on a page that is in view as a whole
    begin(ahead, fake, qtbot, "page")
    ahead.cover.say("A title", "", "text " * 2_000)
    fake.give("open")
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    camera, view = ahead.canvas.camera, ahead.canvas.viewport()
    sheet = QRect(*camera.shown_rect(0)).translated(-camera.left, -camera.top)
    margin = sheet.width() // 10
    assert view.rect().contains(sheet)
    # THEN these end above its edge as far as they begin beside it
    edge = QRect(sheet)
    edge.setTop(sheet.bottom() - margin)
    assert ink(view, edge) == 0 < ink(view, edge.translated(0, -2 * margin))


def test_a_document_that_cannot_be_opened_says_so_in_their_place(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    view = ahead.canvas.viewport()
    fake.opening = PdfRefused("It is damaged.")
    begin(ahead, fake, qtbot)
    whole = ink(view)
    fake.give("open")
    qtbot.waitUntil(lambda: ahead.error is not None)
    assert ahead.stack.currentWidget() is ahead.fault
    # WHEN it can be, at the second try THEN the same words are seen before its picture
    fake.opening = None
    fake.held.remove("open")
    ahead.retry()
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    assert ahead.stack.currentWidget() is ahead.canvas and ink(view) == whole > 0
    fake.held.clear()
    fake.give()
    qtbot.waitUntil(lambda: ahead.canvas.pictures.has_any(0))
    assert ink(view) == 0


def test_no_words_are_too_many_or_too_few_for_any_room(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    begin(ahead, fake, qtbot)
    long = ("word " * 300, "name, " * 300, "text " * 5_000)
    for words in (long, ("", "", ""), ("x" * 3_000, "", "")):
        for size in ((900, 700), (230, 160), (1600, 1000)):
            ahead.resize(*size)
            ahead.cover.say(*words)
            assert ink(ahead.canvas.viewport()) < size[0] * size[1] / 4


def test_the_words_of_a_paper_come_from_the_library(driven: Driven) -> None:
    # GIVEN a paper of the library that was opened from its list
    half, paper = driven.app.tabs.read_last, driven.paper()
    # THEN its tab knows what to show of it
    assert half is not None and half.paper == paper.uid
    assert half.title == " ".join(paper.title.split()) and half.abstract == paper.abstract != ""
    assert half.people == ", ".join(author.name for author in paper.authors)
    # AND so does the same document beside it
    assert half.twin().words == half.words == (half.title, half.people, half.abstract)
    # AND one without a title is known by its file's name
    assert Half("", Path("some/paper.pdf")).words == ("paper", "", "")


def test_the_words_are_there_before_the_page_is_made(win: Driven, tmp_path: Path) -> None:
    # GIVEN two documents, and no page that was made ahead for the second
    files = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for file in files:
        file.write_bytes(hostile.sound())
    win.until(lambda: win.app.tabs.splits.spare.ready)
    win.app.tabs.open_file(files[0])
    assert win.window.stack.findChildren(Sheet) == []
    # WHEN it is opened THEN its name is on the screen, over all that was there
    win.app.tabs.open_file(files[1])
    (sheet,) = win.window.stack.findChildren(Sheet)
    assert sheet.isVisible() and sheet.geometry() == win.window.stack.rect() and ink(sheet) > 0
    # AND goes when the page is there
    win.until(lambda: win.window.stack.findChildren(Sheet) == [])
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: page.canvas.pictures.has_any(0))
