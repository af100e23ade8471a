"""Makes small hunspell dictionaries."""

from __future__ import annotations

from pathlib import Path


def install(folder: Path, language: str, words: str) -> Path:
    """Put a dictionary of some words into a folder; "/S" takes an s at its end."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = "SET UTF-8\nTRY etaoinshrdlu\nSFX S Y 1\nSFX S 0 s .\n"
    (folder / f"{language}.aff").write_text(rules, encoding="utf-8")
    lines = words.split()
    text = "\n".join([str(len(lines)), *lines]) + "\n"
    (folder / f"{language}.dic").write_text(text, encoding="utf-8")
    return folder / language
