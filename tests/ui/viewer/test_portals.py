"""Portals: a pane beside the pages holds what is pinned, follows the text, and is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.services.texts import Texts
from reader.settings import WindowState
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.home import Home
from reader.ui.viewer.jump import pinned
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.places import on_view
from reader.ui.viewer.jump.portal import Portal
from reader.ui.viewer.jump.portal_pane import Card, PortalPane
from reader.ui.viewer.jump.view import Sight
from reader.ui.viewer.kept import Kept
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study
from tests.ui.conftest import Start
from tests.ui.driving import is_ready
from tests.ui.viewer.fakes import Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
FILLER = "Words fill the line so that it is a line of running text as papers have it."
BLUE, RED = (0.5, 0.6, 1.0), (1.0, 0.5, 0.4)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six pages: 1 mentions the blue Figure 1, 3 the red Table 1, which stand on 5 and 6."""
    doc = pymupdf.open()
    for number in range(6):
        page = doc.new_page(width=595, height=842)
        page.insert_text((72, 90), f"{number + 1} A Section", fontsize=16, fontname="hebo")
        rows = [FILLER] * 12
        if number == 0:
            rows[1] = "As shown in Fig. 1 it holds, and nothing else is said about it here."
        if number == 2:
            rows[1] = "As listed in Table 1 it holds, and nothing else is said about it here."
        for line, words in enumerate(rows):
            page.insert_text((72, 130 + 16 * line), words, fontsize=11)
    for number, color, caption in (
        (4, BLUE, "Figure 1: A blue box that says nothing."),
        (5, RED, "Table 1: A red box that says nothing."),
    ):
        doc[number].draw_rect(pymupdf.Rect(120, 400, 420, 580), color=(0, 0, 0), fill=color)
        doc[number].insert_text((120, 610), caption, fontsize=10)
        for line in range(6):
            doc[number].insert_text((72, 660 + 16 * line), FILLER, fontsize=11)
    path = tmp_path_factory.mktemp("figures") / "figures.pdf"
    doc.save(path)
    doc.close()
    return path


def studied(page: ViewerPage, qtbot: QtBot) -> Study:
    study = page.feature(Study)
    qtbot.waitUntil(lambda: bool(study.findings.mentions), timeout=15_000)
    return study


@pytest.fixture
def page(viewer: Viewer, engine: Engine, figures: Path, texts: Texts, qtbot: QtBot) -> ViewerPage:
    made = viewer(engine, figures, size=(1200, 800))
    made.use_texts(texts)
    made.live_in(home(FakeDesk()))
    studied(made, qtbot)
    return made


def at_home(page: ViewerPage, kept: Kept, attachment: str = "") -> None:
    plain = home(FakeDesk())
    page.live_in(Home(plain.desk, "", attachment, kept=kept))


def mention_of(page: ViewerPage, number: int) -> Any:
    return page.feature(Study).findings.mentions[number][0]


def pin_what_is_pointed_at(page: ViewerPage, qtbot: QtBot, number: int) -> None:
    """Point at the mention of a page and press the key, as a reader does."""
    mention = mention_of(page, number)
    page.canvas.show_spot(Spot(number, 0, 0))
    settle(qtbot, page)
    box = on_view(page.canvas, mention.page, mention.rects[0])
    place = QPoint(*(round(side / page.canvas.ratio) for side in box.center().toTuple()))  # pyright: ignore[reportAttributeAccessIssue]
    shown: list[Sight] = []
    page.feature(Jump).shown.connect(shown.append)
    QTest.mouseMove(page.canvas.viewport(), place - QPoint(60, 60))
    QTest.mouseMove(page.canvas.viewport(), place)
    qtbot.waitUntil(lambda: bool(shown))
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)


def pane_of(page: ViewerPage) -> PortalPane:
    pane = page.feature(Portal).pane
    assert pane is not None
    return pane


def is_drawn(card: Card) -> bool:
    image = card.picture.image
    return image is not None and abs(image.width() - card.picture.width()) <= 1


def color_of(card: Card) -> str:
    image = card.picture.image
    assert image is not None
    middle = image.pixelColor(image.width() // 2, image.height() // 3)
    return "blue" if middle.blue() > middle.red() + 40 else "red"


def test_what_is_pinned_stands_beside_the_pages_and_stays_while_they_move(
    page: ViewerPage, qtbot: QtBot
) -> None:
    # GIVEN nothing pointed at, so that nothing can be pinned
    assert not page.conditions()["can_pin"]
    before = page.canvas.width()
    # WHEN two targets are pinned
    pin_what_is_pointed_at(page, qtbot, 0)
    pin_what_is_pointed_at(page, qtbot, 2)
    # THEN they stand one below the other, beside the pages and not over them
    pane = pane_of(page)
    assert pane.isVisible()
    assert [card.name.text() for card in pane.cards] == ["Figure 1", "Table 1"]
    first, second = pane.cards
    qtbot.waitUntil(lambda: is_drawn(first) and is_drawn(second), timeout=10_000)
    assert (color_of(first), color_of(second)) == ("blue", "red")
    assert first.geometry().bottom() < second.geometry().top()
    assert page.canvas.width() < before
    edge = page.canvas.mapTo(page, QPoint(page.canvas.width(), 0)).x()
    assert pane.mapTo(page, QPoint(0, 0)).x() >= edge
    # AND stay when the pages move
    page.go_to_page(3)
    assert pane.isVisible() and list(pane.cards) == [first, second]
    # AND a click goes there, Back comes back
    QTest.mouseClick(first.picture, Qt.MouseButton.LeftButton)
    assert page.canvas.camera.current() == 4
    page.go_back()
    assert page.canvas.camera.current() == 3


def test_keys_go_to_a_pin_and_take_it_away(page: ViewerPage, qtbot: QtBot) -> None:
    pin_what_is_pointed_at(page, qtbot, 0)
    pin_what_is_pointed_at(page, qtbot, 2)
    pane, portal = pane_of(page), page.feature(Portal)
    pane.cards[1].setFocus()
    QTest.keyClick(pane.cards[1], Qt.Key.Key_Return)
    assert page.canvas.camera.current() == 5
    pane.cards[0].setFocus()
    QTest.keyClick(pane.cards[0], Qt.Key.Key_Delete)
    assert [card.name.text() for card in pane.cards] == ["Table 1"]
    # WHEN the last one goes THEN the pane goes, and keys are the pages' again
    QTest.keyClick(pane.cards[0], Qt.Key.Key_Delete)
    assert pane.isHidden() and portal.pins == () and page.canvas.hasFocus()
    assert not page.conditions()["portals"]


def test_it_follows_what_the_page_mentions(page: ViewerPage, qtbot: QtBot) -> None:
    page.feature(Portal).follow(on=True)
    pane = pane_of(page)
    qtbot.waitUntil(lambda: len(pane.cards) == 1 and is_drawn(pane.cards[0]), timeout=10_000)
    assert pane.cards[0].name.text() == "Figure 1" and color_of(pane.cards[0]) == "blue"
    # WHEN the reader comes to a page that mentions another one
    page.go_to_page(2)
    qtbot.waitUntil(lambda: pane.cards[0].name.text() == "Table 1", timeout=5_000)
    qtbot.waitUntil(lambda: color_of(pane.cards[0]) == "red", timeout=10_000)
    # THEN it stays where nothing is mentioned
    page.go_to_page(4)
    settle(qtbot, page)
    qtbot.wait(300)
    assert pane.cards[0].name.text() == "Table 1"
    # AND can be pinned, after which the place is free for the next one
    pane.cards[0].kept.emit()
    assert [card.follows for card in pane.cards] == [False]
    page.go_to_page(0)
    qtbot.waitUntil(lambda: len(pane.cards) == 2, timeout=5_000)
    assert [(card.name.text(), card.follows) for card in pane.cards] == [
        ("Figure 1", True),
        ("Table 1", False),
    ]


def test_without_anything_to_show_it_says_what_to_do(page: ViewerPage) -> None:
    portal = page.feature(Portal)
    portal.show(on=True)
    assert pane_of(page).note.isVisible() and "Right-click" in pane_of(page).note.text()
    page.go_to_page(4)
    portal.follow(on=True)
    assert pane_of(page).note.text() == "No figure or table is mentioned here."
    portal.show(on=False)
    assert pane_of(page).isHidden() and not page.conditions()["portal_follow"]


def test_a_figure_is_pinned_by_its_own_menu(page: ViewerPage, qtbot: QtBot) -> None:
    figure = next(one for one in page.feature(Study).findings.captions if one.kind == "figure")
    portal = page.feature(Portal)
    menu = QMenu()
    qtbot.addWidget(menu)
    portal.fill_menu(menu, Spot(figure.page, figure.whole[0] + 40, figure.whole[1] + 40))
    menu.actions()[0].trigger()
    assert [card.name.text() for card in pane_of(page).cards] == ["Figure 1"]
    # Where nothing leads anywhere, nothing is offered.
    empty = QMenu()
    qtbot.addWidget(empty)
    portal.fill_menu(empty, Spot(1, 10, 10))
    assert empty.isEmpty()


def test_the_pane_takes_another_width_and_its_pictures_with_it(
    page: ViewerPage, qtbot: QtBot
) -> None:
    kept = Kept()
    at_home(page, kept)
    pin_what_is_pointed_at(page, qtbot, 0)
    pane, reading = pane_of(page), page.reading
    card = pane.cards[0]
    qtbot.waitUntil(lambda: is_drawn(card), timeout=10_000)
    before = card.picture.width()
    # WHEN the divider is dragged to the left
    handle = reading.handle(1)
    place = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(handle, place - QPoint(150, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=place - QPoint(150, 0))
    # THEN the picture is drawn anew in its new size, and the width is kept
    assert card.picture.width() > before + 100
    qtbot.waitUntil(lambda: is_drawn(card), timeout=10_000)
    assert kept.number("portal_width", 200, 4000) == pane.width()


def test_what_is_pinned_is_there_again_the_next_time(
    page: ViewerPage, viewer: Viewer, engine: Engine, figures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a pin and a pane that follows, kept in a window's state
    state = WindowState(tmp_path / "window.json", tmp_path)
    at_home(page, Kept(state))
    pin_what_is_pointed_at(page, qtbot, 0)
    page.feature(Portal).follow(on=True)
    page.close_document()
    state.save()
    # WHEN the file is opened by the next window
    again = viewer(engine, figures, size=(1200, 800))
    at_home(again, Kept(WindowState(tmp_path / "window.json", tmp_path)))
    # THEN all is as it was
    portal = again.feature(Portal)
    assert portal.shown and portal.following
    assert [card.name.text() for card in pane_of(again).cards] == ["Figure 1"]
    qtbot.waitUntil(lambda: is_drawn(pane_of(again).cards[0]), timeout=10_000)
    assert color_of(pane_of(again).cards[0]) == "blue"
    # AND when the library takes the file in, the pins are the paper's
    kept = Kept()
    at_home(again, kept, "attachment")
    portal.follow(on=False)
    assert len(portal.pins) == 1
    assert len(kept.of("portal", "attachment")["pins"]) == 1


def test_another_document_has_none_of_them(
    page: ViewerPage, viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    kept = Kept()
    at_home(page, kept)
    pin_what_is_pointed_at(page, qtbot, 0)
    other = viewer(engine, paper)
    at_home(other, kept)
    assert other.feature(Portal).pins == () and other.feature(Portal).pane is None


def test_a_page_nobody_sees_gives_the_pictures_back(page: ViewerPage, qtbot: QtBot) -> None:
    pin_what_is_pointed_at(page, qtbot, 0)
    card = pane_of(page).cards[0]
    qtbot.waitUntil(lambda: is_drawn(card), timeout=10_000)
    page.hide()
    page.feature(Portal).rest()
    assert card.picture.image is None
    page.show()
    qtbot.waitUntil(lambda: is_drawn(card), timeout=10_000)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"kind": "figure"},
        {
            "kind": 1,
            "text": "",
            "spot": {"page": 0, "x": 0, "y": 0},
            "rect": [0] * 4,
            "whole": True,
        },
        {
            "kind": "",
            "text": "",
            "spot": {"page": -1, "x": 0, "y": 0},
            "rect": [0] * 4,
            "whole": True,
        },
        {
            "kind": "",
            "text": "",
            "spot": {"page": 0, "x": 0, "y": 1e12},
            "rect": [0] * 4,
            "whole": True,
        },
        {
            "kind": "",
            "text": "",
            "spot": {"page": 0, "x": 0, "y": 0},
            "rect": [0] * 3,
            "whole": True,
        },
        {
            "kind": "",
            "text": "",
            "spot": {"page": 0, "x": 0, "y": 0},
            "rect": ["a"] * 4,
            "whole": True,
        },
    ],
)
def test_what_is_no_pin_is_left_out(broken: Any) -> None:
    assert pinned.of_json(broken) is None


def test_a_pin_survives_its_way_through_json() -> None:
    sight = Sight("figure", "Figure 1. A thing", Spot(3, 1.5, 2), (1.5, 2, 30, 40.25), whole=True)
    assert pinned.of_json(json.loads(json.dumps(pinned.to_json(sight)))) == sight


@pytest.mark.parametrize(
    "caption, name",
    [
        ("Figure 3: What it shows", "Figure 3"),
        ("TABLE II. Results", "TABLE II"),
        ("Fig. 4. Results", "Fig. 4"),
        ("— no name", ""),
    ],
)
def test_names_are_short(caption: str, name: str) -> None:
    assert pinned.short_name(caption) == name


def test_the_window_remembers_over_a_restart(start: Start, library: Path, figures: Path) -> None:
    # GIVEN a window with a pinned figure of a file
    window = start(library)
    window.app.tabs.open_file(figures)
    window.until(lambda: is_ready(window.app.tabs.current()))
    page = window.app.tabs.current()
    assert page is not None
    window.until(lambda: bool(page.feature(Study).findings.captions), 15_000)
    figure = page.feature(Study).findings.captions[0]
    menu = QMenu()
    window.qtbot.addWidget(menu)
    page.feature(Portal).fill_menu(
        menu, Spot(figure.page, figure.whole[0] + 9, figure.whole[1] + 9)
    )
    menu.actions()[0].trigger()
    window.app.end()
    # WHEN the program starts again THEN it is in its place
    again = start(library)
    again.until(lambda: is_ready(again.app.tabs.current()))
    now = again.app.tabs.current()
    assert now is not None
    again.until(lambda: now.feature(Portal).pane is not None)
    assert [card.name.text() for card in pane_of(now).cards] == ["Figure 1"]


def test_escape_leads_from_a_pin_back_to_the_pages_and_tab_shows_the_pin_it_comes_to(
    page: ViewerPage, qtbot: QtBot
) -> None:
    # GIVEN more pins than there is room for
    page.resize(1200, 420)
    for number in (0, 2):
        pin_what_is_pointed_at(page, qtbot, number)
    pane = pane_of(page)
    qtbot.waitUntil(lambda: all(is_drawn(card) for card in pane.cards), timeout=10_000)
    bar = pane.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 60)
    bar.setValue(bar.maximum())
    assert pane.cards[0].visibleRegion().boundingRect().top() > 0
    # WHEN Tab comes to the first from outside the list
    first = page.tab_order().index(pane.cards[0])
    page.tab_order()[first - 1].setFocus()
    QTest.keyClick(page.tab_order()[first - 1], Qt.Key.Key_Tab)
    # THEN it is in view
    assert pane.cards[0].hasFocus() and bar.value() < bar.maximum()
    assert pane.cards[0].visibleRegion().boundingRect().top() == 0
    # AND Escape leads back to the pages, and leaves the pins
    QTest.keyClick(pane.cards[0], Qt.Key.Key_Escape)
    assert page.canvas.hasFocus() and len(pane.cards) == 2 and pane.isVisible()
