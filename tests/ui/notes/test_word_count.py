"""Words and characters, kept true by the line: the sums are those of the whole text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from reader.ui.notes import word_count
from reader.ui.notes.word_count import WordCount
from reader.ui.notes.words import counted
from tests.ui.notes.conftest import Desk

TEXT = st.text(alphabet="ab  \n-#漢😀\u2028\u0301", max_size=12)
EDIT = st.tuples(st.floats(0, 1), st.floats(0, 1), TEXT)


def whole(document: QTextDocument) -> tuple[int, int]:
    return counted(document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n"))


@settings(max_examples=60, deadline=None)
@given(TEXT, st.lists(EDIT, max_size=6), st.integers(0, 6))
def test_whatever_is_changed_the_sums_stay_true(
    qapp: QApplication, text: str, edits: list[tuple[float, float, str]], undone: int
) -> None:
    owner = QObject()
    document = QTextDocument(owner)
    document.documentLayout()  # without one a document tells nothing
    document.setPlainText(text)
    count = WordCount(document, owner)
    assert count.counts == whole(document)
    for start, end, new in edits:
        cursor = QTextCursor(document)
        last = document.characterCount() - 1
        cursor.setPosition(int(start * last))
        cursor.setPosition(int(end * last), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
        assert count.whole and count.counts == whole(document)
    for _ in range(undone):
        document.undo()
        assert count.counts == whole(document)
    document.setPlainText("one two")
    assert count.counts == (2, 7)


def test_a_long_text_is_counted_between_turns(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN no time in a turn but for one line
    monkeypatch.setattr(word_count, "_SLICE", -1.0)
    desk.show("")
    desk.editor._fill("two words\n" * 50)
    # THEN the count is not told before it is whole
    assert not desk.editor.words.whole
    desk.until(lambda: desk.editor.words.whole)
    assert desk.editor.count.text() == "100 words, 450 characters"


def test_the_full_screen_tells_one_word_as_one(desk: Desk) -> None:
    desk.show("one‸")
    desk.own.full.toggle()
    sheet = desk.own.full._sheet
    assert sheet is not None and sheet.words.text() == "1 word"
    desk.type(" two")
    assert sheet.words.text() == "2 words"
    desk.own.full.toggle()
    assert desk.editor.count.text() == "2 words, 7 characters"
