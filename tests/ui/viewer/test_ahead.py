"""A page made before its document, and what is asked first once there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import PdfEncrypted
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.thumbnails import Thumbnails
from reader.ui.viewer.tiles import thumb_scale
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle


def test_without_a_document_nothing_is_asked_of_the_engine(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # WHEN time goes by, and it is asked where the reader is and what can be done
    qtbot.wait(300)
    assert ahead.position() is None and not ahead.conditions()["document"] and not ahead.status()
    # THEN its features do not work yet, and nobody asked the engine for anything
    assert fake.asks == [] and ahead.features == []


def test_the_picture_is_asked_for_before_all_else(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    told: list[str] = []
    ahead.titleChanged.connect(told.append)
    ahead.show()
    # WHEN it gets a document to be read at its fifth page
    ahead.read(Path("paper.pdf"), "A paper", ReadingPosition(page=4, zoom="width"))
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    settle(qtbot, ahead)
    # THEN it is there, at the place
    assert ahead.canvas.position().page == 4 and told == ["A paper"]
    # THEN the first things asked were the file and the picture of the page
    assert [(ask.kind, ask.page) for ask in fake.asks[:2]] == [("open", 0), ("render", 4)]
    # THEN all features come to work
    qtbot.waitUntil(lambda: ahead.lacking is None)
    assert len(ahead.features) == len(FEATURES)


def test_a_feature_that_is_asked_for_at_once_comes_at_once(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    fake.held.add("open")
    ahead.read(Path("paper.pdf"), "A paper", None)
    # WHEN a command names a feature while the file is still being opened
    assert ahead.feature(Thumbnails) in ahead.features
    fake.give()
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    # THEN all are there once
    assert len(ahead.features) == len(FEATURES)


def test_a_locked_document_asks_for_its_password(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    fake.opening, fake.password = PdfEncrypted("Locked."), "sesame"
    ahead.show()
    ahead.read(Path("paper.pdf"), "A paper", None)
    qtbot.waitUntil(lambda: ahead.stack.currentWidget() is ahead.password)
    ahead.password.entered.emit("sesame")
    qtbot.waitUntil(lambda: ahead.pdf is not None)


def test_a_page_that_is_there_as_soon_is_not_shown_small_first(
    viewer: Viewer, fake: FakeEngine
) -> None:
    # GIVEN pages of words, whose small pictures are there no sooner
    fake.plain = True
    # WHEN one is shown
    page = viewer(fake)
    # THEN its full picture is there, and the engine was asked once whether a small one helps
    assert page.canvas.pictures.has_any(0)
    assert fake.asked("glance").count(0) == 1


@pytest.mark.parametrize("width, first", [(300, False), (460, True)])
def test_a_page_in_a_narrow_room_has_a_first_picture_where_that_is_the_smaller_one(
    viewer: Viewer, fake: FakeEngine, width: int, first: bool
) -> None:
    fake.plain = True
    page = viewer(fake, size=(width, 700))
    shown, small = page.canvas.camera.page_size(0), page.canvas.camera.layout.size(0)
    scale = thumb_scale(*small)
    assert (shown[0] * shown[1] > small[0] * scale * small[1] * scale) is first
    assert (0 in fake.asked("glance")) is first


def test_the_first_lines_of_a_page_are_not_kept_for_the_whole_of_it(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a page of which the first lines are shown, while the whole of it is drawn
    fake.partial = True
    page = viewer(fake)
    pdf = page.pdf
    assert pdf is not None
    fake.held.add("render")
    pdf.loader.recolor(None)
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(0))
    # WHEN it is asked anew what is wanted, and all of that comes
    pdf.loader.plan()
    fake.held.clear()
    fake.give()
    # THEN a small picture of all its lines takes the place of the first ones
    qtbot.waitUntil(lambda: page.canvas.pictures.has_thumb(0))
    thumb = page.canvas.pictures.thumb(0)
    assert thumb is not None and thumb.image.width() > 1


def test_a_page_is_painted_whatever_holds_back_the_room_it_stands_in(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a room that is not painted yet, as one that was split just now
    room = QWidget()
    qtbot.addWidget(room)
    QVBoxLayout(room).addWidget(ahead)
    room.resize(900, 700)
    room.show()
    room.setUpdatesEnabled(False)
    # WHEN the first picture comes before it is, and it stays so for longer than the page waits
    ahead.read(Path("paper.pdf"), "A paper", None)
    qtbot.waitUntil(lambda: ahead.pdf is not None)
    settle(qtbot, ahead)
    qtbot.wait(100)
    # THEN all of the page is painted with it
    room.setUpdatesEnabled(True)
    parts = (ahead, ahead.bar, ahead.panel, ahead.canvas.viewport())
    qtbot.waitUntil(lambda: all(part.updatesEnabled() for part in parts))
    ahead.setParent(None)  # the room goes first
