"""The log of a window: small, rotated, only what a bug report needs.

It never holds titles, notes or addresses, only what failed and where.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
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


def _open_file(file: Path) -> Callable[[], None]:
    """Begin to write the log and the record of crashes; what ends both."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        crashes = file.with_suffix(".crash").open("a", encoding="utf-8")
    except OSError:
        return lambda: None
    handler = RotatingFileHandler(
        file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
    )
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
