"""The hunspell dictionaries that are installed on this system, for the spell check of notes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reader.domain.value import dataclass

_NAME = re.compile(r"[a-z]{2,3}(?:_[A-Z][A-Za-z]{1,3})?(?:_\w+)?")
_DEEPEST = 4  # folders below LibreOffice's extensions
_HINTS = {
    "linux": "Install one with your package manager, such as hunspell-en-us or hunspell-de-de.",
    "darwin": "Put the .aff and .dic file of a language into ~/Library/Spelling.",
    "win32": "Install LibreOffice, or put a language's .aff and .dic file into %APPDATA%\\hunspell.",
}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A language and the path of its files without .aff and .dic."""

    language: str  # as "en_US"
    base: Path


def find() -> dict[str, Dictionary]:
    """The installed dictionaries by language, the reader's own before the system's."""
    found: dict[str, Dictionary] = {}
    for folder in _folders():
        for file in _files(folder):
            language = file.stem.replace("-", "_")
            if _NAME.fullmatch(language) and file.with_suffix(".dic").is_file():
                found.setdefault(language, Dictionary(language, file.with_suffix("")))
    return dict(sorted(found.items()))


def how_to_get_one() -> str:
    """A sentence for a system without dictionaries."""
    return _HINTS.get(sys.platform, _HINTS["linux"])


def _files(folder: Path) -> Iterator[Path]:
    """The .aff files of a folder; of an office's extensions also deeper ones."""
    try:
        yield from sorted(folder.glob("*.aff"))
        if folder.name in ("extensions", "Extensions"):
            for depth in range(1, _DEEPEST):
                yield from sorted(folder.glob("/".join(["*"] * depth) + "/*.aff"))
    except OSError:
        return


def _folders() -> Iterator[Path]:
    home = Path.home()
    if extra := os.environ.get("DICPATH"):  # hunspell's own variable
        yield from (Path(part) for part in extra.split(os.pathsep) if part)
    match sys.platform:
        case "win32":
            roaming = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
            yield roaming / "hunspell"
            for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
                if folder := os.environ.get(name):
                    yield Path(folder) / "LibreOffice" / "share" / "extensions"
        case "darwin":
            yield home / "Library" / "Spelling"
            yield Path("/Library/Spelling")
            yield Path("/Applications/LibreOffice.app/Contents/Resources/extensions")
        case _:
            data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
            yield from (data / "hunspell", data / "myspell", home / ".hunspell")
            for root in (Path("/usr/share"), Path("/usr/local/share")):
                yield from (root / "hunspell", root / "myspell", root / "myspell" / "dicts")
            for root in (Path("/usr/lib"), Path("/usr/lib64"), Path("/opt")):
                yield root / "libreoffice" / "share" / "extensions"
