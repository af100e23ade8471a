"""Emoji are drawn on a machine that has no font for them, and the system's own come first."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from reader import paths
from reader.ui import emoji_font


def test_a_system_with_emoji_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Inter", "Noto Color Emoji"])
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", pytest.fail)
    assert not emoji_font.load()


def test_without_one_the_programs_is_used_for_emoji_alone(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Inter"])
    before = QFontDatabase.applicationEmojiFontFamilies()
    family = qapp.font().family()
    try:
        assert emoji_font.load()
        assert "Noto Emoji" in QFontDatabase.applicationEmojiFontFamilies()
        assert qapp.font().family() == family
    finally:
        QFontDatabase.setApplicationEmojiFontFamilies(before)


def test_it_is_small_and_its_licence_is_beside_it() -> None:
    assert paths.resource(emoji_font.FILE).stat().st_size < 1_000_000
    assert "SIL Open Font License" in paths.resource("fonts/OFL-NotoEmoji.txt").read_text()
