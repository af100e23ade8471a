"""What a start loads: a library's first paint does without the viewer and the formats."""

from __future__ import annotations

import subprocess
import sys

from reader.app.pieces import LIBRARY_PIECES, PIECES

_CODE = """
import sys
import reader.app.build
early = {name for name in sys.modules if name.startswith("reader.")}
from importlib import import_module
from reader.app.pieces import LIBRARY_PIECES, PIECES
for name in (*LIBRARY_PIECES, *PIECES):
    import_module(name)
pieces = {name for name in sys.modules if name.startswith("reader.")}
import reader.app.late, reader.ui.tabs.viewers
everything = {name for name in sys.modules if name.startswith("reader.")}
print(len(early & set(PIECES)), len(everything - pieces), len(everything - early))
print(*sorted(name for name in early if name.startswith(
    ("reader.formats", "reader.pdf.structure", "reader.ui.viewer.page", "reader.services.importing")
)))
"""


def test_the_rest_comes_in_pieces_after_the_first_paint() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, timeout=60
    )
    counts, strangers = done.stdout.split("\n", 1)
    early, left, late = map(int, counts.split())
    # THEN no piece is loaded for the first paint, nor are formats, structure and viewer
    assert early == 0 and strangers.strip() == ""
    # AND hardly anything is left for one long wait
    assert late > 100 and left < late / 3
    assert len({*LIBRARY_PIECES, *PIECES}) == len(LIBRARY_PIECES) + len(PIECES)
