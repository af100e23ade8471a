"""The program's way to the web: opened when the reader first asks for something out there."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import CancelledError
from reader.sources.http.job import Job

if TYPE_CHECKING:
    from reader.sources.http.door import Answer, Http

_DOOR = "reader.sources.http.door"  # loaded by the first request, on its worker: 0.2 s

__all__ = ["Job", "Web"]


class Web:
    """One for the program; any thread may ask.  See `Http` for `cache` and `allowed`."""

    def __init__(self, cache: Path | None, allowed: Iterable[str] = ()) -> None:
        self._cache = cache
        self._allowed = tuple(allowed)
        self._lock = threading.Lock()
        self._http: Http | None = None
        self._closed = False

    def get(
        self, url: str, job: Job, *, accept: str, largest: int = 0, cut: bool = False
    ) -> Answer:
        """See `Http.get`."""
        return self._opened().get(url, accept=accept, largest=largest, cut=cut, job=job)

    def _opened(self) -> Http:
        with self._lock:
            if self._closed:
                raise CancelledError("The program ends.")
            if self._http is None:
                made: Http = import_module(_DOOR).Http(self._cache, allowed=self._allowed)
                self._http = made
            return self._http

    def close(self) -> None:
        """End what is under way; nothing is asked afterwards."""
        with self._lock:
            self._closed = True
            http, self._http = self._http, None
        if http is not None:
            http.close()
