"""Authors and title of entries in which no full stop parts the one from the other.

"Smith JA, Doe J. A title: with more" (medicine), "Smith, J. & Doe, R. A title" (Nature),
"Smith, Jane ; Doe, Rick: A title" (German), "J. Smith and R. Doe, A title, A journal 3
(2001)" (mathematics).
"""

from __future__ import annotations

import re

from reader.pdf.structure.capitals import CAPITALS, PARTICLES

_PARTICLE = rf"(?:{PARTICLES}|st\.)"
_LONG_WORD = rf"[{CAPITALS}][\w'\u2019\u2010-]+"
_FAMILY = rf"(?:{_PARTICLE}\s){{0,3}}{_LONG_WORD}(?:\s{_LONG_WORD}){{0,2}}"
_INITIALS_LAST = (
    rf"(?:{_PARTICLE}\s){{0,3}}(?:{_LONG_WORD}\s){{1,3}}[{CAPITALS}]{{1,3}}(?:\s(?:Jr|Sr|III?))?"
)
_MEDICAL = re.compile(
    rf"(?P<authors>{_INITIALS_LAST}(?:,\s{_INITIALS_LAST}){{0,60}}(?:,?\set\sal\.?)?)[.:]{{1,2}}\s(?=[^\s\d])"
)
_TURNED_INITIALS = rf"{_FAMILY},\s(?:[{CAPITALS}]\.-?\s?){{1,4}}+"
_NATURE = re.compile(
    rf"(?P<authors>{_TURNED_INITIALS}(?:(?:,?\s?(?:&|and|und)\s|,\s|;\s){_TURNED_INITIALS}){{0,60}}+"
    rf"(?:,?\s?et\sal\.\s)?)(?<=\.\s)(?!{_FAMILY},\s[{CAPITALS}]\.|[{CAPITALS}]\.|and\b|et\b)(?=[^\W\d]|[\u2018\u201c])"
)
# "Quoc V. Le and Jane Doe", "John A. Smith, A title": the next name goes on, no title begins.
_NAME_GOES_ON = re.compile(
    rf"(?:{_PARTICLE}\s){{0,3}}{_LONG_WORD}(?:\s(?:and|&|et|und)\s[{CAPITALS}]|,\s[{CAPITALS}]|\.\s|$)"
)
_ANY = rf"[{CAPITALS}][\w.'\u2019\u2010-]*"
_TURNED = re.compile(
    rf"{_FAMILY},\s{_ANY}(?:\s{_ANY}){{0,3}}(?:\s(?:{_PARTICLE}|[a-z]\.)){{0,3}}(?:\s?\((?:Hrsg|Hg|[Ee]ds?)\.\))?"
)
_SEMICOLON = re.compile(r"\s?;\s|\s/\s|\s(?:und|and|u\.)\s")
_FULL = re.compile(rf"(?:{_ANY}\s){{1,4}}(?:{_PARTICLE}\s){{0,3}}{_ANY}")
_NAMELIKE = re.compile(_LONG_WORD)
_FOLLOWED = re.compile(r",\s+")
_LAST_AUTHOR = re.compile(r"(?:^|\s)(?:and|&|et)\s")
_VENUE = re.compile(r"(?:in|to appear|pp?|vol|no|ed|eds|with|and|arXiv)\b[.:]?", re.IGNORECASE)
_SMALL_WORD = re.compile(r"\b[a-z]{2,}")
_LEAST_WORDS = 3


def byline(text: str) -> tuple[str, str] | None:
    """The authors, and what begins with the title; None where the entry is of no such kind."""
    medical = _MEDICAL.match(text)
    if medical and not ("," not in medical[0] and _NAME_GOES_ON.match(text, medical.end())):
        return medical["authors"].removesuffix("."), text[medical.end() :]
    nature = _NATURE.match(text)
    if nature:
        return nature["authors"].strip(), text[nature.end() :]
    colon = text.find(": ")
    if 0 < colon < 400:
        names = [name.strip() for name in _SEMICOLON.split(text[:colon])]
        if all(name in ("et al.", "u. a.") or _TURNED.fullmatch(name) for name in names):
            return "; ".join(names), text[colon + 2 :]
    return None


def in_commas(text: str) -> tuple[str, str] | None:
    """The same where only commas stand between authors, title and journal."""
    parts = _FOLLOWED.split(text[:1_000])
    authors = 0
    while authors < len(parts) - 1:
        pieces = [piece for piece in re.split(r"(?:^|\s)(?:and|&|et)\s", parts[authors]) if piece]
        body = authors == 0 and _NAMELIKE.fullmatch(parts[0])
        if not pieces or not all(
            body or _FULL.fullmatch(piece) or piece in ("et al.", "al.") for piece in pieces
        ):
            break
        authors += 1
        if _LAST_AUTHOR.search(parts[authors - 1]):
            break
    if not authors:
        return None
    title = [parts[authors]]
    for part in parts[authors + 1 :]:
        if not part[:1].islower() or _VENUE.match(part):
            break
        title.append(part)
    after = parts[authors + len(title) : authors + len(title) + 1]
    words = ", ".join(title)
    if not _is_title(words, after[0] if after else ""):
        return None
    return ", ".join(parts[:authors]), words


def _is_title(text: str, after: str) -> bool:
    """Whether words can be a title, and no journal with its volume."""
    if _VENUE.match(text) or len(text.split()) < _LEAST_WORDS or not _SMALL_WORD.search(text):
        return False
    return not re.search(r"\d$", text.rstrip(" .")) and not re.match(r"\d+\s?\(|vol\b", after)
