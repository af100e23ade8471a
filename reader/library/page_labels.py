"""The names of pages that cache.db keeps of files, for lists that name pages without opening them."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterable

from reader.library.place import Place

_CHUNK = 500  # below SQLite's oldest limit of 999 variables
_BUSY = 0.2  # seconds; a list does not wait for names
_log = logging.getLogger(__name__)


def known_labels(place: Place, hashes: Iterable[str]) -> dict[str, str]:
    """What is kept of the names of pages, by the hashes of files; empty where no cache serves.

    For lists, which ask while another process or thread may write.
    """
    wanted = list(dict.fromkeys(hashes))
    found: dict[str, str] = {}
    if not wanted or not place.cache.exists():
        return found
    try:
        uri = f"{place.cache.resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_BUSY)) as connection:
            for first in range(0, len(wanted), _CHUNK):
                some = wanted[first : first + _CHUNK]
                marks = ", ".join("?" * len(some))
                sql = f"SELECT sha256, data FROM labels WHERE sha256 IN ({marks})"
                found.update(connection.execute(sql, some).fetchall())
    except sqlite3.Error as error:
        _log.info("cache.db does not serve: %s", error)
    return found
