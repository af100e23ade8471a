"""Section headings, told by their numbers and by their looks; an outline made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reader.domain.fold import title_key
from reader.pdf.protocol import OutlineItem
from reader.pdf.structure.line import Line, is_bold, is_italic, is_small_capitals
from reader.pdf.structure.lines import Lines, union
from reader.pdf.structure.numbers import keys
from reader.pdf.structure.sequence import Candidate, Look, in_sequence
from reader.pdf.structure.values import Heading
from reader.pdf.structure.words import BIBLIOGRAPHY
from reader.pdf.text import PageText, Style

_NUMBERED = re.compile(
    r"(?P<word>(?:Appendix|APPENDIX|Chapter|CHAPTER|Section|SECTION)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[IVXLC]{1,7}|[A-Z](?:\.\d{1,2}){0,3})"
    r"(?P<dot>[.:)]?)(?:\s+(?P<title>[^\W\d_]\S*(?:\s.*)?|[\"\u201c'(\d$\u2018-].*[^\W\d_].*)|$)"
)
_KNOWN = re.compile(
    r"(?:abstract|introduction|background|(?:related|previous|prior) works?|methods?|"
    r"materials and methods|results?|discussion|results and discussion|"
    r"conclusions?|concluding remarks|(?:conclusions? and )?(?:future|further) works?|summary|"
    r"acknowledge?ments?|references|references and notes|bibliography|literature cited|"
    r"works cited|notes|index|contents|table of contents|preface|foreword|"
    r"appendix|appendices|supplementary (?:material|information)s?|supporting information|"
    r"author contributions|data availability|code availability|competing interests|"
    r"list of (?:figures|tables|acronyms|symbols)|glossary|nomenclature|"
    r"einleitung|zusammenfassung|danksagung|r\u00e9sum\u00e9|remerciements|agradecimientos|"
    rf"{BIBLIOGRAPHY})",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.\s?){3,}|\s\d{1,4}$")
_LEADING_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVXLC]{1,7}|[A-Z])[.:)]?\s+")
_LONGEST = 180
_MOST_LINES = 3
_SMALLEST = 0.88  # of the body's size


class Headings:
    """The headings of a document in order, and the lines that are theirs."""

    def __init__(
        self,
        lines: Lines,
        texts: Sequence[PageText | None],
        skipped: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        self._skipped = lines.furniture | skipped
        self._lines = lines
        self._texts = texts
        self.contents = _contents_pages(lines)
        found = [item for page in lines.pages for item in self._page(page)]
        numbered = in_sequence([item for item in found if item.number])
        chosen = {id(item): heading for item, heading in numbered}
        chosen.update(self._unnumbered(found, chosen))
        kept = [item for item in found if id(item) in chosen]
        self.all = tuple(chosen[id(item)] for item in kept)
        self.lines = frozenset(
            (line.page, line.number) for item in kept if not item.run_in for line in item.lines
        )
        self.starts = tuple((item.lines[0].page, item.lines[0].number) for item in kept)
        self._by_key: dict[str, Heading] = {}
        self._appendix = next(
            (item for item in self.all if item.title.lower() in ("appendix", "appendices")), None
        )
        for heading in self.all:
            for key in keys(heading.number)[-1:] if heading.number else ():
                self._by_key.setdefault(key, heading)
        for heading in self.all:
            for key in keys(heading.number):
                self._by_key.setdefault(key, heading)

    def find(self, number: str, *, appendix: bool = False) -> Heading | None:
        """The section a number means; an appendix's letter is not taken for a Roman number."""
        forms = keys(number)
        for key in reversed(forms) if appendix else forms:
            if key in self._by_key:
                return self._by_key[key]
        return self._appendix if appendix else None

    def _page(self, lines: Sequence[Line]) -> list[Candidate]:
        found: list[Candidate] = []
        taken = 0
        for at, line in enumerate(lines):
            if at < taken or (line.page, line.number) in self._skipped:
                continue
            item = self._candidate(lines, at)
            if item is not None:
                found.append(item)
                taken = at + len(item.lines)
        if found and found[0].lines[0].page in self.contents:
            return [item for item in found if not _LEADER.search(item.lines[-1].text)][:1]
        return found

    def _candidate(self, lines: Sequence[Line], at: int) -> Candidate | None:
        line = lines[at]
        if line.largest < _SMALLEST * self._lines.body or len(line.text) > _LONGEST:
            return None
        style, end = self._look(line)
        text = line.text if end >= line.end else self._text(line, end)
        match = _NUMBERED.fullmatch(text)
        known = _KNOWN.fullmatch(text.rstrip(".: \u2014-"))
        if not (self._stands_out(line, style, text, match) or known):
            return None
        if known and not (style[1] or style[2] or style[3] or style[0] > self._lines.body + 0.4):
            alone = line.first and (at + 1 == len(lines) or lines[at + 1].block != line.block)
            if not alone or line.text.islower():
                return None
        rows = [line]
        chapter = match is not None and bool(match["word"]) and not match["title"]
        while (
            end >= line.end
            and len(rows) < _MOST_LINES
            and at + len(rows) < len(lines)
            and self._goes_on(rows[-1], lines[at + len(rows)], style, chapter=chapter)
            and not (known and not match)
        ):
            rows.append(lines[at + len(rows)])
        title = match["title"] or "" if match else text
        title = " ".join([title, *(row.text for row in rows[1:])]).strip()
        if match and not title and not match["word"]:
            return None
        if match and title.lower() == "contents":  # the running head of a page of it
            return None
        rect = union(row.box for row in rows)
        if end < line.end and (page := self._texts[line.page]) is not None:
            rect = page.rects(line.start, end)[0]
        word = (match["word"] or "").strip().lower() if match else ""
        number = match["number"] if match else ""
        dotted = bool(match and match["dot"])
        return Candidate(
            tuple(rows), style, word, number, title.rstrip(" ."), rect, dotted, end < line.end
        )

    def _look(self, line: Line) -> tuple[Look, int]:
        """How a line's beginning looks, behind its number, and where that ends."""
        page = self._texts[line.page]
        if page is None:
            return (line.largest, line.bold, line.italic, line.text.isupper()), line.end
        at = _index(page, line.start + _behind_number(page, line))
        first = page.styles[at] if page.styles else Style(0, line.size)
        bold, italic, capitals = is_bold(first), is_italic(first), is_small_capitals(first)
        end = line.end
        if bold or italic or capitals:
            for style in page.styles[at + 1 :]:
                if style.start >= line.end:
                    break
                if (is_bold(style), is_italic(style)) != (bold, italic):
                    end = style.start
                    break
        head = page.chars[line.start : end].strip()
        capitals = capitals or line.text.isupper()
        if end < line.end and (len(head) < 8 or not head.endswith((".", ":", "\u2014", "?"))):
            return (line.largest, line.bold, line.italic, capitals), line.end
        return (max(first.size, line.largest), bold, italic, capitals), end

    def _text(self, line: Line, end: int) -> str:
        page = self._texts[line.page]
        return page.chars[line.start : end].strip() if page else line.text

    def _stands_out(
        self,
        line: Line,
        style: Look,
        text: str,
        match: re.Match[str] | None,
    ) -> bool:
        size, bold, italic, capitals = style
        letters = sum(map(str.isalpha, text))
        if letters < (2 if match else 3) or letters < 0.4 * len(text):
            return match is not None and bool(match["word"]) and letters >= 3
        larger = size >= self._lines.body + 0.45
        if match is None:
            return (larger or (bold and line.first)) and text[0].isalpha() and len(text) < 120
        return larger or bold or italic or (capitals and letters >= 4)

    def _goes_on(self, line: Line, after: Line, style: Look, *, chapter: bool) -> bool:
        look, end = self._look(after)
        same = abs(look[0] - style[0]) < 0.3 and look[1:3] == style[1:3] and end >= after.end
        if chapter and look[0] >= style[0] and look[1] == style[1]:
            return 0 < after.box[1] - line.box[3] < 3 * after.size
        close = -0.3 * line.size < after.box[1] - line.box[3] < 0.75 * line.size
        apart = _NUMBERED.fullmatch(after.text) is not None and not after.text[:1].islower()
        upper = look[3] == style[3] or not style[3]
        return same and close and upper and not (apart and after.text[:2].strip(".").isalnum())

    def _unnumbered(
        self, found: Sequence[Candidate], chosen: dict[int, Heading]
    ) -> dict[int, Heading]:
        """Headings without a number: those with a known name or the look of the others."""
        looks: dict[Look, int] = {}
        for item in found:
            if id(item) in chosen:
                looks.setdefault(item.style, chosen[id(item)].level)
        free = [item for item in found if id(item) not in chosen]
        known = [item for item in free if _KNOWN.fullmatch(item.title.rstrip(".: \u2014-"))]
        if not looks:
            looks = self._by_size(free)
        levels: dict[int, Heading] = {}
        deepest = max([1, *looks.values()])
        for item in free:
            is_known = any(item is other for other in known)
            level = looks.get(item.style, 1 if is_known else 0)
            level = min(deepest + 1, 4) if level and item.run_in and not is_known else level
            if not level or (item.number and not is_known):
                continue
            page = item.lines[0].page
            title = f"{item.number} {item.title}" if item.number else item.title
            levels[id(item)] = Heading(level, "", title.rstrip(".: \u2014"), page, item.rect)
        return levels

    def _by_size(self, free: Sequence[Candidate]) -> dict[Look, int]:
        """Levels of the looks that recur, larger ones outermost, at most three."""
        count = Counter(item.style for item in free if item.lines[0].first)
        body = self._lines.body
        looks = [
            style
            for style, times in count.items()
            if times >= 2 and (style[0] >= 1.12 * body or (style[1] and style[0] >= body - 0.3))
        ]
        ordered = sorted(looks, key=lambda style: (-style[0], not style[1]))
        return {style: level for level, style in enumerate(ordered[:3], 1)}


def outline_of(headings: Sequence[Heading]) -> tuple[OutlineItem, ...]:
    """Headings as bookmarks, for a file that has none; levels follow one another."""
    items: list[OutlineItem] = []
    for heading in headings:
        most = items[-1].level + 1 if items else 1
        level = min(heading.level, most)
        items.append(
            OutlineItem(level, heading.text, heading.page, heading.rect[0], heading.rect[1])
        )
    return tuple(items)


def _behind_number(page: PageText, line: Line) -> int:
    """How many characters of a line are its number, which is often set in another font."""
    match = _LEADING_NUMBER.match(page.chars[line.start : line.end])
    return match.end() if match else 0


def _index(page: PageText, start: int) -> int:
    low, high = 0, len(page.styles)
    while low < high:
        middle = (low + high) // 2
        if page.styles[middle].start <= start:
            low = middle + 1
        else:
            high = middle
    return max(low - 1, 0)


def _contents_pages(lines: Lines) -> frozenset[int]:
    """Pages with a table of contents: many of their lines end in a page number."""
    found: set[int] = set()
    for page, rows in enumerate(lines.pages):
        named = any(re.fullmatch(r"(?:table of )?contents", row.text.lower()) for row in rows)
        ending = sum(1 for row in rows if _LEADER.search(row.text) and row.text[:1].isalnum())
        titled = sum(1 for row in rows if _NUMBERED.fullmatch(row.text))
        after = page - 1 in found and ending > 0.6 * len(rows) and titled > 0.4 * len(rows)
        if (named and ending > 0.4 * len(rows)) or (ending >= 5 and after):
            found.add(page)
    return frozenset(found)


def with_outline(headings: Sequence[Heading], outline: Sequence[OutlineItem]) -> list[Heading]:
    """Headings that take their level from the file's own bookmark of the same name."""
    levels = {title_key(item.title): item.level for item in outline}
    return [
        replace(heading, level=levels.get(title_key(heading.text), heading.level))
        for heading in headings
    ]
