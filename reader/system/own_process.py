"""A process of the program's own, started by its own command line, and the lines it writes.

Not multiprocessing, so that the program's main module is never run again,
whoever started it and however.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import reader
from reader.domain.errors import ReaderError

_ROOT = str(Path(reader.__file__).resolve().parent.parent)
# -P keeps the current folder off the path: it may hold somebody's json.py.
_CODE = (
    "import sys; root = sys.argv[1]; root in sys.path or sys.path.insert(0, root); "
    "from {} import main; main(*sys.argv[2:])"
)
_LONGEST_LINE = 64 << 20
_PATIENCE = 5.0
_UNWANTED = {"PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONVERBOSE", "PYTHONPROFILEIMPORTTIME"}


def lines(module: str, *words: str) -> Generator[bytes, None, None]:
    """Run `module.main(*words)` in a process of its own; the lines it writes, as they come.

    Closing the iterator ends the process.  Raises ReaderError when it cannot be
    started, dies, or writes a line of more than 64 MB.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE.format(module), _ROOT, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
            creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            env={key: value for key, value in os.environ.items() if key not in _UNWANTED},
        )
    except OSError as error:
        raise ReaderError(
            f"A process of Paper Reader could not be started ({error.strerror or error}).",
            "Close other programs and try again.",
            str(error),
        ) from error
    assert process.stdout is not None
    try:
        while line := process.stdout.readline(_LONGEST_LINE):
            if not line.endswith(b"\n"):
                break
            yield line
        else:
            if process.wait(_PATIENCE) == 0:
                return
        raise ReaderError(
            "A process of Paper Reader ended before its work was done.",
            "Try again; if it happens again, the file cannot be read.",
            f"{module}: status {process.poll()}",
        )
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
