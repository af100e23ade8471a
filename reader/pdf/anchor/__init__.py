"""Finding the places of annotations again in another file, by the words around them.

`letters` makes one string of a document's letters, `aligning` and `matching` find
a quote in it and say how sure that is, `places` turns what was found into parts
of pages.
"""

from __future__ import annotations

from reader.pdf.anchor.letters import Letters, letters_of, squeeze
from reader.pdf.anchor.matching import Found, Sought, best, find, occurrences
from reader.pdf.anchor.replacing import Candidate, Outcome, Replacer, Side

__all__ = [
    "Candidate",
    "Found",
    "Letters",
    "Outcome",
    "Replacer",
    "Side",
    "Sought",
    "best",
    "find",
    "letters_of",
    "occurrences",
    "squeeze",
]
