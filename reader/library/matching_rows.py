"""Query tree -> SQL condition on papers p, with its parameters.

Text becomes FTS5 expressions of quoted single words only, since the index
keeps no positions; a phrase is narrowed by its words first and then, where the
small index cannot answer it, checked on the text itself.
"""

from __future__ import annotations

from typing import assert_never

from reader.domain.fold import index_words, phrase_words, query_words
from reader.domain.paper import ReadingState, normal_arxiv, normal_doi
from reader.domain.query import And, Node, Not, Or, Phrase, Value, Words, year_range

Condition = tuple[str, list[object]]

_NOTHING: Condition = ("0", [])
_EVERYTHING: Condition = ("1", [])
_SEPARATOR = "\x1f"  # between texts that no phrase may span
_BETWEEN = "char(31)"
_NOTE_TEXT = (
    f"coalesce((SELECT group_concat(text, {_BETWEEN}) FROM notes n "
    "WHERE n.paper_id = p.id AND n.deleted IS NULL), '')"
)
_AUTHORS = (
    f"coalesce((SELECT group_concat(given || ' ' || family || ' ' || literal, {_BETWEEN}) "
    "FROM authors a WHERE a.paper_id = p.id), '')"
)
# Free notes and their files are of no paper: with a NULL among them, NOT IN is never true.
_FILES = (
    "SELECT paper_id FROM attachments "
    "WHERE deleted IS NULL AND role <> 'picture' AND paper_id IS NOT NULL"
)
_HAS = {
    "pdf": _FILES,
    "file": _FILES,
    "note": "SELECT paper_id FROM notes "
    "WHERE deleted IS NULL AND text <> '' AND paper_id IS NOT NULL",
    "code": "SELECT paper_id FROM links WHERE kind = 'code'",
    "link": "SELECT paper_id FROM links",
    "tag": "SELECT m.paper_id FROM paper_tags m JOIN tags t ON t.id = m.tag_id "
    "WHERE t.deleted IS NULL",
    "page": "SELECT paper_id FROM page_entries",
    "doi": "SELECT e.paper_id FROM identifiers i JOIN editions e ON e.id = i.edition_id "
    "WHERE i.scheme = 'doi'",
    "arxiv": "SELECT e.paper_id FROM identifiers i JOIN editions e ON e.id = i.edition_id "
    "WHERE i.scheme = 'arxiv'",
}


def condition(node: Node) -> Condition:
    """The condition for a query tree; reads `papers p` and the attached `idx`."""
    match node:
        case Words():
            return _words(node)
        case Phrase():
            return _phrase(node)
        case Value():
            return _value(node.field, node.value)
        case Not():
            sql, values = condition(node.node)
            return f"NOT ({sql})", values
        case And():
            return _joined("AND", _all_of(node.nodes)) if node.nodes else _EVERYTHING
        case Or():
            return _joined("OR", [condition(child) for child in node.nodes])
        case _:
            assert_never(node)


def _all_of(nodes: tuple[Node, ...]) -> list[Condition]:
    """The conditions of an And; its plain words are one look into the index."""
    plain: list[str] = []
    others: list[Condition] = []
    for node in nodes:
        expression = ""
        if isinstance(node, Words) and not node.field:
            expression = fts_words(node.text, node.prefix)
        if expression:
            plain.append(expression)
        else:
            others.append(condition(node))
    return [_match("words", " AND ".join(plain)), *others] if plain else others


def _joined(word: str, parts: list[Condition]) -> Condition:
    """All parts with the word between; halved, since SQLite limits how deep a chain nests."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left, right = _joined(word, parts[:middle]), _joined(word, parts[middle:])
    return f"({left[0]}) {word} ({right[0]})", [*left[1], *right[1]]


def fts_words(text: str, prefix: bool) -> str:
    """An FTS5 expression for words that must all occur, "" when the text has none."""
    groups = query_words(text)
    terms: list[str] = []
    for number, group in enumerate(groups):
        star = "*" if prefix and number == len(groups) - 1 else ""
        terms.append("(" + " OR ".join(f'"{word}"{star}' for word in group) + ")")
    return " AND ".join(terms)


def _words(node: Words) -> Condition:
    expression = fts_words(node.text, node.prefix)
    if not expression:
        # Only signs, such as "(" or "&": they are looked for as they are.
        return _like("p.title || ' ' || p.abstract", node.text) if node.text else _EVERYTHING
    match node.field:
        case "title":
            return _match("names", f"{{title}} : ({expression})")
        case "author":
            return _match("names", f"{{authors}} : ({expression})")
        case "abstract" | "note":
            found, values = _match("words", expression)
            held, more = _holds_words(node)
            return f"{found} AND {held}", [*values, *more]
        case _:
            return _match("words", expression)


def _holds_words(node: Words) -> Condition:
    """Whether one text of a candidate holds the words (the index mixes all texts)."""
    text = "p.abstract" if node.field == "abstract" else _NOTE_TEXT
    return f"holds_words({text}, ?, ?)", [node.text, int(node.prefix)]


def _match(table: str, expression: str) -> Condition:
    return (
        f"p.ord IN (SELECT rowid FROM idx.{table} WHERE {table} MATCH ?)",
        [expression],
    )


def _like(text: str, part: str) -> Condition:
    return f"instr({text}, ?) > 0", [part]


def _phrase(node: Phrase) -> Condition:
    words = list(index_words(node.text))
    if not words:
        return _like("p.title || ' ' || p.abstract", node.text) if node.text else _EVERYTHING
    candidates, values = _match("words", fts_words(node.text, False))
    texts = {
        "title": "p.title",
        "author": _AUTHORS,
        "abstract": "p.abstract",
        "note": _NOTE_TEXT,
        "": f" || {_BETWEEN} || ".join(("p.title", "p.abstract", _AUTHORS, _NOTE_TEXT)),
    }
    return (
        f"{candidates} AND holds_phrase({texts[node.field]}, ?)",
        [*values, " ".join(phrase_words(node.text))],
    )


def holds_phrase(text: str | None, phrase: str) -> int:
    """SQL function: do the folded words of `phrase` stand next to each other in one text?"""
    return int(
        any(
            f" {phrase} " in f" {' '.join(phrase_words(part))} "
            for part in (text or "").split(_SEPARATOR)
        )
    )


def holds_words(text: str | None, wanted: str, prefix: int) -> int:
    """SQL function: does this one text hold all the words, the last perhaps as a beginning?"""
    words = set(index_words(text or ""))
    groups = query_words(wanted)
    for number, group in enumerate(groups):
        if words.isdisjoint(group):
            last = prefix and number == len(groups) - 1
            if not (last and any(word.startswith(tuple(group)) for word in words)):
                return 0
    return 1


def _value(field: str, value: str) -> Condition:
    match field:
        case "is" if value.lower() in ("starred", "star"):
            return "p.starred = 1", []
        case "is" | "state":
            states = [state.value for state in ReadingState]
            return ("p.reading_state = ?", [value.lower()]) if value.lower() in states else _NOTHING
        case "has":
            found = _HAS.get(value.lower().rstrip("s"))
            return (f"p.id IN ({found})", []) if found else _NOTHING
        case "year":
            years = year_range(value)
            return ("substr(p.published, 1, 4) BETWEEN ? AND ?", list(years)) if years else _NOTHING
        case "doi" | "arxiv":
            normal = (normal_doi if field == "doi" else normal_arxiv)(value) or value.lower()
            return (
                "p.id IN (SELECT e.paper_id FROM identifiers i JOIN editions e "
                "ON e.id = i.edition_id WHERE i.value = ? AND i.scheme = ? AND e.deleted IS NULL)",
                [normal, field],
            )
        case "id":
            return "p.uid >= ? AND p.uid < ?", [value.lower(), value.lower() + "\uffff"]
        case "tag":
            return (
                "p.id IN (SELECT m.paper_id FROM paper_tags m JOIN tags t ON t.id = m.tag_id "
                "WHERE lower(t.name) = lower(?) AND t.deleted IS NULL)",
                [value],
            )
        case "collection":
            # A collection holds what its sub-collections hold.
            return (
                "p.id IN (SELECT m.paper_id FROM collection_papers m JOIN collections c "
                "ON c.id = m.collection_id WHERE c.deleted IS NULL AND "
                "(lower(c.path) = lower(?) OR lower(substr(c.path, 1, length(?) + 1)) "
                "= lower(?) || '/'))",
                [value, value, value],
            )
        case _:
            return (
                "p.id IN (SELECT e.paper_id FROM page_entries e JOIN pages g ON g.id = e.page_id "
                "WHERE g.deleted IS NULL AND (lower(g.date) = lower(?) OR g.iso = ? OR g.uid = ?))",
                [value, value, value],
            )
