"""The spell check: installed dictionaries, the reader's own words, languages by the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.errors import NotFoundError, ReaderError
from reader.services import spelling
from tests.system.dictionaries import install


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small English dictionary and a German one, and none of the machine's own."""
    folder = tmp_path / "dictionaries"
    install(folder, "en_US", "attention/S the model is")
    install(folder, "de_DE", "Modell das")
    monkeypatch.setattr("reader.system.dictionaries._folders", lambda: iter([folder]))
    monkeypatch.setattr(spelling, "_LOADED", {})
    return folder


def test_words_that_no_dictionary_knows_are_wrong(installed: Path) -> None:
    words = ["the", "The", "attentions", "model’s", "teh", "das"]
    assert spelling.wrong(words, ["en_US"]) == {"teh", "das"}
    assert spelling.wrong(words, ["en_US", "de_DE"]) == {"teh"}


def test_words_in_another_script_are_not_judged(installed: Path) -> None:
    # GIVEN dictionaries in Latin letters WHEN words of other scripts are asked for
    words = ["teh", "中文", "слово", "λόγος", "λ-calculus", "한국어", "modèle"]
    # THEN only those in Latin letters can be wrong, accents or not
    assert spelling.wrong(words, ["en_US", "de_DE"]) == {"teh", "modèle"}
    # AND a dictionary in another script judges its own
    install(installed, "ru_RU", "слово модель")
    assert spelling.wrong([*words, "слвоо"], ["en_US", "ru_RU"]) == {"teh", "modèle", "слвоо"}


def test_folders_are_looked_through_for_what_is_not_in_memory_alone(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a dictionary in memory
    assert spelling.wrong(["teh"], ["en_US"]) == {"teh"}
    looked: list[Path] = []
    monkeypatch.setattr(
        "reader.system.dictionaries._folders", lambda: looked.append(installed) or iter([installed])
    )
    # WHEN more words are asked THEN nothing is looked for on the disk
    for word in ("the", "modle", "is"):
        spelling.wrong([word], ["en_US"])
    assert looked == []
    # AND another language is
    assert spelling.wrong(["das", "the"], ["en_US", "de_DE"]) == set()
    assert looked == [installed]


def test_suggestions_are_words_of_the_dictionary(installed: Path) -> None:
    assert spelling.suggestions("teh", ["en_US"])[0] == "the"


def test_the_setting_names_languages(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert spelling.languages() == ["de_DE", "en_US"]
    assert spelling.chosen("off") == []
    assert spelling.chosen("de_DE, xx en_US") == ["de_DE", "en_US"]
    # WHEN the system speaks German, English is checked too, as most papers are in it
    monkeypatch.setattr("locale.getlocale", lambda: ("de_AT", "UTF-8"))
    assert spelling.chosen("auto") == ["de_DE", "en_US"]
    monkeypatch.setattr("locale.getlocale", lambda: ("en_GB", "UTF-8"))
    assert spelling.chosen("auto") == ["en_US"]


def test_own_words_are_kept_in_a_plain_file(own_folders: Path) -> None:
    assert spelling.own_words() == set()
    spelling.add_word("tokenization")
    spelling.add_word("Bahdanau")
    assert spelling.own_words() == {"tokenization", "Bahdanau"}
    assert (own_folders / "words.txt").read_text("utf-8") == "Bahdanau\ntokenization\n"


def test_a_word_that_cannot_be_stored_says_so(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPER_READER_CONFIG", str(own_folders / "file" / "settings.json"))
    (own_folders / "file").write_text("in the way")
    with pytest.raises(ReaderError, match="could not be stored"):
        spelling.add_word("word")


def test_without_a_dictionary_the_error_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.system.dictionaries._folders", lambda: iter(()))
    assert spelling.chosen("auto") == [] == spelling.languages()
    with pytest.raises(NotFoundError):
        spelling.wrong(["word"], ["en_US"])
    assert spelling.hint()


def test_a_broken_dictionary_says_which(installed: Path) -> None:
    (installed / "en_US.aff").write_bytes(b"SET NOSUCHCODE\nPFX A Y 99999\n")
    with pytest.raises(ReaderError, match="en_US"):
        spelling.wrong(["word"], ["en_US"])
