"""Mentions of figures, tables, equations and sections in running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reader.domain.value import dataclass
from reader.pdf.structure import words
from reader.pdf.structure.captions import Captions
from reader.pdf.structure.enumerations import points_of_lists
from reader.pdf.structure.equations import Equations
from reader.pdf.structure.headings import Headings
from reader.pdf.structure.numbers import supplement
from reader.pdf.structure.values import Caption, Equation, Heading, Kind, Reference

Entity = Caption | Heading | Equation | Reference

_WORD = re.compile(
    rf"(?<![A-Za-z])(?:(?P<figure>{words.FIGURE})|(?P<table>{words.TABLE})"
    rf"|(?P<algorithm>{words.ALGORITHM})|(?P<equation>{words.EQUATION})"
    rf"|(?P<section>{words.SECTION})|(?P<appendix>{words.APPENDIX}))"
    r"(?:\s?~?\s?(?=[(\[\dIVXLCA-Z]))"
)
_DECIMAL = r"\d{1,3}(?:\.\d{1,3}){0,4}"
_PART = (
    r"(?:\s?\([a-z]{1,2}(?:\s?[\u2013,-]\s?[a-z])*\)|[a-z](?![a-z])(?:[\u2013,-][a-z](?![a-z]))?)?"
)
_ROMAN = r"[IVXLC]{1,6}(?![A-Za-z])"
_LETTERED = r"[A-Z]{1,2}\.?\d{1,3}(?:\.\d{1,3}){0,3}"
_NUMBERS: dict[str, re.Pattern[str]] = {
    "figure": re.compile(rf"(?P<n>{_DECIMAL}|{_LETTERED}|{_ROMAN}){_PART}"),
    "table": re.compile(rf"(?P<n>{_DECIMAL}|{_LETTERED}|{_ROMAN}|[A-Z](?![A-Za-z])){_PART}"),
    "algorithm": re.compile(rf"(?P<n>{_DECIMAL}|{_LETTERED}){_PART}"),
    "equation": re.compile(
        rf"[(\[]\s?(?P<n>(?:[A-Z]{{1,2}}\.?)?\d{{1,3}}(?:[.-]\d{{1,3}}){{0,2}}[a-z]?)\s?[)\]]"
        rf"|(?P<m>(?:[A-Z]{{1,2}}\.)?{_DECIMAL})[a-z]?(?![\w%])"
    ),
    "section": re.compile(
        rf"(?P<n>{_DECIMAL}|[IVXLC]{{1,6}}(?:[.\- ][A-Z](?:[.\- ]?\d{{1,2}})?)?(?![A-Za-z])"
        rf"|[A-Z](?:\.?\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})?(?![A-Za-z]))"
    ),
    "appendix": re.compile(r"(?P<n>[A-Z](?:[.\- ]?\d{1,2}(?:\.\d{1,2}){0,3})?(?![A-Za-z])|\d{1,2}(?:\.\d+)*)"),
}  # fmt: skip
_BETWEEN, _BETWEEN_ROMANCE = (
    re.compile(
        rf"\s?(?:,\s?(?:(?:{between})\s|&\s?)?|(?:{between})\s|&\s?|[\u2013\u2014-]{{1,2}}\s?)"
        r"(?=[(\[\dA-Z])"
    )
    for between in (words.BETWEEN, f"{words.BETWEEN}|{words.BETWEEN_ROMANCE}")
)
_ROMANCE = re.compile(r"(?:as|os|ones|\u00f5es|ioni)\s$")
_ITALIAN = re.compile(r"\b(?:[Ll]e|[Dd]elle|[Nn]elle|[Aa]lle|[Dd]alle)\s$")  # "le figure 1 e 2"
_SUPPLEMENT = re.compile(r"(?:(?P<extended>Extended Data)|Suppl(?:ementa(?:ry|l)|\.)|SI)\s$")
_MOST_IN_LIST = 30
_ALONE = re.compile(r"\((?P<n>(?:[A-Z]{1,2}\.)?\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?)\)")
_LEADING = re.compile(
    r"(?:\b(?:in|In|from|From|by|By|of|Of|using|Using|into|to|via|see|See|with|With|under|that|"
    r"than|as|As|satisf(?:y|ies|ying)|solv(?:e|es|ing)|minimi[sz](?:e|es|ing)|maximi[sz](?:e|es|ing)|"
    r"appl(?:y|ying)|Applying|combin(?:e|ing)|Combining|substitut(?:e|ing)|Inserting|inserting|"
    r"inequality|constraints?|problem|system|model|Given|given|Since|on|through|both|"
    r"between|condition|formula|bound|identity|relation|definition|expression|Hamiltonian|"
    r"objective|loss|ansatz|estimate|estimator|recursion|update|decomposition|integral|"
    r"Inequality|Problem|eqs?|law|rule|representation|expansion|where|When|when|if|If|"
    r"compare|Then|Thus|follows|gives|yields|implies)\s)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention in a text: where, of what kind, of which thing."""

    start: int
    end: int
    kind: Kind
    entity: Entity | None


class Namer:
    """Finds what running text says of figures, tables, equations and sections."""

    def __init__(self, captions: Captions, headings: Headings, equations: Equations) -> None:
        self._equations = equations
        self._find: dict[str, Callable[[str], Entity | None]] = {
            "figure": lambda number: captions.find("figure", number),
            "table": lambda number: captions.find("table", number),
            "algorithm": lambda number: captions.find("algorithm", number),
            "equation": equations.find,
            "section": headings.find,
            "appendix": lambda number: headings.find(number, appendix=True),
        }

    def find(self, text: str, *, alone: bool) -> Iterator[Named]:
        """Every mention in a text; "(5)" without a word only with `alone`, and where sure."""
        taken = 0
        spans: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            if match.start() < taken:
                continue
            for named in self._numbers(text, match):
                taken = named.end
                spans.append((named.start, named.end))
                yield named
        if alone:
            yield from self._alone(text, spans)

    def _numbers(self, text: str, word: re.Match[str]) -> Iterator[Named]:
        """The numbers behind a word: "Figs. 1-3 and 5" is three mentions, 1, 3 and 5."""
        sort = word.lastgroup or "figure"
        kind: Kind = _KINDS[sort]
        start, at = word.start(), word.end()
        aside = _SUPPLEMENT.search(text[max(start - 16, 0) : start])
        romance = _ROMANCE.search(word[0]) or _ITALIAN.search(text[max(start - 7, 0) : start])
        joint = _BETWEEN_ROMANCE if romance else _BETWEEN
        for _ in range(_MOST_IN_LIST):
            number = _NUMBERS[sort].match(text, at)
            if number is None:
                return
            value = number["n"] or (number["m"] if sort == "equation" else "")
            entity = self._find[sort](supplement(value, aside["extended"]) if aside else value)
            end = number.end()
            # "Sec. IV A" as physicists write it; "Appendix B 2" may be B, and then a number.
            while entity is None and " " in value:
                value = value.rpartition(" ")[0]
                end = number.start("n") + len(value)
                entity = self._find[sort](value)
            if entity is None and aside:
                return
            if entity is None and start != word.start():
                return
            if entity is None and not _plain(sort, word[0], value):
                return
            yield Named(start, end, kind, entity)
            between = joint.match(text, end)
            if between is None:
                return
            start, at = between.end(), between.end()

    def _alone(self, text: str, spans: list[tuple[int, int]]) -> Iterator[Named]:
        taken = {at for low, high in spans for at in range(low, high)} | points_of_lists(text)
        last_end = -10
        for match in _ALONE.finditer(text):
            if match.start() in taken:
                continue
            equation = self._equations.find(match["n"])
            if equation is None:
                continue
            before = text[max(match.start() - 24, 0) : match.start()]
            chained = match.start() - last_end < 8 and re.search(
                r"(?:and|or|to|,|[\u2013-])\s?$", before
            )
            after = text[match.end() : match.end() + 2]
            doubled = before.endswith("(") and after[:1] in (")", "\u2013")  # ((6))
            if chained or doubled or _LEADING.search(before):
                last_end = match.end()
                yield Named(match.start(), match.end(), "equation", equation)


_KINDS: dict[str, Kind] = {
    "figure": "figure",
    "algorithm": "figure",
    "table": "table",
    "equation": "equation",
    "section": "section",
    "appendix": "section",
}


def _plain(sort: str, word: str, value: str) -> bool:
    """Whether a mention without a target is still one for certain, and not "section A"."""
    return value[:1].isdigit() and word[:1].isupper() and sort in ("figure", "table", "equation")
