"""Claim cards: those of papers gathered into a table, and the table written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reader.domain.fold import fold
from reader.domain.lists import MarkFilter, MarkRow
from reader.domain.marking import Annotation, in_order
from reader.domain.paper import Paper
from reader.formats import claims
from reader.formats.claims import Claims, kinds, named, words
from reader.library.reading import Reader
from reader.services import whole_files
from reader.services.page_labels import Named

__all__ = ["Claims", "gather", "kinds", "matching", "named", "of_library", "save", "words"]

_WINDOW = 500


def of_library(reader: Reader) -> list[Claims]:
    """All papers that have cards, those with the newest card first."""
    found: dict[str, list[MarkRow]] = {}
    below: int | None = None
    while window := reader.marks(MarkFilter(card="*"), below, _WINDOW):
        for row in window:
            found.setdefault(row.paper, []).append(row)
        below = window[-1].key
    named = Named(reader, (row.annotation for rows in found.values() for row in rows))
    return [
        _of(paper, rows[0].title, (row.annotation for row in reversed(rows)), named)
        for paper, rows in found.items()
    ]


def _of(paper: str, title: str, cards: Iterable[Annotation], named: Named) -> Claims:
    ordered = tuple(in_order(cards))
    return Claims(paper, title, ordered, {card.uid: named.of(card) for card in ordered})


def matching(rows: Iterable[Claims], text: str) -> list[Claims]:
    """The papers and cards that have all words of a text, case and accents aside.

    A card is asked for its words, its kind and its paper's title.
    """
    wanted = fold(text).split()
    left = (
        replace(row, cards=tuple(card for card in row.cards if _has(row, card, wanted)))
        for row in rows
    )
    return [row for row in left if row.cards]


def _has(row: Claims, card: Annotation, wanted: Sequence[str]) -> bool:
    held = fold(f"{row.title} {card.card} {words(card)} {' '.join(card.tags)}")
    return all(word in held for word in wanted)


def gather(reader: Reader, uids: Iterable[str]) -> Iterator[Claims]:
    """The given papers that have cards, in their order."""
    for uid in uids:
        paper = reader.paper(uid)
        if cards := list(_cards(reader, paper)):
            yield _of(uid, paper.title, cards, Named(reader, cards))


def _cards(reader: Reader, paper: Paper) -> Iterator[Annotation]:
    for slot in paper.attachments:
        yield from (one for one in reader.annotations(slot.uid) if one.card)


def save(rows: list[Claims], target: Path) -> None:
    """Write the table to a file that appears only when it is whole: CSV by its name, else Markdown."""
    pieces = claims.table(rows) if target.suffix.lower() == ".csv" else claims.markdown(rows)
    whole_files.write((piece.encode(errors="backslashreplace") for piece in pieces), target)
