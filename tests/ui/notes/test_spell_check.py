"""The spell check in an editor: underlined words, suggestions, the reader's own dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu

from reader.services import spelling
from tests.system.dictionaries import install
from tests.ui.notes.conftest import Desk


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dictionaries"
    install(folder, "en_US", "the model is good and attention")
    monkeypatch.setattr("reader.system.dictionaries._folders", lambda: iter([folder]))
    monkeypatch.setattr(spelling, "_LOADED", {})
    return folder


def underlined(desk: Desk) -> list[str]:
    """The words with a wave under them."""
    wave = QTextCharFormat.UnderlineStyle.SpellCheckUnderline
    found: list[str] = []
    block = desk.edit.document().firstBlock()
    while block.isValid():
        found += [
            block.text()[each.start : each.start + each.length]
            for each in block.layout().formats()
            if each.format.underlineStyle() == wave
        ]
        block = block.next()
    return found


def menu_at(desk: Desk, word: str) -> QMenu:
    """The context menu of a word, as far as the spell check fills it."""
    menu = QMenu(desk.editor)
    menu.addAction("Copy")
    cursor: QTextCursor = desk.edit.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 1)
    desk.own.spelling._fill_menu(menu, cursor)
    return menu


def shown(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and action.text()]


def test_wrong_words_are_underlined_but_not_in_code_math_and_links(
    desk: Desk, dictionary: Path
) -> None:
    desk.settings.set("spelling", "en_US")
    desk.show("# The modle\n\nTeh **atention** is good; `teh` $teh$ https://teh.com [teh](x)")
    desk.until(lambda: underlined(desk) == ["modle", "Teh", "atention"])


def test_a_suggestion_replaces_the_word(desk: Desk, dictionary: Path) -> None:
    desk.settings.set("spelling", "en_US")
    desk.show("is teh model")
    desk.until(lambda: underlined(desk) == ["teh"])
    menu = menu_at(desk, "teh")
    desk.until(lambda: "the" in shown(menu))
    next(action for action in menu.actions() if action.text() == "the").trigger()
    assert desk.edit.toPlainText() == "is the model"
    desk.edit.undo()
    assert desk.edit.toPlainText() == "is teh model"


def test_a_word_of_ones_own_is_right_from_now_on(
    desk: Desk, dictionary: Path, own_folders: Path
) -> None:
    desk.settings.set("spelling", "en_US")
    desk.show("Bahdanau is good and Bahdanau is teh")
    desk.until(lambda: underlined(desk) == ["Bahdanau", "Bahdanau", "teh"])
    menu = menu_at(desk, "Bahdanau")
    next(action for action in menu.actions() if "Add" in action.text()).trigger()
    assert underlined(desk) == ["teh"]
    desk.until((own_folders / "words.txt").is_file)
    assert (own_folders / "words.txt").read_text("utf-8") == "Bahdanau\n"


def test_it_is_switched_off_in_the_menu(desk: Desk, dictionary: Path) -> None:
    desk.settings.set("spelling", "auto")
    desk.show("teh")
    desk.until(lambda: underlined(desk) == ["teh"])
    languages = menu_at(desk, "teh").findChildren(QMenu)[0]
    assert [a.text() for a in languages.actions() if a.isChecked()] == [
        "The system's language and English"
    ]
    next(action for action in languages.actions() if action.text() == "Off").trigger()
    desk.until(lambda: underlined(desk) == [])
    assert desk.settings.text("spelling") == "off"


def test_without_a_dictionary_it_is_off_and_the_menu_says_how_to_get_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.system.dictionaries._folders", lambda: iter(()))
    desk.settings.set("spelling", "auto")
    desk.show("teh")
    desk.until(lambda: desk.parts.speller.asked)
    assert underlined(desk) == []
    said = shown(menu_at(desk, "teh").findChildren(QMenu)[0])
    assert said == ["No dictionary is installed.", spelling.hint()]
    assert desk.notices.cards() == []
