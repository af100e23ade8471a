"""Hunspell dictionaries are found where systems, offices and readers put them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader.system import dictionaries
from tests.system.dictionaries import install


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are Linux's")
def test_the_readers_own_comes_before_the_systems(own_folders: Path) -> None:
    mine = install(own_folders / ".local" / "share" / "hunspell", "en_US", "word")
    assert dictionaries.find()["en_US"].base == mine


def test_half_a_dictionary_and_strange_names_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "de-DE", "Wort")
    install(tmp_path, "hyph_something-else", "word")
    (tmp_path / "fr_FR.aff").write_text("SET UTF-8\n")
    monkeypatch.setattr(dictionaries, "_folders", lambda: iter([tmp_path, tmp_path / "no"]))
    assert list(dictionaries.find()) == ["de_DE"]


def test_an_offices_extensions_are_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "extensions"
    install(folder / "dict-es" / "es", "es_ES", "palabra")
    monkeypatch.setattr(dictionaries, "_folders", lambda: iter([folder]))
    assert list(dictionaries.find()) == ["es_ES"]


def test_dicpath_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "en_US", "word")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert dictionaries.find()["en_US"].base == tmp_path / "en_US"


def test_there_is_always_a_way_to_get_one() -> None:
    assert dictionaries.how_to_get_one().endswith(".")
