"""Where the program's own files and the reader's folders are.

Standard library only, because a window start pays for every import before its
first paint (the usual package for this costs 12 ms there).  No function makes
a folder or a file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

LIBRARY_VARIABLE = "PAPER_READER_LIBRARY"
CONFIG_VARIABLE = "PAPER_READER_CONFIG"

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"  # a wheel carries both folders inside the package
_FOLDER = "paper-reader"


def _shipped() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def resource(name: str) -> Path:
    """A file or folder of resources/ by its relative posix name, in a checkout or installed."""
    return _shipped() / "resources" / name


def seeds() -> Path:
    """The folder of the starter pages, in a checkout or installed."""
    return _shipped() / "seeds"


def data_folder() -> Path:
    """The library's folder: PAPER_READER_LIBRARY, else the platform's data folder."""
    return _chosen(LIBRARY_VARIABLE) or _platform_folder("XDG_DATA_HOME", ".local/share")


def cache_folder() -> Path:
    """Where answers of the web are kept for a while; losing it loses nothing."""
    if sys.platform == "win32":
        return _platform_folder("", "") / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / _FOLDER
    return _platform_folder("XDG_CACHE_HOME", ".cache")


def config_file() -> Path:
    """The settings file: PAPER_READER_CONFIG, else settings.json in the platform's config folder."""
    return _chosen(CONFIG_VARIABLE) or (
        _platform_folder("XDG_CONFIG_HOME", ".config") / "settings.json"
    )


def _chosen(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value).expanduser().absolute() if value else None


def _platform_folder(variable: str, default: str) -> Path:
    """The folder of the platform's convention; Windows and macOS keep data and settings together."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / _FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _FOLDER
    base = os.environ.get(variable, "")
    # The XDG specification: a relative path there is to be ignored.
    return (Path(base) if base.startswith("/") else Path.home() / default) / _FOLDER
