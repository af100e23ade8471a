"""What a window remembers is on the disk while it runs: a crash costs no tab."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.ui.conftest import Start


def test_open_tabs_and_sizes_are_stored_before_the_window_ends(
    start: Start, library: Path, pdf: Path, tmp_path: Path
) -> None:
    # GIVEN a running window
    file = tmp_path / "config" / "window.json"
    win = start(library)

    def stored() -> dict[str, Any]:
        return json.loads(file.read_text("utf-8"))[str(library)] if file.is_file() else {}

    # WHEN a document is opened, and the window made larger
    win.app.tabs.open_file(pdf)
    win.until(lambda: len(stored().get("tabs", [])) == 1)
    geometry = stored()["geometry"]
    win.app.window.resize(1310, 820)
    # THEN both are on the disk although nothing was closed
    win.until(lambda: stored()["geometry"] != geometry)
    assert str(pdf) in json.dumps(stored()["tabs"])
