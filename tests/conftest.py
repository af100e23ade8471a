"""Options and marks of the suite, folders of its own, and "quiet is a pass".

A test fails when it leaves a thread, a child process or a block of shared
memory behind, when anything is logged at WARNING or above that it does not
read through `caplog`, and (by pyproject.toml) on Python and Qt warnings.
"""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

GRACE = 5.0  # seconds for what is ending already
HANGS = 300.0  # seconds after which a test has hung
LONG = 6  # times that for one marked long
HUNG = Path(".pytest_cache", "hung.txt")  # where it hung; packaging/dev.py reads it


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("paper-reader")
    group.addoption("--long", action="store_true", help="also run tests marked long")
    group.addoption("--onscreen", action="store_true", help="show windows on the real display")


def pytest_configure(config: pytest.Config) -> None:
    # As in the program (reader.ui.garbage): a collection on another thread destroys widgets there.
    gc.disable()
    # A shell that starts the suite in the background has its children ignore these.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: runs with --long"))
        for mark in item.iter_markers("needs"):
            name = str(mark.args[0])
            if shutil.which(name) is None:
                item.add_marker(pytest.mark.skip(reason=f"needs {name}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that hangs says where every thread stands, and ends the run."""
    hung = item.config.rootpath / HUNG
    hung.parent.mkdir(exist_ok=True)
    with hung.open("w", encoding="utf-8") as file:
        file.write(f"{item.nodeid}\n")
        file.flush()
        patience = HANGS * LONG if item.get_closest_marker("long") else HANGS
        faulthandler.dump_traceback_later(patience, exit=True, file=file)
        try:
            return (yield)
        finally:
            faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The application has the program's style."""
    return ["paper-reader", "-style", "Fusion"]


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that no test touches the user's folders."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)  # Qt warns when others may read it
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_RUNTIME_DIR": runtime,
        "PAPER_READER_LIBRARY": home / "library",
        "PAPER_READER_CONFIG": home / "settings.json",
    }
    for name, place in places.items():
        monkeypatch.setenv(name, str(place))
    return home


@pytest.fixture(autouse=True, scope="module")
def quiet_module() -> Iterator[None]:
    """Nothing that the fixtures of a module started outlives it."""
    before = running()
    yield
    gc.collect()
    gc.freeze()  # what is left now stays: no later collection need look at it again
    assert left_behind(before) == [], "left behind by the module"


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    before = running()
    with Heard() as records:
        yield
        gc.collect(1)
    if "caplog" not in request.fixturenames:
        said = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in records]
        assert said == [], "logged, and no caplog read it"
    if request.node.get_closest_marker("shared") is None:
        assert left_behind(before) == [], "left behind by the test"


class Heard(logging.Handler):
    """The records at WARNING and above of a with block."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> list[logging.LogRecord]:
        logging.getLogger().addHandler(self)
        return self.records

    def __exit__(self, *error: object) -> None:
        logging.getLogger().removeHandler(self)


# ---- what runs


def running() -> set[str]:
    """Threads, child processes and blocks of shared memory, by a name a person understands."""
    return {*threads(), *children(), *shared_memory()}


def left_behind(before: set[str], grace: float = GRACE) -> list[str]:
    """What runs and did not run before, once all that is ending has had its time."""
    end = time.monotonic() + grace
    while (left := running() - before) and time.monotonic() < end:
        gc.collect()
        time.sleep(0.01)
    return sorted(left)


def threads() -> Iterator[str]:
    for thread in threading.enumerate():
        yield f"thread {thread.name} ({thread.ident})"


def children() -> Iterator[str]:
    """Child processes; Python's own helpers live as long as the interpreter by design."""
    if sys.platform != "linux":
        return
    for listing in Path("/proc/self/task").glob("*/children"):
        for pid in read(listing).split():
            command = read(Path("/proc", pid, "cmdline")).replace("\0", " ").strip()
            if (
                "multiprocessing.resource_tracker" in command
                or "multiprocessing.forkserver" in command
            ):
                continue
            yield f"process {pid} {command[:200] or 'ended, but not waited for'}"


def shared_memory() -> Iterator[str]:
    """Blocks of this machine, without those that a stranger's process has mapped."""
    folder = Path("/dev/shm")
    names = {path.name for path in folder.glob("*")} if folder.is_dir() else set[str]()
    if fresh := names - KNOWN_BLOCKS:
        mine = {str(os.getpid()), *(name.split()[1] for name in children())}
        for maps in Path("/proc").glob("[0-9]*/maps"):
            if maps.parent.name not in mine:
                text = read(maps)
                KNOWN_BLOCKS.update(name for name in fresh if f"/dev/shm/{name}" in text)
    yield from (f"shared memory {name}" for name in names - KNOWN_BLOCKS)


KNOWN_BLOCKS: set[str] = set()


def read(path: Path) -> str:
    """A file of /proc, "" when its process has gone."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
