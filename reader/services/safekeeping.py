"""Check, back up, restore: what keeps a library from vanishing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reader.library import backup, checking, files, saving
from reader.library.checking import Health
from reader.library.place import Place, told
from reader.library.saving import Restored, Saved
from reader.library.writing import Writer


def check(folder: Path) -> Health:
    """Check a library without changing it; raises only for one of a newer version."""
    return checking.check(Place(folder))


def save(writer: Writer, folder: Path) -> Saved:
    """Back the whole library up into a folder, verified."""
    with told(writer.place):
        return saving.save(writer.place, writer.connection, folder)


def restore(folder: Path, source: Path, *, force: bool = False) -> Restored:
    """Bring a backup back; see saving.bring_back."""
    return saving.bring_back(Place(folder), source, force=force)


def daily(place: Place) -> Path | None:
    """Today's backup when something changed; also clears copies a crash cut short.

    Reads through a connection of its own, so that it keeps no note waiting: for
    the read lane.
    """
    files.clear_unfinished(place)
    with told(place), closing(backup.open_copy(place.database)) as connection:
        return backup.daily(place, connection)
