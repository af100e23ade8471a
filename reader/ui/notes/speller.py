"""Which words are spelled wrong: asked in pieces on a worker, and kept for all editors."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from reader.domain.errors import ReaderError
from reader.ui.notes.kit import Kit

_SERVICE = "reader.services.spelling"  # with spylls, loaded on the worker
_WAITS = 500  # ms without a new word before the dictionary is asked
_LOOK_AGAIN = 60_000  # ms after which dictionaries may have been installed or taken away
_BATCH = 500  # words asked at once
_MOST = 50_000  # words whose answer is kept

_Installed = tuple[list[str], list[str], str]  # languages, those that are checked, how to get one


class Speller(QObject):
    """The spell check of a window."""

    learned = Signal(object)  # the set of words found wrong, or right after all
    renewed = Signal()  # everything is to be looked at anew

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.languages: list[str] = []  # those that are installed
        self.chosen: list[str] = []  # those that are checked; empty when nothing is
        self.hint = ""  # how to get a dictionary
        self.asked = False  # whether it is known what is installed
        self._wrong: dict[str, bool] = {}
        self._own: set[str] = set()
        self._wanted: set[str] = set()
        self._busy = False
        self._looked = QElapsedTimer()  # since it was looked what is installed
        self._timer = QTimer(self, singleShot=True, interval=_WAITS)
        self._timer.timeout.connect(self._ask)
        kit.setting_changed.connect(self._setting_changed)

    def is_wrong(self, word: str) -> bool:
        """Whether a word is known to be wrong; one never seen is going to be asked for."""
        found = self._wrong.get(word)
        if found is None and not (self.asked and not self.chosen):
            self._wanted.add(word)
            if not self._busy:
                self._timer.start()
        return bool(found)

    def suggest(self, word: str, then: Callable[[list[str]], None], owner: QObject) -> None:
        """What a word may have meant to be."""
        self._kit.read(
            _call, "suggestions", word, self.chosen,
            then=then, failed=lambda _error: then([]), owner=owner,
        )  # fmt: skip

    def add(self, word: str) -> None:
        """Take a word as right, from now on."""
        self._own.add(word)
        self._wrong[word] = False
        self._kit.read(_call, "add_word", word, then=lambda _none: None, owner=self)
        self.learned.emit({word})

    def choose(self, setting: str) -> None:
        """Check in other languages: "auto", "off" or names."""
        if self._kit.settings is not None:
            self._kit.settings.set("spelling", setting)

    def _setting_changed(self, key: str) -> None:
        if key == "spelling":
            self.asked = False
            self._looked.invalidate()
            self._wrong.clear()
            self.renewed.emit()

    def _ask(self) -> None:
        if self._busy:
            return
        self._busy = True
        words = [self._wanted.pop() for _ in range(min(_BATCH, len(self._wanted)))]
        again = not self._looked.isValid() or self._looked.hasExpired(_LOOK_AGAIN)
        if again:
            self._looked.start()
        self._kit.read(
            _look, self._kit.text("spelling", "auto"), None if again else self.chosen, words,
            then=lambda found: self._answered(words, *found), failed=self._failed, owner=self,
        )  # fmt: skip

    def _answered(
        self, words: list[str], installed: _Installed | None, own: set[str], wrong: set[str]
    ) -> None:
        if installed is not None:
            self.languages, self.chosen, self.hint = installed
            self.asked = True
        self._own |= own
        self._busy = False
        if len(self._wrong) > _MOST:
            self._wrong.clear()
        self._wrong.update((word, word in wrong and word not in self._own) for word in words)
        if wrong - self._own:
            self.learned.emit(wrong - self._own)
        if self._wanted and self.chosen:
            self._ask()
        elif not self.chosen:
            self._wanted.clear()

    def _failed(self, error: ReaderError) -> None:
        self._busy, self.asked, self.chosen = False, True, []
        self._wanted.clear()
        self._kit.notices.warn(error.message, error.hint)


def _call(name: str, *args: Any) -> Any:
    return getattr(import_module(_SERVICE), name)(*args)


def _look(
    setting: str, known: list[str] | None, words: list[str]
) -> tuple[_Installed | None, set[str], set[str]]:
    """(what is installed, own words, wrong words); the folders are read for `known` None alone."""
    service = import_module(_SERVICE)
    if known is not None:
        return None, set(), service.wrong(words, known) if known else set()
    chosen = service.chosen(setting)
    wrong = service.wrong(words, chosen) if chosen else set()
    return (service.languages(), chosen, service.hint()), service.own_words(), wrong
