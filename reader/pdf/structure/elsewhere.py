"""Figures, equations and sections of other works: "Fig. 3 of [7]" names none of this paper."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from reader.pdf.structure.capitals import CAPITALS

_NUMBERS_ON = re.compile(
    r"(?:(?:\s?[,\u2013&-]\s?|,?\s(?:and|or|to)\s)(?:(?:Fig|Tab|Sec|Eq|Chap|App)\w*\.?\s)?"
    r"[(\[]?[A-Z]?\d[\w.]*[)\]]?(?:\([a-z]\))?){0,8}"
)
_OF = re.compile(
    r"\s(?:of|in|von|aus|de|dans)\s(?:the\s\w+\s(?:of|by)\s)?"
    r"(?P<ref>(?:Refs?\.|[Rr]eferences?)\s?(?=[\[(\d]))?[\[(]?"
)
_OF_NAMES = re.compile(
    rf"\s(?:of|in|by)\s(?:[{CAPITALS}][\w'\u2019-]+,?\s){{1,4}}(?:et\sal\b|(?:and|&)\s[A-Z]\S+\s[\[(]\d)"
)
_OF_WORK = re.compile(
    r"\s(?:of|in|from)\s(?:(?:that|their|his|her|its)\s(?:\w+\s)?"
    r"|the\s(?:companion|original|official|classic(?:al)?|earlier|previous|accompanying|same)\s)"
    r"(?:paper|article|work|monograph|book|textbook|handbook|report|study|thesis|dissertation|treatise)\b"
    r"|\s(?:of|in|from)\s(?:the\s|our\s)?(?:\w+\s)?(?:[Ss]upplement(?:ary|al)?\b|SI\b)"
    r"|\sof\sthe\s(?:[A-Z]{3,}\b|(?:\w+\s)?(?:handbook|textbook|monograph|[Aa]ct|[Tt]reaty|[Cc]onstitution|"
    r"[Cc]onvention|[Dd]irective|[Rr]egulation|[Cc]harter)\b)"
    r"|\stherein\b"
)
_THEIRS = re.compile(r"(?:\b(?:their|his|her)|[A-Z]\w+['\u2019]s)\s$")
_WITHIN = re.compile(r"[,:]\s(?:(?:pp?\.|S\.)\s?\d+(?:[\u2013-]\d+)?,\s)?(?:see\s)?")
_FURTHEST = 120


def elsewhere(
    text: str, start: int, end: int, cited: AbstractSet[int], cited_to: AbstractSet[int]
) -> bool:
    """Whether what is named at `start` to `end` belongs to a work that is cited beside it.

    `cited` and `cited_to` are where the text's citations begin and end.
    """
    before = text[max(start - 30, 0) : start]
    if (_THEIRS.search(before) and text[start] not in "Ee") or _noted(text, start, cited_to):
        return True
    numbers = _NUMBERS_ON.match(text, end)
    at = numbers.end() if numbers else end
    after = text[at : at + _FURTHEST]
    of = _OF.match(after)
    if of and (of["ref"] or at + of.end() in cited or at + of.end() - 1 in cited):
        return True
    return bool(_OF_NAMES.match(after) or _OF_WORK.match(after))


def _noted(text: str, start: int, cited_to: AbstractSet[int]) -> bool:
    """Whether a citation goes on to the name, in its own brackets: [7, Fig. 3]."""
    for length in range(2, 24):
        if start - length in cited_to and text[start - length - 1] not in ")]":
            return _WITHIN.fullmatch(text, start - length, start) is not None
    return False
