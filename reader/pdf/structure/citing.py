"""Citations in running text: numbers in brackets, labels, superscripts, author and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.pdf.structure.capitals import CAPITALS, PARTICLES
from reader.pdf.structure.enumerations import points_of_lists
from reader.pdf.structure.flow import Flow
from reader.pdf.structure.naming import Named
from reader.pdf.structure.references import References
from reader.pdf.structure.values import Reference
from reader.pdf.text import PageText

_BRACKETS = re.compile(r"\[([^\[\]]{1,300})\]")
_PARENTHESES = re.compile(r"\(((?:\d{1,3})(?:\s?[,;\u2013-]\s?\d{1,3}){0,12})\)")
_ITEM = re.compile(r"\s*([^,;\u2013\u2014]+?)\s*(?:[,;\u2013\u2014]|$)")
_RANGE = re.compile(r"(\d{1,4})\s?[\u2013\u2014-]\s?(\d{1,4})")
_NOTE = re.compile(
    r"\s*(?:pp?\.|pages?|[Ss]ec|[Ss]ection|\u00a7|[Cc]h|[Tt]h(?:m|eorem)|[Ff]ig|[Tt]ab|[Ll]em|"
    r"[Pp]rop|[Cc]or|[Dd]ef|[Rr]em|[Aa]pp|[Ee]q|[Aa]lg|[Ee]x|S\.|[Kk]ap|[Aa]bschn|[Pp]\u00e1g|[Cc]laim|[Pp]art|[Vv]ol|[Pp]\d)"
)
# "Ref. 12", as physicists say where citations are raised or stand in brackets.
_BY_WORD = re.compile(
    r"\b(?:Refs?\.|[Rr]eferences?)\s(?P<run>\d{1,3}(?:(?:\s?[\u2013-]\s?|,?\sand\s|,\s|\sor\s)\d{1,3}(?![\w.]))*)"
)
_NO_CITATION_BEFORE = re.compile(
    r"\b(?:[Ee]qn?s?\.?|[Ee]quations?|[Ss]teps?|[Ii]tems?|[Pp]anels?|[Cc]ases?|[Cc]olumns?)\s?"
    r"(?:\(\d{1,3}\w?\)(?:\s?[,\u2013-]\s?|,?\s(?:and|or|to)\s))*$"
)
_NUMBER_RUN = re.compile(r"\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,12}")
_SIGN_BEFORE = re.compile(r"[\u2208=<>\u2264\u2265+\u00d7\u2212^_~]\s*$")
_BEFORE_INTERVAL = re.compile(
    r"(?:\b(?:[Rr]anges?|[Ii]ntervals?|[Bb]etween|[Vv]ectors?|[Tt]uples?|[Ss]egments?|CI|CrI|Intervall|"
    r"Bereich|[Ii]ntervalles?|[Ii]ntervalos?|[Rr]ango)[:,]?\s*|\d\.\d+%?\s?)$"  # an estimate and its interval
)
_TWO = re.compile(r"\[\s?-?\d[\d.]*\s?[,;]\s?-?\d[\d.]*\s?\]")
_COLUMNS = re.compile(r"\(\d{1,2}\)(?:\s\(\d{1,2}\))+")
_YEARS = re.compile(
    r"(?<![\w.\u2013/-])((?:1[6-9]|20)\d\d)([a-z](?:,\s?[a-z](?![a-z.]))*)?(?![\w\u2013/-])"
)
_PARTICLES = rf"(?:(?:{PARTICLES}|Van|Von|De|Du|La|Le|Di)\s+){{0,3}}"
_NAME = (
    _PARTICLES
    + rf"[{CAPITALS}][\w\u00b4\u00a8`'\u2019\u2010-]*(?:[ ]?[\u00b4\u00a8`][\w]+)?"
    + rf"(?:\s(?:(?:of|for)\s)?[{CAPITALS}][\w'\u2019-]+){{0,5}}"
)
_AUTHORS = re.compile(
    rf"(?:^|(?<=[\s(\[;,\u201c\u2014/\d]))(?P<first>{_NAME})"
    rf"(?:(?P<middle>(?:,\s+{_NAME}){{0,8}}),?\s+(?:(?:and|&|und|et|y)\s+(?P<last>{_NAME})"
    r"|(?P<more>et\s+al\.?|u\.\s?a\.))|,?\s+(?P<others>et\s+al\.?))?"
    r"(?:['\u2019]s?)?,?\s*[(\[]?\s*(?:(?:1[6-9]|20)\d\d[a-z]?(?:,\s?[a-z])*[,;]\s*)*$"
)
_WINDOW = 140
_MOST_YEARS = 3_000
_SMALL = 0.87


class Citer:
    """Finds citations in the way a document makes them."""

    def __init__(self, references: References, samples: Sequence[str], raised: int) -> None:
        """`samples` are its running texts, `raised` how many superscripts are labels."""
        self._references = references
        self._labels = references.labels
        self.brackets = self.parentheses = self.superscripts = self.years = False
        if not references.all:
            return
        self.years = not references.numeric
        if not self._labels:
            return
        in_brackets: set[str] = set()
        in_parentheses: set[str] = set()
        for text in samples:
            for match in _BRACKETS.finditer(text):
                in_brackets.update(label for _, _, label in self._items(match))
            if references.numeric:
                for match in self._in_parentheses(text):
                    in_parentheses.update(label for _, _, label in self._items(match))
        # Program text and enumerations hold a few numbers too: what names most entries counts.
        enough = max(2, len(self._labels) // 3)
        self.brackets = bool(in_brackets)
        if references.numeric:
            self.superscripts = raised >= max(enough, 2 * len(in_brackets))
            self.parentheses = not self.superscripts and len(in_parentheses) >= max(
                3, len(self._labels) // 2, 2 * len(in_brackets)
            )
            self.brackets = self.brackets and not (self.superscripts or self.parentheses)

    def find(self, flow: Flow) -> Iterator[Named]:
        """Every citation in a text."""
        text = flow.text
        if self.brackets:
            for match in _BRACKETS.finditer(text):
                items = self._items(match)
                if items and not self._is_code(flow, match.start()):
                    yield from self._named(match, items)
        if self.parentheses:
            for match in self._in_parentheses(text):
                items = self._items(match)
                if items and not self._is_code(flow, match.start()):
                    yield from self._named(match, items)
        if self.brackets or self.superscripts:
            yield from self._by_word(text)
        if self.years:
            yield from self._by_year(text)

    def _by_word(self, text: str) -> Iterator[Named]:
        for match in _BY_WORD.finditer(text):
            for number in re.finditer(r"\d+", match["run"]):
                entry = self._labels.get(number[0])
                if entry is None:
                    break
                start = match.start("run") + number.start()
                yield Named(start, start + len(number[0]), "citation", entry)

    def _in_parentheses(self, text: str) -> Iterator[re.Match[str]]:
        """Numbers in parentheses, without those that count the points of a list."""
        points = points_of_lists(text) | {
            at for row in _COLUMNS.finditer(text) for at in range(row.start(), row.end())
        }
        return (
            match
            for match in _PARENTHESES.finditer(text)
            if match.start() not in points
            and not _NO_CITATION_BEFORE.search(text[max(match.start() - 50, 0) : match.start()])
        )

    def raised(self, page: PageText, start: int, end: int, body: float) -> Iterator[Named]:
        """Superscript numbers among the page's characters that are labels of entries."""
        for at, style in enumerate(page.styles):
            if not style.raised or style.start >= end or style.size > _SMALL * body:
                continue
            stop = page.styles[at + 1].start if at + 1 < len(page.styles) else len(page.chars)
            low, high = max(style.start, start), min(stop, end)
            text = page.chars[low:high]
            match = _NUMBER_RUN.fullmatch(text.strip(" ,;"))
            if low >= high or match is None or not self._stands_raised(page, low):
                continue
            offset = low + text.index(match[0])
            for number in re.finditer(r"\d+", match[0]):
                entry = self._labels.get(number[0])
                if entry is None:
                    break
                yield Named(offset + number.start(), offset + number.end(), "citation", entry)

    def _stands_raised(self, page: PageText, at: int) -> bool:
        """Whether what is before a superscript is a word or a sign, and no formula."""
        before = page.chars[max(at - 3, 0) : at]
        stripped = before.rstrip()
        if not stripped:
            return False
        if stripped[-1] in ".,;:)]\u201d\"'\u2019?!":
            return True
        style = page.style_at(at - 1 - (len(before) - len(stripped)))
        if _is_math(style.font):
            return False
        return (stripped[-2:].isalpha() and len(stripped) > 1) or (
            stripped[-1] in "aAI" and not style.italic
        )

    def _items(self, match: re.Match[str]) -> list[tuple[int, int, str]]:
        """(start, end, label) of every label in brackets; none when one of them is no label."""
        items: list[tuple[int, int, str]] = []
        content, offset = match[1], match.start(1)
        for item in _ITEM.finditer(content):
            label = item[1]
            if label in self._labels:
                items.append((offset + item.start(1), offset + item.end(1), label))
                continue
            span = _RANGE.fullmatch(label)
            if span and span[1] in self._labels and span[2] in self._labels:
                for group in (1, 2):
                    low = offset + item.start(1) + span.start(group)
                    items.append((low, low + len(span[group]), span[group]))
                continue
            lead = re.match(r"(?:see(?: also)?|e\.g\.,?|cf\.|i\.e\.,?)\s+", label)
            if lead and label[lead.end() :] in self._labels:
                low = offset + item.start(1) + lead.end()
                items.append((low, offset + item.end(1), label[lead.end() :]))
                continue
            if (items and _NOTE.match(label)) or label in ("e.g.", "see", "cf.", "i.e."):
                continue
            return []
        return items

    def _named(self, match: re.Match[str], items: list[tuple[int, int, str]]) -> Iterator[Named]:
        if len(items) == 1 and items[0][1] - items[0][0] + 2 >= match.end() - match.start() - 2:
            yield Named(match.start(), match.end(), "citation", self._labels[items[0][2]])
            return
        for start, end, label in items:
            yield Named(start, end, "citation", self._labels[label])

    def _is_code(self, flow: Flow, at: int) -> bool:
        """Whether brackets belong to a formula or to program text: x[1], [0, 1]."""
        style = flow.text_of(at).style_at(flow.place(at))
        if style.mono:
            return True
        before = flow.text[max(at - 12, 0) : at]
        if _SIGN_BEFORE.search(before):
            return True
        if _TWO.match(flow.text, at) and _BEFORE_INTERVAL.search(before):
            return True
        if before[-1:].isalnum():
            last = flow.text_of(at - 1).style_at(flow.place(at - 1))
            return last.mono or _is_math(last.font)
        return False

    def _by_year(self, text: str) -> Iterator[Named]:
        """Smith et al. (2020), (Smith, 2019; Doe and Roe, 2020b), Smith (2019, 2021)."""
        for count, match in enumerate(_YEARS.finditer(text)):
            if count >= _MOST_YEARS:
                return
            low = max(match.start() - _WINDOW, 0)
            authors = _AUTHORS.search(text[low : match.start()])
            if authors is None:
                continue
            start, entry = self._entry(authors, match[1] + (match[2] or "")[:1])
            if entry is None:
                continue
            plain = re.search(r"(?:1[6-9]|20)\d\d", authors[0]) is None
            begin = low + start if plain else match.start()
            first = match.end() if len(match[2] or "") < 2 else match.start(2) + 1
            yield Named(begin, _closed(text, begin, first), "citation", entry)
            for letter in re.finditer(r",\s?([a-z])", match[2] or ""):
                at = match.start(2) + letter.start(1)
                _, other = self._entry(authors, match[1] + letter[1])
                if other is not None:
                    yield Named(at, at + 1, "citation", other)

    def _entry(self, authors: re.Match[str], year: str) -> tuple[int, Reference | None]:
        """Where the names begin, and the entry of these names and that year."""
        first, last = authors["first"], authors["last"]
        middle = [name.strip() for name in (authors["middle"] or "").split(",") if name.strip()]
        others = [*middle, last] if last else middle
        words = first.split()
        for skip in range(len(words)):
            name = " ".join(words[skip:])
            more = bool(authors["more"] or authors["others"])
            entry = self._references.named([name, *others], year, more=more)
            if entry is not None:
                return authors.start("first") + first.index(words[skip]), entry
        return authors.start(), None


def _closed(text: str, start: int, end: int) -> int:
    """The end of a citation with the bracket that was opened in it: Smith (2020)."""
    within, after = text[start:end], text[end : end + 1]
    opened = within.count("(") > within.count(")") and after == ")"
    opened = opened or (within.count("[") > within.count("]") and after == "]")
    return end + opened


def _is_math(font: str) -> bool:
    name = font.upper()
    return "CMMI" in name or "CMSY" in name or "MATH" in name or "CMEX" in name
