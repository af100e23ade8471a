"""The window killed while one draws, types and saves copies: nothing acknowledged is lost.

What was acknowledged is what a service of the window's had written and returned.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.domain.errors import NotFoundError
from reader.library.reading import Reader
from reader.services import attaching
from reader.services.pdf_facts import PdfFacts
from tests.end_to_end.test_kill import assert_sound
from tests.end_to_end.test_window_process import Process
from tests.library.shelf import add, catch_up, open_writer, writing

DRIVER = Path(__file__).with_name("annotating_driver.py")
LONGEST = 4.0  # seconds until a kill

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def made(folder: Path) -> str:
    """A library of one paper with a file to write on; the file's name in it."""
    source = folder / "source.pdf"
    with pymupdf.open() as doc:
        for _ in range(3):
            page: Any = doc.new_page(width=400, height=400)
            for row in range(4):
                page.insert_text((30, 50 + 30 * row), f"Line {row} of a page to be written on")
        doc.save(source)
    with writing(folder / "library") as writer:
        [paper] = add(writer, "A paper to write on")
        attaching.attach(writer, paper, source, lambda _: PdfFacts(pages=3))
    with closing(Reader(folder / "library")) as reader:
        return reader.paper(paper).attachments[0].path


def killed(
    library: Path, name: str, out: Path, seed: int, after: float, until: bytes
) -> list[dict[str, Any]]:
    """Work in a window for so long and kill it; what it had acknowledged, in order.

    `until` is what it has to say before, so that something was acknowledged on a slow machine.
    """
    window = Process(library, library / "files" / name, driver=DRIVER)
    try:
        assert window.answer(patience=60.0)["opened"]
        window.tell(f"annotate {seed} {out}")
        window.listen(after, until)
        window.process.send_signal(signal.SIGKILL)
        told = window.rest()
        assert window.process.stderr is not None
        assert window.process.stderr.read() == b""
        return told
    finally:
        window.kill()


def went_on(told: str, kept: str) -> bool:
    """Whether a text is another one in which something more was typed at one place.

    Each window types where its cursor is when it opens a note: before what those before it typed.
    """
    letters = enumerate(zip(told, kept, strict=False))
    same = next((place for place, (one, other) in letters if one != other), len(told))
    return len(kept) >= len(told) and kept.endswith(told[same:])


def assert_kept(library: Path, told: list[dict[str, Any]]) -> Counter[str]:
    """Everything acknowledged is there, as it was or as a later save left it; what that was."""
    marks = {it["uid"]: it for it in told if "uid" in it}
    notes = {it["note"]: it["text"] for it in told if "note" in it}
    gone = {it["gone"] for it in told if "gone" in it}
    found: Counter[str] = Counter()
    with closing(Reader(library)) as reader:
        for uid, it in marks.items():
            try:
                kept = reader.annotation(uid)
            except NotFoundError:
                assert uid in gone, it
                continue
            assert kept.kind.value == it["kind"]
            # What was typed, or drawn beside it, while it was killed may be there already.
            assert went_on(it["comment"], kept.comment), (kept.comment, it)
            assert len(kept.parts[0].strokes) >= it["strokes"]
            found[it["kind"]] += 1
            found["comments"] += bool(it["comment"])
        for uid, text in notes.items():
            kept_text = reader.note(uid).text
            assert went_on(text, kept_text), (kept_text, text)
            found["notes"] += 1
    found["saves"] = len(told)
    return found


def assert_whole(out: Path, source: bytes) -> tuple[int, int]:
    """No half of a copy under its final name; (copies, hidden remains)."""
    copies = [path for path in out.iterdir() if not path.name.startswith(".")]
    for path in copies:
        data = path.read_bytes()
        assert data.startswith(source) and data.rstrip().endswith(b"%%EOF"), path
        with pymupdf.open(path) as doc:
            assert len(doc) == 3 and not doc.is_repaired
    return len(copies), len(list(out.iterdir())) - len(copies)


def kills(home: Path, count: int, seed: int) -> Counter[str]:
    """Kill that often, ten times each library; how much had been acknowledged, all of it kept."""
    chance = random.Random(seed)
    name = made(home)
    source = (home / "source.pdf").read_bytes()
    figures: Counter[str] = Counter()
    library, earlier = home, list[dict[str, Any]]()
    for number in range(count):
        if number % 10 == 0:
            library = Path(shutil.copytree(home / "library", home / f"library {number}"))
            earlier = []
        out = home / f"out {number}"
        out.mkdir()
        until = b'"uid"' if number % 4 == 0 else b'"note":' if number % 4 == 1 else b""
        after = chance.uniform(0.1, LONGEST)
        told = killed(library, name, out, chance.randrange(1 << 30), after, until)
        with closing(open_writer(library)) as writer:
            catch_up(writer)
        assert_sound(library)
        figures += assert_kept(library, told)
        earlier += told
        assert_kept(library, earlier)  # and nothing of the windows before
        copies, remains = assert_whole(out, source)
        figures.update(copies=copies, remains=remains)
        shutil.rmtree(out)
    return figures


def test_killed_while_annotating(tmp_path: Path) -> None:
    figures = kills(tmp_path, 3, seed=3)
    assert figures["saves"] and figures["notes"], figures


@pytest.mark.long
def test_killed_a_hundred_times_while_annotating(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    figures = kills(tmp_path, 100, seed=4)
    kinds = {"highlight", "note", "text", "ink", "rectangle", "ellipse", "line", "arrow", "area"}
    assert kinds <= figures.keys()
    with capsys.disabled():
        seconds = time.monotonic() - start
        sys.stdout.write(f"\n100 kills in {seconds:.0f} s; all kept: {dict(figures)}\n")
