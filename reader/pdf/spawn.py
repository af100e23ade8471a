"""The process of a child, and the memory it shares: all that starting one needs.

A start with a PDF begins here, before the rest of the engine is loaded: the child takes longest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import reader
from reader.pdf import slots

_ROOT = str(Path(reader.__file__).resolve().parent.parent)
# -P keeps the current folder off the path: it may hold somebody's json.py.
_CODE = (
    "import sys; root = sys.argv[1]; root in sys.path or sys.path.insert(0, root); "
    "from reader.pdf.worker.loop import main; main()"
)

Process = subprocess.Popen[bytes]


class Spawned:
    """The first child's process and its slot, for an Engine to take over at once."""

    def __init__(self) -> None:
        """Start it; where there can be none now, the engine tries again and says so."""
        self.slot = slots.reserve(slots.SIZE)
        self.process: Process | None = None
        try:
            self.process = spawn(self.slot)
        except OSError:
            return


def spawn(slot: slots.Slot | None) -> Process:
    """Start a process, which loads on its own; OSError when there can be none."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _CODE, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(slot.fd,) if slot else (),
        start_new_session=sys.platform != "win32",
        creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
        env=_environment(),
    )


def end(process: Process) -> None:
    """End a process, whatever it does, and leave nothing of it."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        try:
            if stream is not None:
                stream.close()
        except OSError:  # an unsent request is flushed into a pipe nobody reads
            continue


def _environment() -> dict[str, str]:
    """The environment without what would make the child load or print more than it needs."""
    unwanted = {"PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONVERBOSE", "PYTHONPROFILEIMPORTTIME"}
    return {key: value for key, value in os.environ.items() if key not in unwanted}
