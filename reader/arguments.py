"""Window or command?  Decided with the standard library alone.

`paper-reader [--library FOLDER] [--set KEY=VALUE]... [COMMAND | FILE...]`: the
first word is a command if it is one, else a file ("./list" for a file called
list), and options may follow files.  An address "paper-reader://..." stands for
a place in the library.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

COMMANDS = (
    "annotate",
    "annotations",
    "attach",
    "backup",
    "check",
    "claims",
    "export",
    "find",
    "import",
    "inspect",
    "list",
    "mentions",
    "note",
    "notes",
    "references",
    "remark",
    "replace-file",
    "restore",
    "show",
    "snapshot",
    "starter",
    "state",
    "tag",
    "text",
)

# The endings of files that are read as they are; what a file really is, its bytes say.
DOCUMENTS = frozenset(
    [
        ".pdf", ".epub", ".xps", ".oxps", ".cbz", ".docx",
        ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff",
    ]
)  # fmt: skip


class WindowStart(NamedTuple):
    """A start of the window: on which library, with which settings, opening which files, places."""

    library: Path | None = None
    settings: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    places: tuple[str, ...] = ()


def window_start(words: list[str]) -> WindowStart | None:
    """How to open the window, or None when the words are for the command line.

    Words that are neither (an unknown option, a missing value) belong to the
    command line too, which says what is wrong with them.
    """
    library: Path | None = None
    settings: list[str] = []
    named: list[str] = []  # files and places
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            named += rest
            break
        if word == "-" or not word.startswith("-"):
            if word in COMMANDS and not named:
                return None
            named.append(word)
            continue
        name, equals, value = word.partition("=")
        if name not in ("--library", "--set") or (not equals and not rest):
            return None
        value = value if equals else rest.pop(0)
        if name == "--library" and not value:
            return None
        if name == "--library":
            library = Path(value).expanduser().absolute()
        else:
            settings.append(value)
    places = tuple(word for word in named if word.lower().startswith("paper-reader:"))
    files = tuple(Path(word).absolute() for word in named if word not in places)
    return WindowStart(library, tuple(settings), files, places)
