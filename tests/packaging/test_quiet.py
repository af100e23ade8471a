"""Quiet is a pass: what tests/conftest.py promises, shown with tests that break it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LOUD = """
import logging, os, subprocess, sys, threading, warnings
from multiprocessing import resource_tracker, shared_memory
from pathlib import Path
import pytest

kept = []

def test_thread():
    kept.append(threading.Event())
    threading.Thread(target=kept[-1].wait, daemon=True).start()

def test_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_memory():
    block = shared_memory.SharedMemory(create=True, size=16)
    kept.append(block)

def test_log():
    logging.getLogger("reader.x").warning("something odd")

def test_warning():
    warnings.warn("old", DeprecationWarning)

def test_qt():
    from PySide6.QtCore import qWarning
    qWarning("a Qt warning")

@pytest.mark.long
def test_long():
    assert False
"""
QUIET = """
import logging, os, threading
from multiprocessing import shared_memory
from pathlib import Path

def test_all_ends():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    block = shared_memory.SharedMemory(create=True, size=16)
    block.close()
    block.unlink()
    logging.getLogger("reader.x").info("fine")

def test_log_is_read(caplog):
    logging.getLogger("reader.x").warning("expected")
    assert "expected" in caplog.text

def test_home(own_folders):
    assert Path.home() == own_folders
    assert Path(os.environ["PAPER_READER_LIBRARY"]).parent == own_folders

def test_offscreen():
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
"""


def run_suite(folder: Path, text: str) -> str:
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    conftest = folder / "conftest.py"
    conftest.write_text(conftest.read_text().replace("GRACE = 5.0", "GRACE = 0.2"))
    (folder / "test_it.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    return done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="children and blocks are read from /proc")
def test_what_is_left_behind_or_said_fails(tmp_path: Path) -> None:
    said = run_suite(tmp_path, LOUD)
    bad = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", said, re.MULTILINE))
    assert bad >= {
        f"test_{name}" for name in ["thread", "process", "memory", "log", "warning", "qt"]
    }, said
    assert "test_long SKIPPED" in said


def test_a_quiet_test_passes(tmp_path: Path) -> None:
    said = run_suite(tmp_path, QUIET)
    assert "4 passed" in said, said
