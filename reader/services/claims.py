"""Claim cards: those of papers gathered into a table, and the table written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.domain.lists import MarkFilter, MarkRow
from reader.domain.marking import Annotation, in_order
from reader.domain.paper import Paper
from reader.formats import claims
from reader.formats.claims import Claims, kinds, named, words
from reader.library.reading import Reader
from reader.services import whole_files

__all__ = ["Claims", "gather", "kinds", "named", "of_library", "save", "words"]

_WINDOW = 500


def of_library(reader: Reader) -> list[Claims]:
    """All papers that have cards, those with the newest card first."""
    found: dict[str, list[MarkRow]] = {}
    below: int | None = None
    while window := reader.marks(MarkFilter(card="*"), below, _WINDOW):
        for row in window:
            found.setdefault(row.paper, []).append(row)
        below = window[-1].key
    return [
        Claims(paper, rows[0].title, tuple(in_order(row.annotation for row in reversed(rows))))
        for paper, rows in found.items()
    ]


def gather(reader: Reader, uids: Iterable[str]) -> Iterator[Claims]:
    """The given papers that have cards, in their order."""
    for uid in uids:
        paper = reader.paper(uid)
        if cards := tuple(in_order(_cards(reader, paper))):
            yield Claims(uid, paper.title, cards)


def _cards(reader: Reader, paper: Paper) -> Iterator[Annotation]:
    for slot in paper.attachments:
        yield from (one for one in reader.annotations(slot.uid) if one.card)


def save(rows: list[Claims], target: Path) -> None:
    """Write the table to a file that appears only when it is whole: CSV by its name, else Markdown."""
    pieces = claims.table(rows) if target.suffix.lower() == ".csv" else claims.markdown(rows)
    whole_files.write((piece.encode(errors="backslashreplace") for piece in pieces), target)
