"""Find and replace in a note: by words, case and expression, all of it one step to undo."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.domain.errors import InputError
from reader.ui.notes import matching
from reader.ui.notes.matching import Wanted
from reader.ui.notes.patching import difference
from tests.ui.notes.conftest import Desk

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def places(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in matching.find(text, wanted)]


@pytest.mark.parametrize(
    "wanted, found",
    [
        (Wanted("the"), [(0, 3), (4, 7), (8, 11)]),
        (Wanted("the", case=True), [(4, 7), (8, 11)]),
        (Wanted("the", words=True), [(0, 3), (4, 7)]),
        (Wanted("t.e", regex=True, case=True), [(4, 7), (8, 11)]),
        (Wanted("t.e"), []),
        (Wanted("^"), []),
        (Wanted("x*", regex=True), []),
        (Wanted(""), []),
    ],
)
def test_what_is_found(wanted: Wanted, found: list[tuple[int, int]]) -> None:
    assert places("The the then", wanted) == found


@pytest.mark.parametrize("pattern", ["(", "a" * 2000, "(?P<x", "[z-a]"])
def test_a_wrong_expression_is_a_sentence(pattern: str) -> None:
    with pytest.raises(InputError):
        matching.find("text", Wanted(pattern, regex=True))


def test_an_expression_that_never_ends_ends() -> None:
    begun = time.thread_time()
    with pytest.raises(InputError, match="too long"):
        matching.find("a" * 40 + "!", Wanted("(a|a)*(a|aa)*$(?=x)", regex=True))
    assert time.thread_time() - begun < 5, "the limit is 40 ms"


def test_groups_are_put_in() -> None:
    wanted = Wanted(r"(\w+) (\w+)", regex=True)
    hits = matching.find("one two", wanted)
    assert matching.all_replaced("one two", hits, r"\2 \1", wanted) == "two one"
    with pytest.raises(InputError):
        matching.replacement(hits[0], r"\3", wanted)
    # AND a plain replacement is put in as it is
    plain = Wanted("one")
    assert matching.replacement(matching.find("one", plain)[0], r"\1", plain) == r"\1"


@given(st.text(alphabet="ab\n😀", max_size=30), st.text(alphabet="ab\n😀", max_size=30))
def test_the_difference_makes_one_text_of_the_other(old: str, new: str) -> None:
    start, end, text = difference(old, new)
    assert old[:start] + text + old[end:] == new


def test_found_as_one_types_and_stepped_through(desk: Desk) -> None:
    desk.show("‸one 😀 two one\nOne")
    find = desk.own.find
    find.open()
    assert find.bar.field.hasFocus() and find.bar.instead.isHidden()
    QTest.keyClicks(find.bar.field, "one")
    desk.until(lambda: desk.editor.said.text() == "1 of 3")
    assert desk.text == "‸one‸ 😀 two one\nOne".replace("😀", "😀")
    QTest.keyClick(find.bar.field, Key.Key_Return)
    assert desk.editor.said.text() == "2 of 3"
    assert desk.edit.textCursor().selectedText() == "one"
    QTest.keyClick(find.bar.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(find.bar.field, Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert desk.edit.textCursor().selectedText() == "One"
    # Options act at once, and everything found is marked.
    QTest.keyClick(find.bar.field, Key.Key_C, ALT)
    assert desk.editor.said.text().endswith("of 2")
    assert len(desk.edit.extraSelections()) == 2
    QTest.keyClick(find.bar.field, Key.Key_Escape)
    assert find.bar.isHidden() and desk.edit.hasFocus()
    assert desk.edit.extraSelections() == []


def test_nothing_found_and_wrong_expressions_are_said(desk: Desk) -> None:
    desk.show("one")
    find = desk.own.find
    find.open()
    find.bar.field.setText("two")
    desk.until(lambda: desk.editor.said.text() == "Nothing found")
    find.bar.regex.setChecked(True)
    find.bar.field.setText("(")
    desk.until(lambda: "no regular expression" in desk.editor.said.text())
    assert not find.bar.next.isEnabled()


def test_replacing_one_by_one(desk: Desk) -> None:
    desk.show("‸a b a b a")
    find = desk.own.find
    find.open_replace()
    find.bar.field.setText("a")
    find.bar.instead.setText("aa")
    desk.until(lambda: desk.editor.said.text() == "1 of 3")
    QTest.keyClick(find.bar.instead, Key.Key_Return)
    assert desk.edit.toPlainText() == "aa b a b a"
    # THEN what was put in is not found again before the rest
    QTest.keyClick(find.bar.instead, Key.Key_Return)
    assert desk.edit.toPlainText() == "aa b aa b a"


def test_replacing_all_is_one_step(desk: Desk) -> None:
    text = "one 😀 one\nOne\n" * 300
    desk.show(text)
    find = desk.own.find
    find.open_replace()
    find.bar.field.setText("one")
    find.bar.instead.setText("1")
    desk.until(find.bar.all.isEnabled)
    find.bar.all.click()
    assert desk.edit.toPlainText() == "1 😀 1\n1\n" * 300
    assert desk.editor.said.text() == "900 places replaced"
    desk.edit.undo()
    assert desk.edit.toPlainText() == text


def test_the_selection_is_what_is_looked_for(desk: Desk) -> None:
    desk.show("one ‸two‸ two")
    desk.own.find.open()
    assert desk.own.find.bar.field.text() == "two"
    desk.until(lambda: desk.editor.said.text() == "1 of 2")


def test_a_pattern_that_takes_long_stops_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a pattern that takes all the time it gets
    monkeypatch.setattr(matching, "_SECONDS", 0.3)
    desk.show("a" * 40 + "!")
    find = desk.own.find
    find.open()
    find.bar.regex.setChecked(True)
    # WHEN it is looked for
    find.bar.field.setText("(a|a)*(a|aa)*$(?=x)")
    find._typed()
    # THEN the window goes on at once, and is told later
    assert find._under_way
    desk.until(lambda: "too long" in desk.editor.said.text())


def test_what_is_typed_while_a_pattern_is_looked_for_is_looked_through(desk: Desk) -> None:
    desk.show("one two‸")
    find = desk.own.find
    find.open()
    find.bar.regex.setChecked(True)
    find.bar.field.setText("o")
    find._typed()
    desk.edit.insertPlainText(" foo")
    desk.until(lambda: len(find._found.hits) == 4)
    assert find._found.text == "one two foo"


def test_a_pattern_is_replaced_everywhere_in_one_step(desk: Desk) -> None:
    desk.show("‸1 and 22 and 333")
    find = desk.own.find
    find.open_replace()
    find.bar.regex.setChecked(True)
    find.bar.field.setText(r"(\d+)")
    find.bar.instead.setText(r"<\1>")
    find.replace_all()
    desk.until(lambda: desk.editor.said.text() == "3 places replaced")
    assert desk.edit.toPlainText() == "<1> and <22> and <333>"
    desk.edit.undo()
    assert desk.edit.toPlainText() == "1 and 22 and 333"
