"""A rendered pixel is a pixel of the screen, at every scaling."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of hairlines and small print: any resampling changes it."""
    doc = pymupdf.open()
    page = doc.new_page(width=500, height=700)
    for step in range(5, 500, 7):
        page.draw_line((step, 5), (step + 40, 690), width=0.3)
    for line in range(60):
        page.insert_text((20, 20 + 11 * line), "Small print with fine serifs. " * 3, fontsize=7)
    path = tmp_path_factory.mktemp("papers") / "grid.pdf"
    doc.save(path)
    doc.close()
    return path


@pytest.mark.parametrize(
    "ratio, left, top", [("1", 0, 0), ("1.25", 13, 7), ("1.5", 13, 7), ("2", 3, 5)]
)
def test_pages_are_painted_pixel_by_pixel(grid: Path, ratio: str, left: int, top: int) -> None:
    environment = os.environ | {
        "QT_SCALE_FACTOR": ratio,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
    }
    probe = Path(__file__).with_name("sharp_probe.py")
    done = subprocess.run(
        [sys.executable, str(probe), str(grid), str(left), str(top)],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    found, rows, same = done.stdout.split()
    assert float(found) == float(ratio)
    assert int(rows) > 20
    assert same == rows
