"""Names of people: one written name as an `Author`.

Feeds give names in reading order ("Laurens van der Maaten"), files often as
"Family, Given".  A name that cannot be split for certain stays a literal, so
that `Author.name` shows what was written.
"""

from __future__ import annotations

import re

from reader.domain.paper import Author

_PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "dem",
        "del",
        "della",
        "degli",
        "dei",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "du",
        "des",
        "la",
        "le",
        "las",
        "los",
        "lo",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "af",
        "av",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "vom",
        "am",
        "'t",
        "op",
    ]
)
# Written with a capital these begin a family name too ("Luc Van Gool") ...
_CAPITAL_PARTICLES = frozenset({"Van", "Von", "De", "Del", "Della", "Dos"})
# ... but before these, "Van" is a Vietnamese middle name ("Tuan Van Nguyen").
_VIETNAMESE = frozenset(
    [
        "Nguyen",
        "Tran",
        "Le",
        "Pham",
        "Hoang",
        "Huynh",
        "Phan",
        "Vu",
        "Vo",
        "Dang",
        "Bui",
        "Do",
        "Ho",
        "Ngo",
        "Duong",
        "Ly",
        "Dinh",
        "Trinh",
    ]
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:^the\s|\b(?:collaborations?|consortium|team|group|working group|committee|institutes?|"
    r"university|laborator(?:y|ies)|labs?|foundation|corporation|company|project|initiative|"
    r"community|department|network|society|association|inc|llc|ltd|gmbh|et al)\b\.?)",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def parse_name(text: str) -> Author:
    """The person or group a written name stands for; `Author()` for empty text.

    Particles belong to the family name ("van der Berg"), and so does a suffix
    ("King Jr."), which keeps the reading order.  Groups, single names and names
    in Chinese, Japanese or Korean script are literals.
    """
    name = " ".join(text.split())
    if not name:
        return Author()
    if _CJK.search(name) or _is_group(name):
        return Author(literal=name)
    if "," in name:
        return _with_comma(name)
    return _in_reading_order(name.split(" "), name)


def _is_group(name: str) -> bool:
    match = _GROUP.search(name)
    # "Lab, Ada" is a person, "Ada Lab" and "OpenAI, Inc." are not.
    inverted = re.match(r"^[^\s,]+,\s*(?!(?:inc|llc|ltd|gmbh)\b)\S", name, re.IGNORECASE)
    return bool(match) and not inverted


def _with_comma(name: str) -> Author:
    parts = [part.strip() for part in name.split(",")]
    match parts:
        case [family, suffix] if _SUFFIX.match(suffix) and family:
            return _in_reading_order([*family.split(" "), suffix], f"{family} {suffix}")
        case [family, given] if family:
            return Author(family=family, given=given)
        case [family, suffix, given] if family and _SUFFIX.match(suffix):
            return Author(family=f"{family} {suffix}", given=given)
        case [family, given, suffix] if family and _SUFFIX.match(suffix):
            return Author(family=f"{family} {suffix}", given=given)
        case _:
            return Author(literal=name)


def _in_reading_order(words: list[str], name: str) -> Author:
    end = len(words)
    if end > 2 and _SUFFIX.match(words[-1]):
        end -= 1
    if end < 2:
        return Author(literal=name)
    start = _family_start(words[:end])
    return Author(family=" ".join(words[start:]), given=" ".join(words[:start]))


def _family_start(words: list[str]) -> int:
    """Index of the first word of the family name."""
    start = len(words) - 1
    if start > 2 and words[start - 1] == "y":
        start -= 2
    for index in range(len(words) - 2, -1, -1):
        word, following = words[index], words[index + 1]
        if word in _PARTICLES:
            start = min(start, index)
        elif word in _CAPITAL_PARTICLES and index > 0 and index == start - 1:
            if following not in _VIETNAMESE:
                start = index
        elif start != len(words) - 1:
            break
    return start
