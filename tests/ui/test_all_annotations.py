"""All annotations of the library in the window: listed, filtered, written to, gone to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.domain.lists import MarkFilter
from reader.domain.marking import Annotation, Kind, Part
from reader.services import annotating
from reader.ui.browse.all_marks.model import WINDOW
from reader.ui.browse.all_marks.page import AllMarks
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.marks_pane.feature import PANE, MarksList
from tests.ui.driving import Driven

Key = Qt.Key
QUAD = (72.0, 700.0, 152.0, 700.0, 72.0, 688.0, 152.0, 688.0)


def slot(win: Driven) -> str:
    """The attachment of the guide."""
    guide = next(row for number in range(win.rows()) if (row := win.row(number)).has_pdf)
    return win.app.reader.paper(guide.uid).attachments[0].uid


def write(win: Driven, work: Any, *args: Any) -> Any:
    """Write as any page does; what was written."""
    answers: list[Any] = []
    win.app.desk.write(work, *args, then=answers.append)
    win.until(lambda: answers)
    win.settled()
    return answers[0]


def add(win: Driven, *quotes: str, **other: Any) -> tuple[str, ...]:
    attachment = slot(win)
    drafts = [
        Annotation(Kind.HIGHLIGHT, (Part(1, (QUAD,)),), attachment, quote=quote, **other)
        for quote in quotes
    ]
    return write(win, annotating.add, drafts)[0]


def opened(win: Driven) -> AllMarks:
    win.until(lambda: win.app.late is not None)
    tree = win.page.sidebar._tree
    item = next(it for it in win.page.sidebar._all() if it.text() == "All annotations")
    place = tree.visualRect(item.index()).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert win.app.late is not None
    marks = win.app.late.places.marks
    win.until(marks.isVisible)
    settled(win, marks)
    return marks


def settled(win: Driven, marks: AllMarks) -> None:
    win.until(lambda: not marks._typing.isActive())
    win.settled()


def quotes(marks: AllMarks) -> list[str]:
    return [row.annotation.quote for row in marks.model.rows]


def test_an_empty_library_says_how_to_begin(win: Driven) -> None:
    marks = opened(win)
    assert "Nothing is annotated yet" in marks._empty.text()
    assert not marks.details._open.isVisible()
    assert not win.list.isVisible()


def test_the_newest_stand_first_and_the_current_one_is_shown_whole(win: Driven) -> None:
    add(win, "the older words")
    add(win, "the newer words", comment="why?", tags=("later",))
    marks = opened(win)
    assert quotes(marks) == ["the newer words", "the older words"]
    assert marks._count.text() == "2 annotations"
    assert marks.details.quote.toPlainText() == "the newer words"
    assert marks.details.comment.toPlainText() == "why?"
    assert marks.details.tags.text() == "later"
    # WHEN papers are chosen again THEN they are back
    win.choose("all")
    assert win.list.isVisible()
    assert not marks.isVisible()


def test_the_search_field_looks_through_quotes_and_comments(win: Driven) -> None:
    add(win, "attention is all", "flows are enough")
    marks = opened(win)
    win.focus(win.search)
    win.type("enou")
    win.until(lambda: marks.filters.wanted.text == "enou")
    win.until(lambda: quotes(marks) == ["flows are enough"])


def test_filters_ask_together(win: Driven) -> None:
    add(win, "one", color="red", card="claim")
    add(win, "two", color="red")
    add(win, "three", color="blue", placed=False)
    marks = opened(win)
    filters = marks.filters
    filters.chips._buttons["red"].click()
    settled(win, marks)
    assert quotes(marks) == ["two", "one"]
    filters.of_card("*")
    settled(win, marks)
    assert quotes(marks) == ["one"]
    assert filters.wanted == MarkFilter(colors=("red",), card="*")
    filters.clear.click()
    settled(win, marks)
    assert len(quotes(marks)) == 3
    filters.unplaced.click()
    settled(win, marks)
    assert quotes(marks) == ["three"]
    filters.unplaced.click()
    filters.kinds.menu().actions()[1].trigger()  # underlines
    settled(win, marks)
    assert quotes(marks) == []
    assert "No annotation is like that" in marks._empty.text()


def test_dates_tags_and_this_paper(win: Driven) -> None:
    add(win, "long ago", created="2001-01-01T00:00:00.000Z", tags=("old",))
    add(win, "today", created="2999-01-01T00:00:00.000Z")
    marks = opened(win)
    marks.filters.since(7, "The last 7 days")
    settled(win, marks)
    assert quotes(marks) == ["today"]
    marks.filters.since(0, "")
    marks.filters.of_tag("old")
    settled(win, marks)
    assert quotes(marks) == ["long ago"]
    marks.details._paper.click()
    settled(win, marks)
    assert quotes(marks) == ["today", "long ago"]
    assert marks.filters.paper.isChecked()


def test_a_comment_saves_itself_and_is_one_step(win: Driven) -> None:
    [uid] = add(win, "some words")
    marks = opened(win)
    win.focus(marks.details.comment)
    win.type("Is this ")
    marks.leave()
    win.settled()
    win.type("true?")
    win.focus(marks.list)
    win.until(lambda: win.app.reader.annotation(uid).comment == "Is this true?")
    win.settled()
    win.app.desk.undo()
    win.until(lambda: win.app.reader.annotation(uid).comment == "")
    win.until(lambda: marks.details.comment.toPlainText() == "")


def test_tags_are_written(win: Driven) -> None:
    [uid] = add(win, "some words")
    marks = opened(win)
    win.focus(marks.details.tags)
    win.type("one, two")
    win.key(Key.Key_Return)
    win.until(lambda: win.app.reader.annotation(uid).tags == ("one", "two"))


def test_what_is_done_elsewhere_is_shown(win: Driven) -> None:
    first, second = add(win, "first", "second")
    marks = opened(win)
    one = win.app.reader.annotation(first)
    write(win, annotating.change, [replace(one, quote="changed")])
    win.until(lambda: "changed" in quotes(marks))
    write(win, annotating.remove, [second])
    win.until(lambda: quotes(marks) == ["changed"])


def test_enter_opens_the_exact_place(win: Driven) -> None:
    [uid] = add(win, "some words")
    marks = opened(win)
    win.focus(marks.list)
    win.key(Key.Key_Return)
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: page.pdf is not None and page.canvas.camera.current() == 1)
    win.until(lambda: uid in page.feature(Annotate).store.all)
    # WHEN the library is gone back to THEN the list is where it was
    win.app.tabs.show_library()
    assert marks.isVisible()
    assert marks.model.at(marks.list.currentIndex().row()) is not None


def test_commands_of_papers_rest_meanwhile(win: Driven) -> None:
    add(win, "some words")
    marks = opened(win)
    star = win.window.commands.action("paper.star")
    assert not star.isEnabled()
    win.app.tabs.show_library()
    assert not star.isEnabled()
    assert marks.isVisible()
    win.choose("unread")
    win.until(star.isEnabled)


def test_a_paper_that_is_gone_to_is_shown_in_the_list(win: Driven) -> None:
    opened(win)
    assert win.app.late is not None
    win.app.late.actions.go_to(win.page.model.papers()[3])
    win.until(win.list.isVisible)


def test_a_long_list_is_read_a_window_at_a_time(win: Driven) -> None:
    add(win, *(f"quote {number}" for number in range(WINDOW + 50)))
    marks = opened(win)
    assert len(marks.model.rows) == WINDOW
    marks.list.scrollToBottom()
    win.until(lambda: len(marks.model.rows) == WINDOW + 50)
    assert quotes(marks)[-1] == "quote 0"


@pytest.mark.parametrize("scope", ["starred", "all"])
def test_the_sidebar_keeps_its_entry_when_it_is_filled_anew(win: Driven, scope: str) -> None:
    marks = opened(win)
    win.page.reload_overview()
    win.settled()
    assert marks.isVisible()
    win.choose(scope)
    assert not marks.isVisible()


def test_a_paper_says_how_many_it_has_and_leads_to_them(win: Driven) -> None:
    guide = next(number for number in range(win.rows()) if win.row(number).has_pdf)
    win.select(guide)
    assert not win.pane._marks.isVisible()
    add(win, "one", "two")
    win.until(lambda: win.pane._marks.text() == "2 annotations" and win.pane._marks.isVisible())
    win.pane._marks.click()
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: page.panel.shows(PANE) and page.feature(MarksList).pane.model.shown == 2)


def test_free_notes_and_annotations_take_turns(win: Driven) -> None:
    marks = opened(win)
    tree = win.page.sidebar._tree
    item = next(it for it in win.page.sidebar._all() if it.text() == "Notes")
    place = tree.visualRect(item.index()).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    win.until(lambda: win.page.turning.to_notes)
    assert not marks.isVisible()
    assert not win.list.isVisible()
    assert opened(win).isVisible()
    assert not win.page.turning.to_notes
    win.choose("all")
    assert win.list.isVisible()
    assert not marks.isVisible()
