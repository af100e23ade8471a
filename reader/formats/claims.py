"""The table of claims, papers by kinds of cards, as Markdown, CSV and JSON values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from reader.domain.marking import CARDS, Annotation, pages_of
from reader.domain.value import dataclass

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\|*_`[]<>"})


@dataclass(frozen=True, slots=True)
class Claims:
    """The cards of one paper, in the order of its pages; `paper` is its uid.

    `labels` are the printed names of their pages, by the uids of the cards.
    """

    paper: str
    title: str
    cards: tuple[Annotation, ...]
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    def label(self, card: Annotation) -> str:
        """What the page of a card is called, or its pages: "3–4"."""
        return self.labels.get(card.uid) or pages_of(card, lambda page: str(page + 1))

    def of(self, kind: str) -> list[Annotation]:
        """Those of a kind."""
        return [card for card in self.cards if card.card == kind]


def kinds(rows: Iterable[Claims]) -> list[str]:
    """The kinds in use: those the program comes with in their order, then the reader's own."""
    used = {card.card for row in rows for card in row.cards}
    return [kind for kind in CARDS if kind in used] + sorted(used - {*CARDS}, key=str.casefold)


def words(card: Annotation) -> str:
    """What a card says, in one line: its quote, and what the reader wrote to it."""
    quote, comment = (" ".join(text.split()) for text in (card.quote, card.comment))
    return f"{quote} ({comment})" if quote and comment else quote or comment


def named(kind: str) -> str:
    """A kind as a heading says it."""
    return kind[:1].upper() + kind[1:]


def markdown(rows: Sequence[Claims]) -> Iterator[str]:
    """A table of pipes; a cell's cards stand under each other, with their pages."""
    columns = kinds(rows)
    heads = ["Paper", *(_plain(named(kind)) for kind in columns)]
    yield f"| {' | '.join(heads)} |\n| {' | '.join('---' for _ in heads)} |\n"
    for row in rows:
        cells = [_plain(row.title)]
        for kind in columns:
            told = (f"{_plain(words(card))} ({_plain(_where(row, card))})" for card in row.of(kind))
            cells.append("<br>".join(told))
        yield f"| {' | '.join(cells)} |\n"


def _where(row: Claims, card: Annotation) -> str:
    sign = "p." if len(card.parts) == 1 else "pp."
    return f"{sign} {row.label(card)}" if card.placed else "not placed"


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_MARKUP)


def table(rows: Sequence[Claims]) -> Iterator[str]:
    """CSV (RFC 4180), a line a paper; no cell can be taken for a formula."""
    columns = kinds(rows)
    yield _line(["Paper", "Id", *(named(kind) for kind in columns)])
    for row in rows:
        cells = [" ".join(row.title.split()), row.paper]
        for kind in columns:
            told = (f"{words(card)} ({_where(row, card)})" for card in row.of(kind))
            cells.append("\n".join(told))
        yield _line(cells)


def _line(cells: Iterable[str]) -> str:
    made = io.StringIO()
    csv.writer(made).writerow([_harmless(cell) for cell in cells])
    return made.getvalue()


def _harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would work out."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def to_dict(row: Claims) -> dict[str, Any]:
    """A paper's cards as JSON values; pages count from 0."""
    return {
        "paper": row.paper,
        "title": row.title,
        "cards": [
            {
                "id": card.uid,
                "kind": card.card,
                "page": card.page,
                "label": row.label(card),
                "quote": card.quote,
                "comment": card.comment,
            }
            for card in row.cards
        ],
    }
