"""What reading leaves behind in the library: time on pages, entries in forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.domain.progress import PageTime
from reader.library import form_entries, reading_times
from reader.library.writing import Writer


def add_times(writer: Writer, attachment: str, times: Sequence[PageTime]) -> None:
    """Add the time spent on pages to what an attachment (its uid) has."""
    with writer.transaction() as connection:
        reading_times.add(connection, attachment, times)


def save_entries(writer: Writer, file: str, entries: Mapping[str, str | None]) -> None:
    """Remember what was filled into the form of an attachment or file; None forgets a field."""
    with writer.transaction() as connection:
        form_entries.save(connection, file, entries)
