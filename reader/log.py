"""The log of a window: small, rotated, only what a bug report needs.

It never holds titles, notes or addresses, only what failed and where.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_SIZE = 256 << 10
_KEPT = 2
_log = logging.getLogger("reader")


def start(file: Path, tell: Callable[[BaseException], None]) -> Callable[[], None]:
    """Log warnings and faults to a file, and pass what nobody caught to `tell`.

    Returns what ends it.  A folder that cannot be written costs the log, not
    the notices.
    """
    end_file = _open_file(file)
    before = sys.excepthook

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        _log.error("uncaught", exc_info=(kind, error, trace))
        tell(error)

    sys.excepthook = uncaught

    def end() -> None:
        sys.excepthook = before
        end_file()

    return end


class _Rotating(logging.FileHandler):
    """Begins a new file where one is full, and keeps two old ones.

    That of `logging.handlers` brings sockets and pickles along, 7 ms of every start.
    """

    def emit(self, record: logging.LogRecord) -> None:
        file = Path(self.baseFilename)
        with suppress(OSError):  # then it grows on, rather than not to be written
            if file.stat().st_size >= _SIZE:
                self.close()
                for number in range(_KEPT, 0, -1):
                    older = file.with_name(f"{file.name}.{number - 1}") if number > 1 else file
                    if older.exists():
                        older.replace(file.with_name(f"{file.name}.{number}"))
        super().emit(record)


def _open_file(file: Path) -> Callable[[], None]:
    """Begin to write the log and the record of crashes; what ends both."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        crashes = file.with_suffix(".crash").open("a", encoding="utf-8")
    except OSError:
        return lambda: None
    handler = _Rotating(file, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    faulthandler.enable(crashes)

    def end() -> None:
        faulthandler.disable()
        crashes.close()
        _log.removeHandler(handler)
        handler.close()

    return end
