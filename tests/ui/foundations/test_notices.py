"""Notices: seen, heard, few at a time, and errors never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.errors import ReaderError
from reader.ui import notices as module
from reader.ui.notices import Notice, Notices
from tests.ui.driving import Driven


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(900, 700)
    QLineEdit(widget).setFocus()  # as in every window, something has the keys
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def notices(host: QWidget) -> Notices:
    made = Notices()
    made.set_host(host)
    return made


class Layouts(QObject):
    """Counts how often a widget is asked to be laid out."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.LayoutRequest
        return False


def press(card: Notice, text: str) -> None:
    next(button for button in card.findChildren(QPushButton) if button.text() == text).click()


def test_an_error_stays_with_hint_and_details_under_a_fold(notices: Notices) -> None:
    notices.error(ReaderError("The note was not saved.", "Make room.", "Errno 28"))
    (card,) = notices.cards()
    assert card._fading is None
    folded = card.findChild(QPlainTextEdit)
    assert isinstance(folded, QPlainTextEdit)
    assert folded.isHidden()
    press(card, "Details")
    assert folded.isVisible()
    press(card, "Copy")
    assert QGuiApplication.clipboard().text() == "The note was not saved.\nErrno 28"


def test_what_nobody_expected_becomes_a_sentence_with_its_stack(notices: Notices) -> None:
    try:
        raise ValueError("odd")
    except ValueError as error:
        notices.error(error)
    (card,) = notices.cards()
    assert "went wrong" in card.text
    folded = card.findChild(QPlainTextEdit)
    assert isinstance(folded, QPlainTextEdit)
    assert "ValueError: odd" in folded.toPlainText()
    assert "test_notices.py" in folded.toPlainText()


def test_what_passes_by_goes_but_not_from_under_the_pointer(
    notices: Notices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FADES_AFTER", 1)
    # GIVEN a pointer moved onto one card, and another that came up under a resting one
    notices.ok("held")
    notices.ok("going")
    held, going = notices.cards()
    monkeypatch.setattr(held, "underMouse", lambda: True)
    monkeypatch.setattr(held, "_pointer", QCursor.pos() + QPoint(5, 5))
    monkeypatch.setattr(going, "underMouse", lambda: True)
    # WHEN the other goes by itself THEN the held one is still there
    qtbot.waitUntil(lambda: [card.text for card in notices.cards()] == ["held"])
    # AND it goes as well once the pointer has left
    monkeypatch.setattr(held, "underMouse", lambda: False)
    qtbot.waitUntil(lambda: notices.cards() == [])


def test_an_action_acts_once_and_takes_the_card_away(notices: Notices) -> None:
    undone: list[bool] = []
    notices.ok("Moved to the trash.", ("Undo", lambda: undone.append(True)))
    press(notices.cards()[0], "Undo")
    assert (undone, notices.cards()) == ([True], [])


def test_three_at_most_are_seen_and_no_error_is_lost(notices: Notices, host: QWidget) -> None:
    # GIVEN something that only passes by, and more errors than fit
    notices.info("passing")
    for number in range(5):
        notices.error(ReaderError(f"error {number}"))
    # THEN the newest three are seen, inside the window and beside each other
    assert [card.text for card in notices.cards()] == [f"error {n}" for n in range(5)]
    seen = [card for card in notices.cards() if card.isVisible()]
    assert [card.text for card in seen] == ["error 2", "error 3", "error 4"]
    assert all(host.rect().contains(card.geometry()) for card in seen)
    assert not seen[0].geometry().intersects(seen[1].geometry())
    # WHEN one is dismissed THEN one that waited is seen
    seen[-1].dismiss()
    assert next(card.text for card in notices.cards() if card.isVisible()) == "error 1"


def test_the_same_thing_is_said_once(notices: Notices) -> None:
    notices.warn("The disk is nearly full.")
    notices.warn("The disk is nearly full.")
    assert len(notices.cards()) == 1


def test_what_is_said_before_there_is_a_window_waits_for_it(host: QWidget) -> None:
    notices = Notices()
    notices.ok("Restored.", ("Undo", lambda: None))
    assert notices.cards() == []
    notices.set_host(host)
    (card,) = notices.cards()
    assert [button.text() for button in card.findChildren(QPushButton)] == ["Undo"]


def test_progress_stays_and_can_be_cancelled(notices: Notices) -> None:
    cancelled: list[bool] = []
    card = notices.progress("Importing", lambda: cancelled.append(True))
    for number in range(4):
        notices.info(f"note {number}")
    card.progress(3, 10, "Importing 3 of 10")
    assert card in notices.cards()
    assert card.text == "Importing 3 of 10"
    press(card, "Cancel")
    assert cancelled == [True]


def test_a_card_is_as_high_as_its_text(notices: Notices) -> None:
    notices.warn("short")
    notices.warn("long " * 60)
    short, long = notices.cards()
    assert short.height() < 60 < long.height()


def test_a_card_that_stands_still_costs_nothing(
    notices: Notices, host: QWidget, qtbot: QtBot
) -> None:
    # GIVEN a card that has found its place
    notices.warn("long " * 60, "and a hint")
    (card,) = notices.cards()
    qtbot.wait(50)
    layouts = Layouts(card)
    # WHEN nothing happens THEN it is not laid out again
    qtbot.wait(50)
    assert layouts.seen == 0
    # WHEN the window changes its size THEN the card goes along
    before = card.pos()
    host.resize(1000, 800)
    qtbot.waitUntil(lambda: card.pos() != before)


def test_a_window_that_goes_first_takes_its_cards_quietly(qtbot: QtBot) -> None:
    notices = Notices()
    window = QWidget()
    notices.set_host(window)
    notices.error(ReaderError("still here"))
    with qtbot.captureExceptions() as raised:
        window.deleteLater()
        qtbot.waitSignal(window.destroyed, timeout=2000).wait()
    assert raised == []


def test_a_card_is_come_to_by_key_and_stays_while_it_has_the_keys(win: Driven) -> None:
    done: list[str] = []
    win.list.setFocus()
    # GIVEN no card THEN the key says so
    win.key(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert win.list.hasFocus()
    # WHEN one that passes by offers something
    win.app.notices.info("It changed.", ("Look again", lambda: done.append("looked")))
    win.key(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    offered = win.focused()
    assert isinstance(offered, QPushButton) and offered.text() == "Look again"
    # THEN it does not go while the keys are there
    (card,) = win.app.notices.cards()
    card._fade_away()
    assert win.app.notices.cards() == [card]
    # AND it is done by key, and the keys are back where they were
    win.key(Qt.Key.Key_Space)
    assert done == ["looked"] and not win.app.notices.cards()
    assert win.list.hasFocus()


def test_escape_takes_the_card_away_that_has_the_keys(win: Driven) -> None:
    win.focus(win.search)
    win.app.notices.error(ReaderError("It failed."))
    win.key(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert not win.search.hasFocus()
    win.key(Qt.Key.Key_Escape)
    assert not win.app.notices.cards() and win.search.hasFocus()
