"""Comments, tags and links typed beside an annotation: saved by themselves, never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.errors import LibraryError
from reader.domain.marking import Annotation, Kind
from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfFailure
from reader.services import annotating, editing
from reader.services.lanes import to_the_end
from reader.ui.viewer.annotate import writing
from reader.ui.viewer.annotate.comment_card import tags_in
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.words import Words
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate import at_home, select
from tests.ui.viewer.test_annotate_picking import click, put

pytestmark = pytest.mark.shared
Key = Qt.Key


@pytest.fixture
def page(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> ViewerPage:
    made = viewer(fake)
    made.live_in(shelf.home)
    return made


def comment_on(page: ViewerPage) -> tuple[Words, str]:
    """Open the comment of a new note."""
    uid = put(page, Kind.NOTE, (400, 300, 420, 320))
    click(page, 410, 310)
    QTest.keyClick(page.canvas, Key.Key_C)
    words = page.feature(Annotate).words
    assert words.card.isVisible()
    return words, uid


def test_a_comment_saves_itself_while_one_types_and_is_one_step(
    page: ViewerPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SAVE_AFTER", 20)
    words, _ = comment_on(page)
    QTest.keyClicks(words.card.edit, "Is this ")
    qtbot.waitUntil(lambda: shelf.all[0].comment == "Is this ")
    QTest.keyClicks(words.card.edit, "**true**?")
    qtbot.waitUntil(lambda: shelf.all[0].comment == "Is this **true**?")
    words.close()
    assert shelf.undo() == "Write comment"
    assert shelf.all[0].comment == ""
    shelf.redo()
    assert shelf.all[0].comment == "Is this **true**?"


def test_what_was_typed_after_leaving_is_a_step_of_its_own(page: ViewerPage, shelf: Shelf) -> None:
    words, uid = comment_on(page)
    QTest.keyClicks(words.card.edit, "one")
    words.close()
    words.open(uid)
    QTest.keyClicks(words.card.edit, " two")  # goes on where it ended
    words.close()
    assert shelf.all[0].comment == "one two"
    shelf.undo()
    assert shelf.all[0].comment == "one"


@pytest.mark.parametrize("end", ["close", "rest", "leave", "refuse", "elsewhere"])
def test_nothing_typed_is_lost(page: ViewerPage, shelf: Shelf, end: str) -> None:
    words, _ = comment_on(page)
    QTest.keyClicks(words.card.edit, "kept")
    words.card.tags.setText("one, two")
    ways: dict[str, Callable[[], Any]] = {
        "close": page.close_document,
        "rest": page.feature(Annotate).rest,
        "leave": lambda: page.show_instead(pdf_of(page).doc),
        "refuse": lambda: page._refuse(PdfFailure("The engine crashed.")),
        "elsewhere": lambda: click(page, 300, 600),
    }
    ways[end]()
    assert shelf.all[0].comment == "kept"
    assert shelf.all[0].tags == ("one", "two")


def test_a_free_text_being_typed_is_kept_when_the_tab_closes(
    page: ViewerPage, shelf: Shelf
) -> None:
    QTest.keyClick(page.canvas, Key.Key_E)
    click(page, 100, 300)
    box = page.feature(Annotate).words.box
    assert box is not None
    QTest.keyClicks(box, "kept")
    page.close_document()
    assert [one.comment for one in shelf.all] == ["kept"]


def test_what_the_disk_refuses_stays_and_is_tried_again(
    page: ViewerPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "RETRY_AFTER", 20)
    words, _ = comment_on(page)

    def refuse(*_: object) -> None:
        raise LibraryError("The disk is full; nothing was changed.")

    with monkeypatch.context() as patch:
        patch.setattr(annotating, "change", refuse)
        QTest.keyClicks(words.card.edit, "kept")
        words.flush()
        assert words.card.edit.toPlainText() == "kept"
        assert shelf.desk.notices.all[0][0] == "error"
    qtbot.waitUntil(lambda: shelf.all[0].comment == "kept")


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.TEXT])
def test_what_the_disk_refused_is_tried_again_when_the_reader_has_gone_on(
    kind: Kind, page: ViewerPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "RETRY_AFTER", 20)
    words = page.feature(Annotate).words

    def refuse(*_: object) -> None:
        raise LibraryError("The disk is full; nothing was changed.")

    # GIVEN words that the disk does not take, of a note or of a text on the page that is new
    if kind is Kind.NOTE:
        comment_on(page)
    else:
        QTest.keyClick(page.canvas, Key.Key_E)
        click(page, 100, 300)
    edit = words.card.edit if words.box is None else words.box
    with monkeypatch.context() as patch:
        patch.setattr(annotating, "change" if kind is Kind.NOTE else "add", refuse)
        QTest.keyClicks(edit, "kept")
        # WHEN the reader turns elsewhere
        words.close()
        assert shelf.desk.notices.all[-1][0] == "error"
        # THEN the program knows that it owes them, and still shows what it would write
        assert shelf.desk.owing
        assert [one.comment for one in shelf.all if one.comment] == []
    # AND they are written as soon as there is room
    qtbot.waitUntil(lambda: [one.comment for one in shelf.all] == ["kept"])
    assert not shelf.desk.owing


def test_what_is_typed_is_handed_over_when_the_program_ends(page: ViewerPage, shelf: Shelf) -> None:
    words, _ = comment_on(page)
    QTest.keyClicks(words.card.edit, "kept")
    shelf.desk.ending.emit()
    assert [one.comment for one in shelf.all] == ["kept"]


def test_the_card_shows_what_undo_brings_back(page: ViewerPage, shelf: Shelf) -> None:
    words, uid = comment_on(page)
    QTest.keyClicks(words.card.edit, "one")
    words.flush()
    shelf.undo()
    assert words.card.edit.toPlainText() == ""
    assert words.uid == uid
    shelf.undo()  # the annotation itself
    assert not words.card.isVisible()


def test_tags_are_completed_by_those_of_the_library(page: ViewerPage, shelf: Shelf) -> None:
    shelf.desk.changed.emit(
        to_the_end(editing.change_tags(shelf.writer, [shelf.paper], ["Compression"], []))
    )
    words, _ = comment_on(page)
    field = words.card.tags
    field.setText("data, com")
    completer = field.completer()
    completer.setCompletionPrefix(field.text())
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "data, Compression"
    field.setText("data, Compression, data,")
    QTest.keyClick(field, Key.Key_Return)
    assert shelf.all[0].tags == ("Compression", "data")
    assert shelf.undo() == "Tag annotation"
    assert shelf.all[0].tags == ()
    assert tags_in(" a , b,, a,") == ("a", "b")


def test_it_is_linked_to_the_note_of_the_paper(page: ViewerPage, shelf: Shelf) -> None:
    words, uid = comment_on(page)
    assert not words.card.link.isEnabled()
    note, _ = editing.save_note(shelf.writer, shelf.paper, "", "A note", "")
    words.close()
    words.open(uid)
    words.card.link.click()
    assert shelf.all[0].note == note
    words.card.link.click()
    assert shelf.all[0].note == ""


def test_a_key_marks_the_selection_and_opens_its_comment(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    words = page.feature(Annotate).words
    told: list[str] = []
    page.statusChanged.connect(told.append)
    QTest.keyClick(page.canvas, Key.Key_C)
    assert told == ["Select text, or choose an annotation, first"]
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_C)
    QTest.keyClicks(words.card.edit, "8 h of it: U")  # letters, not commands
    QTest.keyClick(words.card.edit, Key.Key_Escape)
    [made] = shelf.all
    assert (made.quote, made.comment) == ("quick brown fox", "8 h of it: U")
    QTest.keyClick(page.canvas, Key.Key_C)  # again: the last one
    assert words.uid == made.uid


def test_the_card_stands_beside_what_it_is_about(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    words = page.feature(Annotate).words
    for top in (60.0, 380.0):
        uid = put(page, Kind.NOTE, (300, top, 320, top + 20))
        words.open(uid)
        one: Annotation = page.feature(Annotate).store.all[uid]
        shape = page.feature(Annotate).picked.shape(one, 0)
        assert shape is not None
        at = page.canvas.camera.view_point
        from_top = at(Spot(0, 310, top + 10))
        assert not words.card.geometry().contains(round(from_top[0]), round(from_top[1]))
        assert page.canvas.viewport().rect().contains(words.card.geometry())
