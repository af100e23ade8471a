"""Killed while copies with annotations are written: no half of one under its name."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader.library.reading import Reader
from reader.services import annotating, attaching
from reader.services.pdf_facts import PdfFacts
from tests.library.shelf import add, writing
from tests.pdf import marked

ROOT = Path(__file__).resolve().parents[2]
PAPERS = 12

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def command(library: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "reader", "--library", str(library), "export", "--format", "pdf",
            "-o", str(target)]  # fmt: skip


def made(folder: Path) -> dict[str, bytes]:
    """A library of annotated papers; the hash of every whole copy by its name."""
    source = folder / "source.pdf"
    with writing(folder / "library") as writer:
        for number in range(PAPERS):
            [paper] = add(writer, f"Paper {number}")
            source.write_bytes(marked.document() + b"\n%" + bytes([65 + number]) * 400_000 + b"\n")
            slot = attaching.attach(writer, paper, source, lambda _: PdfFacts(pages=2)).uid
            if number:  # the first is copied byte for byte
                annotating.add(writer, [marked.one_of_each(slot)[number % 12]])
    whole = folder / "whole"
    subprocess.run(command(folder / "library", whole), cwd=ROOT, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in whole.iterdir()}


def there(target: Path, late: bool) -> bool:
    """Whether an export has begun, or has made its first copy."""
    return any(target.glob("[!.]*")) if late else target.exists()


def kills(folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Kill that often; how many copies were there whole, and how many remains beside them."""
    expected = made(folder)
    assert len(expected) == PAPERS
    sizes = {name: len(data) for name, data in expected.items()}
    chance, copies, remains = random.Random(seed), 0, 0
    for number in range(count):
        target = folder / f"out {number}"
        child = subprocess.Popen(
            command(folder / "library", target),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        end = time.monotonic() + 30
        late = number % 5 == 4  # when something is there already, however slow the machine is
        while not there(target, late) and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(chance.uniform(0.0, 0.5))
        child.send_signal(signal.SIGKILL)
        child.wait()
        for path in target.iterdir():
            if path.name.startswith("."):
                remains += 1
                continue
            copies += 1
            data = path.read_bytes()
            assert len(data) == sizes[path.name], path.name
            assert data.rstrip().endswith(b"%%EOF") or path.name == "Paper 0.pdf"
            start = hashlib.sha256(data[:400_000]).digest()
            assert start == hashlib.sha256(expected[path.name][:400_000]).digest()
        shutil.rmtree(target)
    with closing(Reader(folder / "library")) as reader:
        assert reader.readable()
    return copies, remains


def test_killed_at_random_moments(tmp_path: Path) -> None:
    copies, _ = kills(tmp_path, 5, seed=1)
    assert copies


@pytest.mark.long
def test_killed_a_hundred_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    copies, remains = kills(tmp_path, 100, seed=2)
    with capsys.disabled():
        seconds = time.monotonic() - start
        sys.stdout.write(
            f"\n100 kills in {seconds:.0f} s: {copies} copies, all whole; "
            f"{remains} hidden temporary files\n"
        )
