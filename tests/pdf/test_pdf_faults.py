"""What the engine does when a file or its own child misbehaves."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import (
    PdfCrashed,
    PdfMemory,
    PdfQuarantined,
    PdfTimeout,
)
from reader.pdf.slots import Slot
from tests.pdf import hostile
from tests.pdf.conftest import Save, Workshop

WAIT = 60
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def test_a_page_that_hangs_costs_only_itself(workshop: Workshop, save: Save) -> None:
    engine = workshop(stage=1.0)
    doc = engine.open(save(hostile.nested_forms())).result(WAIT)
    first = engine.pid()
    # WHEN the first page never ends
    hanging = engine.render(doc, 0, 1.0, priority=1)
    rest = [engine.render(doc, page, 1.0) for page in (1, 2)]
    # THEN its request says so, and the other pages come from a new child
    with pytest.raises(PdfTimeout) as error:
        hanging.result(WAIT)
    assert (error.value.stage, error.value.page) == ("render", 0)
    assert [future.result(WAIT).width for future in rest] == [200, 200]
    assert engine.pid() != first
    assert "restarted" in [event.kind for event in workshop.events]


def test_cancelling_a_running_request_throws_its_answer_away(
    workshop: Workshop, save: Save
) -> None:
    engine = workshop(stage=1.0)
    doc = engine.open(save(hostile.nested_forms())).result(WAIT)
    hanging = engine.render(doc, 0, 1.0)
    until(lambda: busy(engine))
    assert hanging.cancel()
    assert engine.text(doc, 1).result(WAIT).chars == "Page number 2"


def busy(engine: Engine) -> bool:
    """Whether the screen lane has taken a request and waits for it."""
    return bool(engine._clock._due) and not engine._lanes[False]._queue


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.005)


@posix
def test_killed_in_the_middle_the_waiting_are_answered(workshop: Workshop, save: Save) -> None:
    engine = workshop(stage=30.0)
    doc = engine.open(save(hostile.nested_forms())).result(WAIT)
    other = engine.open(save(hostile.sound(2))).result(WAIT)
    hanging = engine.render(doc, 0, 1.0, priority=1)
    waiting = [engine.text(other, 0), engine.text(other, 1), engine.text(doc, 2)]
    until(lambda: busy_with(engine, waiting))
    first = child(engine)
    os.kill(first, signal.SIGKILL)
    # The first time somebody else may be to blame, and the page is drawn again.
    until(lambda: engine.pid() not in (None, first) and busy_with(engine, waiting))
    os.kill(child(engine), signal.SIGKILL)
    with pytest.raises(PdfCrashed) as error:
        hanging.result(WAIT)
    assert "SIGKILL" in error.value.details
    texts = [future.result(WAIT).chars for future in waiting]
    assert texts == ["Page number 1", "Page number 2", "Page number 3"]


def busy_with(engine: Engine, waiting: list[Future[Any]]) -> bool:
    return len(engine._lanes[False]._queue) == len(waiting) and bool(engine._clock._due)


def child(engine: Engine) -> int:
    pid = engine.pid()
    assert pid is not None
    return pid


@posix
def test_killed_while_idle_nobody_notices(engine: Engine, workshop: Workshop, save: Save) -> None:
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    before = child(engine)
    os.kill(before, signal.SIGKILL)
    kept = engine._lanes[False]._keeper.child
    until(lambda: kept is not None and not kept.alive)
    assert engine.text(doc, 0).result(WAIT).chars == "Page number 1"
    assert child(engine) != before
    assert [event.kind for event in workshop.events if event.kind != "ready"] == []


@posix
def test_killed_with_a_request_in_its_pipe_nobody_notices(
    engine: Engine, workshop: Workshop, save: Save
) -> None:
    # GIVEN a child that has been sent a request and not read it yet
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    before = child(engine)
    os.kill(before, signal.SIGSTOP)
    asked = engine.text(doc, 0)
    until(lambda: busy(engine))
    # WHEN somebody ends it
    os.kill(before, signal.SIGKILL)
    # THEN another answers, and nothing is held against the file
    assert asked.result(WAIT).chars == "Page number 1"
    assert child(engine) != before
    assert [event.kind for event in workshop.events if event.kind != "ready"] == []


@posix
def test_an_interrupt_from_the_terminal_leaves_the_child(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    before = child(engine)
    os.kill(before, signal.SIGINT)
    assert engine.text(doc, 0).result(WAIT).chars == "Page number 1"
    assert child(engine) == before


def crash(engine: Engine, doc: Any) -> None:
    """Let the child die as by a defect while it draws page 1."""
    future = engine.render(doc, 0, 1.0)
    until(lambda: busy(engine))
    os.kill(child(engine), signal.SIGSEGV)
    with pytest.raises(PdfCrashed):
        future.result(WAIT)


@posix
def test_two_crashes_quarantine_a_file_until_released(workshop: Workshop, save: Save) -> None:
    engine = workshop(stage=30.0)
    path = save(hostile.nested_forms())
    doc = engine.open(path).result(WAIT)
    other = engine.open(save(hostile.sound(1))).result(WAIT)
    # WHEN a file crashes the child twice
    crash(engine, doc)
    assert engine.text(doc, 1).result(WAIT).chars == "Page number 2"
    crash(engine, doc)
    # THEN nothing more is asked of it, in any lane, while others go on
    with pytest.raises(PdfQuarantined):
        engine.text(doc, 1).result(WAIT)
    with pytest.raises(PdfQuarantined):
        engine.open(path, background=True).result(WAIT)
    assert engine.text(other, 0).result(WAIT).chars == "Page number 1"
    events = [(event.kind, event.path) for event in workshop.events]
    assert events.count(("quarantined", path)) == 1
    # WHEN the reader wants to try again, or the file has changed, it is opened
    engine.release(path)
    assert engine.text(doc, 1).result(WAIT).chars == "Page number 2"
    crash(engine, doc)
    crash(engine, doc)
    path.write_bytes(hostile.sound(2))
    assert engine.open(path).result(WAIT).info.pages == 2


def test_a_full_memory_file_system_only_makes_it_slower(workshop: Workshop, save: Save) -> None:
    path = save(hostile.sound(1))
    asked: list[int] = []

    def full(size: int) -> Slot:
        asked.append(size)
        raise OSError(errno.ENOSPC, "no space")

    def nearly_full(size: int) -> Slot:
        if size > 1 << 20:
            raise OSError(errno.ENOSPC, "no space")
        return Slot(size)

    pictures = []
    for allocate in (Slot, full, nearly_full):
        engine = workshop(allocate=allocate)
        doc = engine.open(path).result(WAIT)
        # one picture that fits every slot, one that fits only a large one
        pictures.append([engine.render(doc, 0, scale).result(WAIT) for scale in (1.0, 3.0)])
    assert pictures[0] == pictures[1] == pictures[2]
    if sys.platform == "linux":
        assert asked == [16 << 20, 8 << 20, 4 << 20, 2 << 20, 1 << 20]


@linux
def test_memory_is_given_back_only_when_a_picture_has_been_sent(
    workshop: Workshop, save: Save
) -> None:
    # GIVEN a child that tidies after every request and sends pictures through the pipe
    def full(size: int) -> Slot:
        raise OSError(errno.ENOSPC, "no space")

    engine = workshop(store=1 << 10, allocate=full)
    doc = engine.open(save(hostile.pages([b"1 0 0 rg 0 0 200 300 re f"]))).result(WAIT)
    # WHEN pictures of 25 MB are drawn, which the C library takes from the system each by itself
    for _ in range(3):
        picture = engine.render(doc, 0, 10.0).result(WAIT)
        # THEN they come whole, from the same child
        assert picture.pixels == b"\x00\x00\xff\xff" * (2000 * 3000)
    assert [event.kind for event in workshop.events if event.kind != "ready"] == []


def test_a_worn_child_is_replaced_without_a_word(workshop: Workshop, save: Save) -> None:
    engine = workshop(recycle_documents=3)
    doc = engine.open(save(hostile.sound(2))).result(WAIT)
    pids = {engine.pid()}
    for _ in range(6):
        engine.forget(engine.open(save(hostile.sound(1))).result(WAIT))
        assert engine.text(doc, 1).result(WAIT).chars == "Page number 2"
        pids.add(engine.pid())
    assert len(pids) > 2


@linux
def test_a_child_grown_too_large_is_replaced(workshop: Workshop, save: Save) -> None:
    engine = workshop(recycle_rss=1)
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    before = child(engine)
    for _ in range(30):
        engine.text(doc, 0).result(WAIT)
    assert engine.pid() != before


@linux
def test_memory_is_bounded(workshop: Workshop, save: Save) -> None:
    """GIVEN 30 nested groups, each as large as the page WHEN drawn THEN memory, not a crash."""
    group = b"/Type/XObject/Subtype/Form/BBox[0 0 4000 4000]/Group<</S/Transparency/I true>>"
    forms = [
        hostile.stream(
            b"/G gs 0 0 10 10 re f /X Do" if level < 29 else b"0 0 9 9 re f",
            group
            + b"/Resources<</ExtGState<</G<</ca .5/BM/Multiply>>>>/XObject<</X %d 0 R>>>>"
            % (level + 6),
        )
        for level in range(30)
    ]
    data = hostile.pages(
        [b"/G gs /X Do"],
        box=b"[0 0 4000 4000]",
        resources=b"<</ExtGState<</G<</ca .5>>>>/XObject<</X 5 0 R>>>>",
        more=forms,
    )
    engine = workshop(memory=900 << 20, stage=20.0)
    doc = engine.open(save(data)).result(WAIT)
    with pytest.raises(PdfMemory) as error:
        engine.render(doc, 0, 1.0).result(WAIT)
    assert error.value.page == 0
    assert engine.links(doc, 0).result(WAIT) == ()


def test_closing_leaves_nothing_even_while_a_page_hangs(workshop: Workshop, save: Save) -> None:
    threads = set(threading.enumerate())
    files = open_files()
    engine = workshop(stage=30.0)
    doc = engine.open(save(hostile.nested_forms())).result(WAIT)
    background = engine.open(doc.path, background=True).result(WAIT)
    hanging = [engine.render(held, 0, 1.0, priority=1) for held in (doc, background)]
    waiting = engine.text(doc, 1)
    until(lambda: busy_with(engine, [waiting]) and len(engine._clock._due) == 2)
    pids = [child(engine), engine.pid(background=True)]
    engine.close()
    assert all(future.cancelled() for future in [*hanging, waiting])
    assert set(threading.enumerate()) == threads
    assert open_files() == files
    if sys.platform.startswith("linux"):
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_closing_while_the_child_starts(workshop: Workshop) -> None:
    for pause in (0.0, 0.01, 0.05):
        engine = workshop()
        engine.warm()
        time.sleep(pause)
        engine.close()
        assert engine.pid() is None


def open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


_ORPHAN = """
import sys, time
from pathlib import Path
from reader.pdf.engine import Engine
engine = Engine()
doc = engine.open(Path(sys.argv[1])).result(60)
engine.render(doc, int(sys.argv[2]), 1.0)
time.sleep(0.2)
print(engine.pid(), flush=True)
time.sleep(60)
"""


@linux
@pytest.mark.parametrize("page", [0, 1])
def test_when_the_parent_dies_the_child_ends(save: Save, tmp_path: Path, page: int) -> None:
    """Both a child that hangs (page 0) and one that is idle; and a script without a guard."""
    script = tmp_path / "program.py"
    script.write_text(_ORPHAN)
    command = [sys.executable, str(script), str(save(hostile.nested_forms())), str(page)]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    ) as parent:
        assert parent.stdout is not None
        orphan = Path("/proc") / parent.stdout.readline().strip()
        assert orphan.exists()
        parent.kill()
        rest = parent.stdout.read()
    until(lambda: not orphan.exists() or "State:\tZ" in (orphan / "status").read_text())
    assert rest == ""


@linux
def test_the_child_can_neither_write_nor_connect_nor_run() -> None:
    code = """
import os, socket, subprocess, sys
from reader.pdf.worker import confine
path = sys.argv[1]
confine.limit(1 << 30)
confine.confine()
assert open("/proc/self/statm").read()
for attempt in (
    lambda: open(path, "wb").write(b"x" * 100_000),
    lambda: socket.create_connection(("127.0.0.1", 9), 1),
    lambda: subprocess.run(["true"]),
):
    try:
        attempt()
    except OSError as error:
        print(error.errno)
    else:
        print("allowed")
"""
    # a system may lack all but the oldest of the means, so only what counts is asserted
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, "/dev/shm/paper-reader-test"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "allowed" not in done.stdout.splitlines()
    assert not Path("/dev/shm/paper-reader-test").exists()


def test_the_parent_loads_neither_qt_nor_mupdf_and_the_child_no_qt() -> None:
    code = (
        "import sys; import {}; "
        "print([name for name in ('pymupdf', 'PySide6', 'reader.ui') if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    for module, loaded in (("reader.pdf.engine", []), ("reader.pdf.worker.loop", ["pymupdf"])):
        done = subprocess.run(
            [sys.executable, "-c", code.format(module)],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == str(loaded)
