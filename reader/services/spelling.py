"""The spelling of words, by installed hunspell dictionaries read by spylls.

Loading it and a dictionary takes most of a second and some 60 MB: all of it is
done on a worker, and only when a note is written.  Words are asked for in
pieces, and the answers are kept by whoever asks.
"""

from __future__ import annotations

import contextlib
import io
import locale
import os
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from spylls.hunspell import Dictionary as Spylls
from spylls.hunspell import readers
from spylls.hunspell.readers.file_reader import BaseReader

from reader import paths
from reader.domain.errors import NotFoundError, ReaderError
from reader.system import dictionaries

_MOST = 6  # suggestions
_LONGEST = 60  # characters of a word that is looked up
_LOCK = threading.Lock()
_LOADED: dict[str, Spylls] = {}  # by language
_SCRIPTS: WeakKeyDictionary[Spylls, set[str]] = WeakKeyDictionary()
_KEPT = 2  # dictionaries in memory
_SAMPLE = 200  # words that show a dictionary's script


def languages() -> list[str]:
    """The languages that can be checked."""
    return list(dictionaries.find())


def hint() -> str:
    """How to get a dictionary, in a sentence."""
    return dictionaries.how_to_get_one()


def chosen(setting: str) -> list[str]:
    """The languages that a setting means: "auto", "off" or names such as "de_DE en_US".

    "auto" is the system's language and English, in which most papers are written.
    """
    known = dictionaries.find()
    if setting.strip() == "off":
        return []
    if setting.strip() not in ("", "auto"):
        return [name for name in setting.replace(",", " ").split() if name in known][:_KEPT]
    own = (locale.getlocale()[0] or "en_US").replace("-", "_")
    wanted = [own, *(name for name in known if name[:2] == own[:2]), "en_US", "en_GB"]
    wanted += [name for name in known if name.startswith("en")]
    first = next((name for name in wanted if name in known), None)
    if first is None:
        return []
    english = next((n for n in wanted if n in known and n[:2] == "en" and first[:2] != "en"), None)
    return [first, english] if english else [first]


def wrong(words: Iterable[str], names: Sequence[str]) -> set[str]:
    """Those of some words that no dictionary of the languages knows; takes 0.1 ms a word.

    Words in letters that none of them is written in (Chinese beside an English
    dictionary) are not theirs to judge.
    """
    with _LOCK:
        loaded = _loaded(names)
        own = {script for one in loaded for script in _scripts_of(one)}
        return {
            word
            for word in words
            if _scripts(word) <= own and not any(_knows(one, word) for one in loaded)
        }


def suggestions(word: str, names: Sequence[str]) -> list[str]:
    """What the word may have meant to be; takes a tenth of a second and more."""
    found: list[str] = []
    with _LOCK:
        for one in _loaded(names):
            for suggestion in one.suggest(word):
                if suggestion not in found:
                    found.append(suggestion)
                if len(found) == _MOST:
                    return found
    return found


def _scripts(text: str) -> set[str]:
    """The scripts of a text's letters, by the first word of their names: LATIN, CYRILLIC, CJK."""
    return {unicodedata.name(it, "?").split()[0] for it in text if it.isalpha()}


def _scripts_of(dictionary: Spylls) -> set[str]:
    """The scripts that more than a tenth of a dictionary's words are written in."""
    if known := _SCRIPTS.get(dictionary):
        return known
    words = dictionary.dic.words
    sample = [word.stem for word in words[:: len(words) // _SAMPLE + 1]]
    found = Counter(script for stem in sample for script in _scripts(stem))
    scripts = {script for script, count in found.items() if count * 10 > len(sample)}
    return _SCRIPTS.setdefault(dictionary, scripts)


def _knows(dictionary: Spylls, word: str) -> bool:
    plain = word.replace("’", "'")
    if len(plain) > _LONGEST or dictionary.lookup(plain):
        return True
    return plain.endswith("'s") and dictionary.lookup(plain[:-2])


class _InMemory(BaseReader):
    """A file read whole: spylls' own reader leaves files open."""

    def __init__(self, path: Path, encoding: str = "Windows-1252") -> None:
        self._data = path.read_bytes()
        super().__init__(self._opened(encoding))

    def _opened(self, encoding: str) -> io.StringIO:
        return io.StringIO(self._data.decode(encoding, "surrogateescape"), newline=None)

    def reset_encoding(self, encoding: str) -> None:
        self.reset_io(self._opened(encoding))


def _read(base: Path) -> Spylls:
    rules, context = readers.read_aff(_InMemory(base.with_name(base.name + ".aff")))
    file = _InMemory(base.with_name(base.name + ".dic"), context.encoding)
    return Spylls(rules, readers.read_dic(file, aff=rules, context=context))


def _loaded(names: Sequence[str]) -> list[Spylls]:
    if not names or any(name not in _LOADED for name in names):
        _load(names)
    for name in [name for name in _LOADED if name not in names]:
        del _LOADED[name]
    return [_LOADED[name] for name in names if name in _LOADED]


def _load(names: Sequence[str]) -> None:
    """Read the dictionaries that are not in memory; only then are the folders looked through."""
    known = dictionaries.find()
    found = [known[name] for name in names if name in known]
    if not found:
        raise NotFoundError(
            "There is no dictionary to check the spelling with.", dictionaries.how_to_get_one()
        )
    for one in found:
        if one.language not in _LOADED:
            try:
                _LOADED[one.language] = _read(one.base)
            except Exception as error:
                raise ReaderError(
                    f"The dictionary {one.base.name} cannot be read, so spelling is not checked.",
                    "Install it anew, or choose another language in the preferences.",
                    str(error),
                ) from error


def own_words() -> set[str]:
    """The words the reader has added, one a line in words.txt beside the settings."""
    try:
        text = _own_file().read_text(encoding="utf-8")
    except (OSError, ValueError):
        return set()
    return {line.strip() for line in text.splitlines() if line.strip()}


def add_word(word: str) -> None:
    """Add a word to the reader's own; raises ReaderError when it cannot be stored."""
    file = _own_file()
    text = "\n".join(sorted(own_words() | {word})) + "\n"
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise ReaderError(
            f"“{word}” holds for now, but it could not be stored.",
            f"Look whether {file} can be written.",
            str(error),
        ) from error


def _own_file() -> Path:
    return paths.config_file().with_name("words.txt")
