"""What a start loads: each first paint does without what the other and the rest need."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reader.app.pieces import LIBRARY_PIECES, PIECES

_CODE = """
import sys
{first}
early = {{name for name in sys.modules if name.startswith("reader.")}}
from importlib import import_module
from reader.app.pieces import LIBRARY_PIECES, PIECES
for name in (*LIBRARY_PIECES, *PIECES):
    import_module(name)
pieces = {{name for name in sys.modules if name.startswith("reader.")}}
import reader.app.late, reader.app.library_side, reader.ui.tabs.equipment
everything = {{name for name in sys.modules if name.startswith("reader.")}}
print(len(everything - pieces), len(everything - early))
print(*sorted(early))
"""
_LIBRARY = "import reader.app.build, reader.app.library_side"
_DOCUMENT = "import reader.app.build, reader.ui.tabs.viewers"
_OF_NEITHER = (
    "reader.formats", "reader.pdf.structure", "reader.services.importing",
    "reader.services.findings", "reader.services.texts", "reader.ui.viewer.study",
    "reader.ui.viewer.list_pane", "reader.ui.tabs.equipment",
)  # fmt: skip


@pytest.mark.parametrize(
    "first, without, late_at_least",
    [
        (_LIBRARY, (*PIECES, *_OF_NEITHER, "reader.ui.viewer.page"), 100),
        (_DOCUMENT, (*LIBRARY_PIECES, *_OF_NEITHER, "reader.ui.browse.library_page"), 100),
    ],
    ids=["library", "document"],
)
def test_the_rest_comes_in_pieces_after_the_first_paint(
    first: str, without: tuple[str, ...], late_at_least: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE.format(first=first)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    counts, loaded = done.stdout.split("\n", 1)
    left, late = map(int, counts.split())
    # THEN what the first paint does without is not loaded for it
    early = set(loaded.split())
    assert [name for name in without if name in early or _within(name, early)] == []
    # AND hardly anything is left for one long wait
    assert late > late_at_least and left < late / 3


def _within(package: str, names: set[str]) -> bool:
    return any(name.startswith(f"{package}.") for name in names)


def test_no_source_is_read_for_a_feature_of_pyside() -> None:
    # GIVEN what a window's start loads WHEN it is loaded
    code = f"import linecache; {_LIBRARY}; print(*linecache.cache)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    # THEN at most the modules that lie below the interface were looked through for Qt
    read = [file for file in done.stdout.split() if "/reader/" in file.replace("\\", "/")]
    assert [file for file in read if f"{os.sep}ui{os.sep}" in file] == []


def test_no_piece_is_named_twice() -> None:
    assert len({*LIBRARY_PIECES, *PIECES}) == len(LIBRARY_PIECES) + len(PIECES)
