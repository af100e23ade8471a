"""The spell check in an editor: wrong words underlined, suggestions in the context menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu

from reader.ui.notes import lines
from reader.ui.notes.patching import qt_length
from reader.ui.notes.speller import Speller

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_FEW = 12  # words that are looked for one by one


class SpellCheck(QObject):
    """Marks an editor's words."""

    def __init__(self, editor: NoteEditor, speller: Speller) -> None:
        super().__init__(editor)
        self._editor = editor
        self._edit = editor.edit
        self._speller = speller
        editor.style_.wrong = self._mark
        self._edit.menus.append(self._fill_menu)
        speller.learned.connect(self._learned)
        speller.renewed.connect(editor.style_.in_pieces)
        editor.style_.in_pieces()

    def _mark(self, text: str, flags: list[int]) -> None:
        for start, end in lines.words(text, flags):
            if self._speller.is_wrong(text[start:end]):
                for place in range(start, end):
                    flags[place] |= lines.WRONG

    def _learned(self, words: set[str]) -> None:
        """Style the lines with the words anew."""
        if len(words) > _FEW:
            self._editor.style_.in_pieces()
            return
        document = self._edit.document()
        blocks: dict[int, QTextBlock] = {}
        for word in words:
            found = document.find(word)
            while not found.isNull():
                blocks[found.blockNumber()] = found.block()
                found.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                found = document.find(word, found)
        self._editor.style_.restyle(blocks.values())

    # -- the menu --------------------------------------------------------

    def _word_at(self, cursor: QTextCursor) -> tuple[int, int, str] | None:
        """Start, end and text of the wrong word at a place."""
        block = cursor.block()
        text = block.text()
        index = lines.index_of(text, cursor.positionInBlock())
        flags, _ = lines.scan(text, max(block.previous().userState(), 0))
        for start, end in lines.words(text, flags):
            word = text[start:end]
            if start <= index <= end and self._speller.is_wrong(word):
                first = block.position() + qt_length(text[:start])
                return first, first + qt_length(word), word
        return None

    def _fill_menu(self, menu: QMenu, cursor: QTextCursor) -> None:
        before = menu.actions()[0] if menu.actions() else None
        found = self._word_at(cursor)
        if found is not None:
            self._offer(menu, before, *found)
        menu.addSeparator()
        self._languages(menu.addMenu(self.tr("Spelling")))

    def _offer(self, menu: QMenu, before: QAction | None, start: int, end: int, word: str) -> None:
        """Suggestions as soon as they are there, and the way into the reader's own dictionary."""
        waiting = QAction(self.tr("Looking for suggestions…"), menu)
        waiting.setEnabled(False)
        add = QAction(self.tr("Add “{}” to your dictionary").format(word), menu)
        add.triggered.connect(lambda: self._speller.add(word))
        line = QAction(menu)
        line.setSeparator(True)
        for action in (waiting, add, line):
            menu.insertAction(before, action) if before else menu.addAction(action)

        def arrived(suggestions: list[str]) -> None:
            if not shiboken6.isValid(menu):
                return
            for suggestion in suggestions:
                action = QAction(suggestion, menu)
                font = action.font()
                font.setBold(True)
                action.setFont(font)
                action.triggered.connect(partial(self._replace, start, end, word, suggestion))
                menu.insertAction(waiting, action)
            waiting.setText(self.tr("No suggestions"))
            waiting.setVisible(not suggestions)

        self._speller.suggest(word, arrived, menu)

    def _replace(self, start: int, end: int, word: str, suggestion: str) -> None:
        """Put a suggestion in, unless the text has changed under the menu."""
        if self._edit.between(start, end) == word and not self._edit.isReadOnly():
            cursor = self._edit.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(suggestion)

    def _languages(self, menu: QMenu) -> None:
        speller = self._speller
        if speller.asked and not speller.languages:
            told = menu.addAction(self.tr("No dictionary is installed."))
            told.setEnabled(False)
            hint = menu.addAction(speller.hint)
            hint.setEnabled(False)
            return
        present = self._editor.kit.text("spelling", "auto")
        names = {"auto": self.tr("The system's language and English"), "off": self.tr("Off")}
        names |= {name: name.replace("_", " ") for name in speller.languages}
        group = QActionGroup(menu)
        for setting, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(setting == present)
            group.addAction(action)
            action.triggered.connect(lambda _checked, setting=setting: speller.choose(setting))
