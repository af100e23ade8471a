"""What is looked for in the index of annotations, so that common words are found as fast as rare ones.

FTS5 gathers every row of every word that begins as the last one does before it
gives the first, unless the beginning is as short as those it keeps an index of.
So longer beginnings are turned into the words there are: each is walked from its
newest row on.
"""

from __future__ import annotations

import sqlite3

from reader.domain.fold import query_words
from reader.library.matching_rows import fts_words

_SHORT = 3  # letters; the index has all beginnings of one to three
_MOST = 32  # words a beginning may stand for
_TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.mark_terms USING fts5vocab(idx, marks, instance)"


def expression(connection: sqlite3.Connection, text: str) -> str:
    """The FTS5 expression of a text: all words, the last as a beginning; "" without words.

    search.db is attached as `idx`.
    """
    groups = query_words(text)
    if not groups or any(len(word) <= _SHORT for word in groups[-1]):
        return fts_words(text, prefix=True)
    connection.execute(_TERMS)
    last: list[str] = []
    for word in groups[-1]:
        found = _beginning(connection, word)
        last += [f'"{it}"' for it in found] if len(found) <= _MOST else [f'"{word}"*']
    if not last:
        last = [f'"{groups[-1][0]}"']
    words = ["(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups[:-1]]
    return " AND ".join([*words, "(" + " OR ".join(last) + ")"])


def _beginning(connection: sqlite3.Connection, word: str) -> list[str]:
    """The words of the index that begin so, at most one more than _MOST: a step for each."""
    found: list[str] = []
    least = word
    while len(found) <= _MOST:
        row = connection.execute(
            "SELECT term FROM temp.mark_terms WHERE term >= ? LIMIT 1", [least]
        ).fetchone()
        if row is None or not row[0].startswith(word):
            break
        found.append(row[0])
        least = row[0] + "\x01"  # past all rows of this one
    return found
