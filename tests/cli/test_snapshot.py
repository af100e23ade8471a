"""The picture of the window: written by a process of its own, as a person calls it."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT


def snapshot(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PAPER_READER_CONFIG": str(folder.parent / "config")}
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(folder), *words],
        capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120,
    )  # fmt: skip


def first_pixel(picture: Path) -> tuple[int, int, int]:
    """The colour at the top left of an 8-bit RGB or RGBA picture, read without Qt."""
    data = picture.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and data[24] == 8 and data[25] in (2, 6)
    packed, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        packed += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    # A line begins with its filter; the first pixel of the first line is plain in all of them.
    red, green, blue = zlib.decompress(packed)[1:4]
    return red, green, blue


@pytest.mark.parametrize(
    "before, after, dark",
    [
        (["--set", "theme=dark"], [], True),
        (["--set", "theme=dark"], ["--theme", "light"], False),
    ],
)
def test_a_setting_for_this_run_counts_in_the_picture(
    starter: Path, before: list[str], after: list[str], dark: bool
) -> None:
    # GIVEN a library WHEN its picture is taken with a theme set for this run
    out = starter.parent / "window.png"
    said = snapshot(starter, *before, "snapshot", str(out), *after)
    # THEN the window is in it; the command's own option is the last word
    assert (said.returncode, said.stdout, said.stderr) == (0, f"{out}\n", "")
    assert (max(first_pixel(out)) < 100) is dark


def test_a_page_that_is_not_there_is_one_line(starter: Path) -> None:
    # GIVEN the guide WHEN a picture of a page beyond its end is asked for
    out = starter.parent / "page.png"
    said = snapshot(starter, "snapshot", str(out), "--view", "viewer", "--page", "999")
    # THEN that is said, and no picture written
    assert (said.returncode, said.stdout) == (1, "")
    assert (
        said.stderr == "paper-reader: There is no page 999, counted from 1: the document has 10.\n"
    )
    assert not out.exists()
