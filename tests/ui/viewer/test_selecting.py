"""Choosing text: in columns, in rectangles, by paragraph, by key; copied and quoted."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.paper import Author, Edition, Paper
from reader.pdf.engine import Engine
from reader.pdf.protocol import PageText
from reader.ui.viewer import quoting
from reader.ui.viewer import selection as selecting
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.columns import caret_at, columns_of
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.selection import (
    BoxSelection,
    Caret,
    Selection,
    paragraph_at,
    running,
    text_of_page,
    whole,
)
from tests.ui.viewer.fakes import FakeEngine, Viewer, lines_of, pdf_of, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ROWS = 30  # lines of a column


def laid_out(*lines: tuple[float, float, str]) -> PageText:
    """Lines (left edge, upper edge, words) of letters 5 points wide and 10 high; one block."""
    boxes, spans, chars = array("f"), list[tuple[int, int]](), ""
    for x, y, words in lines:
        spans.append((len(chars), len(chars) + len(words)))
        chars += words
        for column in range(len(words)):
            boxes.extend((x + 5 * column, y, x + 5 * column + 5, y + 10))
    return PageText(chars, boxes, tuple(spans), ((0, len(chars)),))


def two_columns(missing: range = range(0)) -> PageText:
    """A title, then two columns (60 to 300 and 320 to 560) with a figure on the left."""
    left = [
        (60.0, 100.0 + 14 * row, f"left {row:02} ".ljust(48, "x"))
        for row in range(ROWS)
        if row not in missing
    ]
    right = [(320.0, 100.0 + 14 * row, f"right {row:02} ".ljust(48, "y")) for row in range(ROWS)]
    title = (150.0, 60.0, "A title that runs over both of the two columns of the page")
    return laid_out(title, *left, *right)


def test_a_page_of_two_columns_has_one_gap_and_a_page_of_one_has_none() -> None:
    gaps = columns_of(two_columns()).gaps
    assert len(gaps) == 1
    assert 296 <= gaps[0][0] < gaps[0][1] <= 324
    one = laid_out(*((60.0, 100.0 + 14 * row, "word " * 20) for row in range(ROWS)))
    assert columns_of(one).gaps == ()


def test_a_selection_over_pages_leaves_out_what_stands_aside_of_the_text() -> None:
    # GIVEN pages with a running head, text, a stamp and a page number
    page = laid_out(
        (60, 20, "Running head"), (60, 60, "first line"), (60, 74, "second line"),
        (10, 90, "a stamp"), (60, 700, "7"),
    )  # fmt: skip
    aside = [(60, 20, 120, 30), (10, 90, 45, 100), (60, 700, 65, 710)]
    at = page.chars.index

    def chosen(first: Caret, last: Caret) -> list[str]:
        made = Selection(first, first, last, last)
        found = (running(made, number, page, aside) for number in range(3))
        return ["|".join(page.chars[slice(*span)] for span in spans) for spans in found]

    # THEN it is left out between the ends, and on the pages that are whole in it
    first, last = Caret(0, at("second")), Caret(2, at("line"))
    assert chosen(first, last) == ["second line", "first linesecond line", "first "]
    # AND kept where the selection begins or ends in it
    assert chosen(Caret(0, at("stamp")), Caret(1, at("head")))[:2] == ["stamp", "Running "]
    # AND on a single page, where one sees what is selected, and where all is
    assert chosen(Caret(0, 0), Caret(0, at("7"))) == [page.chars[: at("7")], "", ""]
    everything = whole(0, 2)
    assert running(everything, 1, page, aside) == ((0, len(page.chars)),)
    assert selecting.copied(Selection(first, first, last, last), lambda _: page, lambda _: aside)[
        0
    ] == ("second line\nfirst line second line\nfirst")


@pytest.mark.parametrize(
    "x, y, line",
    [
        (200, 220, "left 04"),  # in the figure: nearest above, not the other column's line
        (299, 222, "left 04"),
        (20, 300, "left 14"),  # in the margin
        (380, 242, "right 10"),
        (600, 242, "right 10"),
    ],
)
def test_a_point_belongs_to_its_own_column(x: float, y: float, line: str) -> None:
    text = two_columns(missing=range(5, 14))
    index, _ = caret_at(text, x, y)
    low, high = text.line_at(index if x < 60 else index - 1)
    assert text.chars[low:high].startswith(line)


def test_between_the_columns_a_drag_stays_where_it_began() -> None:
    text = two_columns()
    _, left = caret_at(text, 100, 200)
    _, right = caret_at(text, 400, 200)
    assert (left, right) == (0, 1)
    for near in (left, right):
        assert caret_at(text, 312, 200, near)[1] == near
        assert caret_at(text, 306, 200, near)[1] == near


def test_a_rectangle_takes_what_lies_in_it_in_reading_order() -> None:
    text = two_columns()
    box = BoxSelection(0, (60, 113, 95, 140))
    assert text_of_page(box, 0, text) == "left 01\nleft 02"
    both = BoxSelection(0, (60, 113, 360, 126))
    assert text_of_page(both, 0, text).startswith("left 01")
    assert text_of_page(both, 0, text).endswith("right 01")
    assert BoxSelection(0, (5, 5, 40, 40)).spans(0, text) == ()
    assert box.spans(1, text) == ()


def test_a_paragraph_ends_where_a_line_stops_short_or_is_set_in() -> None:
    text = laid_out(
        (70, 100, "First of all a line that is set in as one does"),
        (60, 112, "then the second one, which fills its whole width"),
        (60, 124, "and stops."),
        (60, 136, "Next, as the line before stopped short, a new one"),
        (60, 148, "that fills its line from the left to the right ed"),
        (70, 160, "Third, set in, though the one before was full yes"),
    )
    starts = [text.chars.index(word) for word in ("First", "Next", "Third")]
    ends = [*starts[1:], len(text.chars)]
    for word, start, end in zip(("second", "fills its line", "though"), starts, ends, strict=True):
        assert paragraph_at(text, text.chars.index(word)) == (start, end)


# ---- driven


def spot(page: ViewerPage, x: float, y: float, number: int = 0) -> QPoint:
    at = page.canvas.camera.view_point(Spot(number, x, y))
    return QPoint(round(at[0] / page.canvas.ratio), round(at[1] / page.canvas.ratio))


def copied(page: ViewerPage, qtbot: QtBot, key: Qt.Key = Key.Key_C) -> str:
    QGuiApplication.clipboard().clear()
    modifiers = CTRL if key == Key.Key_C else CTRL | SHIFT
    QTest.keyClick(page.canvas, Key.Key_C, modifiers)
    qtbot.waitUntil(lambda: not pdf_of(page).copying.active)
    return QGuiApplication.clipboard().text()


def quoted(page: ViewerPage, qtbot: QtBot) -> str:
    return copied(page, qtbot, Key.Key_Q)


class Columns(FakeEngine):
    """Every page is set in two columns."""

    def text(self, doc: object, page: int, *, priority: int = 0):
        return self._ask("text", page, lambda: two_columns(range(5, 14)))


def drag(
    page: ViewerPage,
    start: tuple[float, float],
    end: tuple[float, float],
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, modifier, spot(page, *start))
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    for place in (middle, end):
        QTest.mouseMove(view, spot(page, *place))
    QTest.mouseRelease(view, LEFT, modifier, spot(page, *end))


def test_a_drag_over_a_figure_does_not_grab_the_other_column(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(Columns())
    drag(page, (60, 105), (290, 220))
    text = copied(page, qtbot)
    assert "left 00" in text
    assert "left 04" in text
    assert "right" not in text


def test_alt_and_drag_take_a_rectangle(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(Columns())
    drag(page, (318, 112), (352, 141), ALT)
    assert copied(page, qtbot).split("\n") == ["right", "right"]
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert page.canvas.selection is None


def test_a_fourth_click_takes_the_paragraph(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    text = page.canvas.content.text(0)
    assert text is not None
    x0, y0, x1, y1 = text.box(text.chars.index("brown"))
    view, place = page.canvas.viewport(), spot(page, (x0 + x1) / 2, (y0 + y1) / 2)
    QTest.mouseClick(view, LEFT, pos=place)
    QTest.mouseDClick(view, LEFT, pos=place)
    QTest.mouseClick(view, LEFT, pos=place)
    assert copied(page, qtbot).endswith("represen-")
    QTest.mouseDClick(view, LEFT, pos=place)
    assert copied(page, qtbot).endswith("on every page.")


def test_the_keys_lead_a_selection(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    text = page.canvas.content.text(0)
    assert text is not None
    x0, y0, _, y1 = text.box(text.chars.index("quick"))
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=spot(page, x0 + 0.3, (y0 + y1) / 2))
    for key, modifiers, wanted in (
        (Key.Key_Right, CTRL | SHIFT, "quick"),
        (Key.Key_Right, CTRL | SHIFT, "quick brown"),
        (Key.Key_Right, SHIFT, "quick brown "),
        (Key.Key_Right, SHIFT, "quick brown f"),
        (Key.Key_Left, SHIFT, "quick brown "),
        (Key.Key_Left, CTRL | SHIFT, "quick "),
        (Key.Key_End, SHIFT, "quick brown fox jumps over the lazy dog and is represen-"),
    ):
        QTest.keyClick(page.canvas, key, modifiers)
        assert copied(page, qtbot).strip() == wanted.strip()
    QTest.keyClick(page.canvas, Key.Key_Down, SHIFT)
    assert copied(page, qtbot).endswith("so that there is something")
    QTest.keyClick(page.canvas, Key.Key_Up, SHIFT)
    assert copied(page, qtbot).endswith("represen-")
    QTest.keyClick(page.canvas, Key.Key_Home, SHIFT)
    assert copied(page, qtbot).strip() == "The"


def test_keys_without_a_selection_begin_at_what_is_seen(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    page.next_page()
    settle(qtbot, page)
    QTest.keyClick(page.canvas, Key.Key_Right, CTRL | SHIFT)
    assert copied(page, qtbot) == "Words"
    # Past the end of the page the selection goes on over the next one.
    for _ in range(6):
        QTest.keyClick(page.canvas, Key.Key_Right, CTRL | SHIFT)
        settle(qtbot, page)
    assert page.canvas.selection is not None
    assert list(page.canvas.selection.pages) == [1, 2]


# ---- quotations


def test_a_quotation_names_paper_and_page(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    QTest.keyClick(page.canvas, Key.Key_Right, CTRL | SHIFT)
    assert quoted(page, qtbot) == "“Words” (A paper, p. 1)"
    desk = FakeDesk()
    names = [Author("Vaswani", "Ashish"), Author("Shazeer", "Noam"), Author("Parmar", "Niki")]
    desk.papers["u1"] = Paper(
        "Attention Is\nAll You Need", "u1", tuple(names), editions=(Edition(published="2017-06"),)
    )
    page.live_in(home(desk, "u1", "a1"))
    assert quoted(page, qtbot) == (
        "“Words” (Vaswani et al., Attention Is All You Need, 2017, p. 1)"
    )


def test_a_quoted_sentence_runs_on_over_a_break() -> None:
    assert quoting.quotation("A sen-\ntence runs\non. Yes.\nNew one", "", "p. 2") == (
        "“A sentence runs on. Yes.\nNew one” (p. 2)"
    )
    assert quoting.pages([(5, "iv"), (7, "1")]) == "pp. iv–1 (5–7 in the file)"
    assert quoting.pages([(5, "5")]) == "p. 5"


def test_accents_of_older_fonts_are_copied_as_letters(viewer: Viewer, qtbot: QtBot) -> None:
    # GIVEN words as TeX's older fonts set them, an accent before its letter
    page = viewer(FakeEngine())
    page.canvas.content.put_text(0, lines_of("As Erd\u02ddos and G\u00a8odel find"))
    page.canvas.selection = selecting.whole(0, 0)
    # WHEN they are copied THEN they can be read, and quoted too
    assert copied(page, qtbot) == "As Erdős and Gödel find"
    assert quoted(page, qtbot) == "“As Erdős and Gödel find” (A paper, p. 1)"
