"""A card's Undo is for the step it speaks of: the next change takes the offer away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.notices import Notices


def test_an_offer_goes_with_the_next_change(qtbot: QtBot) -> None:
    # GIVEN a card that offers Undo and one that only tells
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    notices = Notices(host)
    notices.set_host(host)
    notices.info("moved to the trash", ("Undo", lambda: None))
    notices.info("something else")
    # WHEN the next change is written
    notices.withdraw_offers()
    # THEN only the offer is gone
    qtbot.waitUntil(lambda: [card.text for card in notices.cards()] == ["something else"])
