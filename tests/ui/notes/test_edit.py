"""Writing Markdown: lists go on, items move, signs surround, boxes are ticked, undo takes back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from reader.ui.notes import lines
from tests.ui.notes.conftest import Desk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    "before, after",
    [
        ("- a‸", "- a\n- ‸"),
        ("- a‸b", "- a\n- ‸b"),
        ("- [x] a‸", "- [x] a\n- [ ] ‸"),
        ("2. a‸", "2. a\n3. ‸"),
        ("> a‸", "> a\n> ‸"),
        ("- a\n- ‸", "- a\n‸"),
        ("- a\n  - ‸", "- a\n- ‸"),
        ("> ‸", "‸"),
        ("‸- a", "\n‸- a"),
        ("plain‸", "plain\n‸"),
        ("```\n- a‸\n```", "```\n- a\n‸\n```"),
        ("😀 - x\n- 😀‸", "😀 - x\n- 😀\n- ‸"),
    ],
)
def test_enter_goes_on_with_what_the_line_is(desk: Desk, before: str, after: str) -> None:
    desk.show(before.replace("😀", "é"))
    desk.key(Key.Key_Return)
    assert desk.text == after.replace("😀", "é")


def test_shift_enter_is_a_plain_new_line(desk: Desk) -> None:
    desk.show("- a‸")
    desk.key(Key.Key_Return, SHIFT)
    assert desk.text == "- a\n‸"


def test_tab_moves_items_and_undo_takes_it_back_at_once(desk: Desk) -> None:
    desk.show("- a\n- ‸b\n- c‸")
    desk.key(Key.Key_Tab)
    assert desk.edit.toPlainText() == "- a\n  - b\n  - c"
    desk.key(Key.Key_Backtab)
    assert desk.edit.toPlainText() == "- a\n- b\n- c"
    desk.edit.undo()
    desk.edit.undo()
    assert desk.edit.toPlainText() == "- a\n- b\n- c"
    desk.show("plain‸")
    desk.key(Key.Key_Tab)
    assert desk.edit.toPlainText() == "plain\t"


def test_tab_in_a_table_goes_from_cell_to_cell(desk: Desk) -> None:
    desk.show("|a‸|b|\n|-|-|\n|long|c|")
    desk.key(Key.Key_Tab)
    assert desk.text == "| a    | ‸b‸   |\n| ---- | --- |\n| long | c   |"
    desk.key(Key.Key_Tab)
    assert "‸long‸" in desk.text
    desk.key(Key.Key_Tab)
    desk.key(Key.Key_Tab)
    # THEN beyond the last cell a row begins
    assert desk.edit.toPlainText().count("\n") == 3
    desk.key(Key.Key_Backtab)
    assert "‸c‸" in desk.text


@pytest.mark.parametrize(
    "sign, other",
    [("*", "*"), ("_", "_"), ("`", "`"), ("$", "$"), ("[", "]"), ("(", ")"), ('"', '"')],
)
def test_a_sign_typed_on_a_selection_surrounds_it(desk: Desk, sign: str, other: str) -> None:
    desk.show("a ‸word‸ b")
    desk.type(sign)
    assert desk.text == f"a {sign}‸word‸{other} b"
    desk.edit.undo()
    assert desk.edit.toPlainText() == "a word b"


def test_commands_format_the_selection_or_the_word(desk: Desk) -> None:
    desk.show("a wo‸rd b")
    desk.editor.format.bold()
    assert desk.text == "a **‸word‸** b"
    desk.editor.format.italic()
    assert desk.text == "a ***‸word‸*** b"
    desk.editor.format.bold()
    assert desk.text == "a *‸word‸* b"
    desk.editor.format.italic()
    assert desk.text == "a ‸word‸ b"
    desk.show("‸")
    desk.editor.format.code()
    assert desk.text == "`‸`"


def test_headings_lists_and_quotes_come_and_go(desk: Desk) -> None:
    desk.show("‸a\nb‸")
    desk.editor.format.boxes()
    assert desk.edit.toPlainText() == "- [ ] a\n- [ ] b"
    desk.editor.format.tick()
    assert desk.edit.toPlainText() == "- [x] a\n- [x] b"
    desk.editor.format.boxes()
    desk.editor.format.heading2()
    assert desk.edit.toPlainText() == "## a\n## b"
    desk.editor.format.paragraph()
    desk.editor.format.quote()
    assert desk.edit.toPlainText() == "> a\n> b"
    for _ in range(6):
        desk.edit.undo()
    assert desk.edit.toPlainText() == "a\nb"


def test_a_link_takes_the_clipboards_address(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("https://a.b/c")
    desk.show("see ‸this‸")
    desk.editor.format.link()
    assert desk.edit.toPlainText() == "see [this](https://a.b/c)"
    QGuiApplication.clipboard().setText("no address")
    desk.show("see ‸this‸")
    desk.editor.format.link()
    assert desk.text == "see [this](‸)"
    # AND an address pasted on words makes them a link
    QGuiApplication.clipboard().setText("https://a.b/c")
    desk.show("see ‸this‸")
    desk.edit.paste()
    assert desk.edit.toPlainText() == "see [this](https://a.b/c)"


def test_a_click_ticks_a_box_and_can_be_undone(desk: Desk) -> None:
    desk.show("text\n- [ ] to do\n\n```\n- [ ] code\n```")
    block = desk.edit.document().findBlockByNumber(1)
    cursor = desk.edit.textCursor()
    cursor.setPosition(block.position() + 3)
    place = desk.edit.cursorRect(cursor).center()
    QTest.mouseClick(desk.edit.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert block.text() == "- [x] to do"
    desk.edit.undo()
    assert block.text() == "- [ ] to do"
    # A click on the words, or on code, ticks nothing.
    QTest.mouseClick(desk.edit.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(40, 0))
    cursor.setPosition(desk.edit.document().findBlockByNumber(4).position() + 3)
    place = desk.edit.cursorRect(cursor).center()
    QTest.mouseClick(desk.edit.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "[x]" not in desk.edit.toPlainText()


def test_ctrl_and_a_click_follow_a_link(desk: Desk) -> None:
    desk.show("see https://a.b/c or file:///etc/passwd or [[A paper]]")
    went: list[str] = []
    inside: list[str] = []
    desk.kit.link_clicked.connect(went.append)
    desk.kit.place_wanted.connect(inside.append)
    for place in (8, 28, 47):
        cursor = desk.edit.textCursor()
        cursor.setPosition(place)
        at = desk.edit.cursorRect(cursor).center()
        QTest.mouseClick(desk.edit.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert len(went) + len(inside) <= 2
        QTest.mouseClick(desk.edit.viewport(), Qt.MouseButton.LeftButton, CONTROL, at)
    assert (went, inside) == (["https://a.b/c"], ["[[A paper]]"])


def test_no_break_spaces_and_emoji_stay_what_they_are(desk: Desk) -> None:
    text = "a\u00a0b 😀 **c😀** d"
    desk.show(text)
    assert desk.edit.toPlainText() == text
    # AND what is bold begins after the emoji, as Qt counts two places for it
    ranges = desk.edit.document().firstBlock().layout().formats()
    bold = [each for each in ranges if each.format.fontWeight() > 500]
    assert [(each.start, each.length) for each in bold] == [(9, 3)]


def test_another_editors_change_keeps_the_cursor_and_undo(desk: Desk) -> None:
    desk.show("one two‸ three")
    desk.type("!")
    desk.notebook.edit("note", "zero one two! three", None)
    assert desk.text == "zero one two!‸ three"
    desk.edit.undo()
    desk.edit.undo()
    assert desk.edit.toPlainText() == "one two three"


# ---- pictures


def picture() -> QMimeData:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(image)
    return data


def test_a_pasted_picture_is_kept_and_named(desk: Desk) -> None:
    kept: list[tuple[str, bytes, str]] = []

    def store(paper: str, _note: str, data: bytes, suffix: str, done: Any) -> None:
        kept.append((paper, data, suffix))
        done("![](picture.png)")

    desk.kit.store_picture = store
    desk.show("see ‸")
    desk.edit.insertFromMimeData(picture())
    assert desk.edit.toPlainText() == "see ![](picture.png)"
    assert kept[0][0] == "paper" and kept[0][2] == ".png"
    assert QImage.fromData(kept[0][1]).width() == 3
    # AND a picture that comes with text is text, as from a spreadsheet
    both = picture()
    both.setText("1\t2")
    desk.edit.insertFromMimeData(both)
    assert desk.edit.toPlainText() == "see ![](picture.png)1\t2"


def test_a_dropped_picture_file_is_read_and_kept(desk: Desk, tmp_path: Any) -> None:
    kept: list[tuple[bytes, str]] = []
    desk.kit.store_picture = lambda _paper, _note, data, suffix, _done: kept.append((data, suffix))
    (tmp_path / "Chart.JPG").write_bytes(b"the bytes as they are")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Chart.JPG"))])
    assert desk.edit.canInsertFromMimeData(data)
    desk.edit.insertFromMimeData(data)
    desk.until(lambda: kept)
    assert kept == [(b"the bytes as they are", ".jpg")]
    # Other files are for the page around the note.
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "paper.pdf"))])
    assert not desk.edit.canInsertFromMimeData(data)


def test_a_picture_that_nobody_keeps_is_not_put_in(desk: Desk) -> None:
    desk.show("see ‸")
    desk.edit.insertFromMimeData(picture())
    assert desk.edit.toPlainText() == "see "
    assert len(desk.notices.cards()) == 1


# ---- styling


def test_a_long_note_is_styled_in_pieces_and_right(desk: Desk) -> None:
    part = "# Heading\n\nText with **bold**.\n\n```\n# code\n```\n\n"
    desk.show(part * 400)
    assert desk.editor.style_.busy
    desk.until(lambda: not desk.editor.style_.busy)
    document = desk.edit.document()
    states = set()
    for number in range(0, document.blockCount() - 8, 8):
        heading = document.findBlockByNumber(number).layout().formats()
        code = document.findBlockByNumber(number + 5)
        assert heading[-1].format.fontWeight() > 500
        assert code.layout().formats()[0].format.fontWeight() < 500
        states.add(code.userState())
    assert states == {lines.scan("```", 0)[1]}


def test_a_key_styles_its_own_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.show("text\n" * 3000)
    desk.until(lambda: not desk.editor.style_.busy)
    scanned: list[str] = []
    real = lines.scan
    monkeypatch.setattr(
        lines, "scan", lambda text, before: scanned.append(text) or real(text, before)
    )
    desk.type("# a")
    assert len(scanned) <= 9


def test_the_date_is_written_as_the_settings_say(desk: Desk) -> None:
    from PySide6.QtCore import QDate

    from reader.ui.notes.formatting import written

    day = QDate(2026, 11, 5)
    assert [written(day, form) for form in ("iso", "day", "month")] == [
        "2026-11-05", "5 November 2026", "November 5, 2026",
    ]  # fmt: skip
    desk.show("‸")
    desk.editor.format.date()
    assert desk.edit.toPlainText() == QDate.currentDate().toString("yyyy-MM-dd")


def test_words_are_counted_also_of_a_selection(desk: Desk) -> None:
    desk.show("one two three")
    assert desk.editor.count.text() == "3 words, 13 characters"
    desk.edit.choose(0, 3)
    desk.until(lambda: desk.editor.count.text() == "1 word, 3 characters selected")
