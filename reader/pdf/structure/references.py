"""The bibliography: where it is, its entries, and which of them a label or name means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field

from reader.domain.accents import composed
from reader.domain.annotation import Rect
from reader.domain.fold import title_key
from reader.domain.value import dataclass
from reader.pdf.structure.capitals import CAPITALS, PARTICLES
from reader.pdf.structure.entries import Entry, parse
from reader.pdf.structure.headings import Headings
from reader.pdf.structure.line import Line
from reader.pdf.structure.lines import Lines, union
from reader.pdf.structure.values import Reference
from reader.pdf.structure.words import BIBLIOGRAPHY

_TITLE = re.compile(
    r"references|references and notes|bibliography|literature cited|works cited|"
    rf"(?:cited )?literature|references cited|{BIBLIOGRAPHY}",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:end|foot)?notes|anmerkungen|endnoten", re.IGNORECASE)
_BRACKET = re.compile(r"\[([^\[\]]{1,60})\]\s*")
_NAME = rf"(?:(?:{PARTICLES})\s){{0,3}}[{CAPITALS}\u201c]"
_PLAIN = re.compile(rf"\(?(\d{{1,3}})(?:\.\)?|\)|(?=\s+{_NAME}))\s*")
_RAISED = re.compile(rf"(\d{{1,3}})(?={_NAME})")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_ENDED = (".", "/", ".html", ".pdf")  # how an entry ends, one with an address too
_BODY = re.compile(
    r"\b(?:Organi[sz]ations?|Commission|Institutes?|University|Association|Agency|Committee|Council|"
    r"Ministry|Department|Bank|Bureau|Office|Society|Foundation|Federation|Nations|Union|Centers?|"
    r"Centres?|Collaboration|Consortium|Team|Group|Service|Authority|Board|Program(?:me)?|Network)\b"
)
# A dash, or a rule that is drawn, in place of the authors of the entry before.
_AS_BEFORE = re.compile(r"(?:[\u2014\u2013\u2015_-]\s?){1,6}(?=[.,(\s])|(?=,\s[A-Z\u201c])")
_PARTICLES = re.compile(rf"^(?:(?:{PARTICLES})\s+)+")
_MOST = 5_000


@dataclass(slots=True)
class _Open:
    """An entry being gathered."""

    label: str
    lines: list[Line] = field(default_factory=list[Line])
    skip: int = 0  # characters of the first line that are the label


class References:
    """The entries of a document's bibliography."""

    def __init__(self, lines: Lines, headings: Headings) -> None:
        self._lines = lines
        self._stops = frozenset(headings.starts)
        self.lines: frozenset[tuple[int, int]] = frozenset()
        entries = self._entries(headings)
        made: list[Reference] = []
        for entry in entries:
            made.append(_reference(len(made) + 1, entry, made[-1].authors if made else ()))
        self.all = tuple(made)
        self.numeric = bool(self.all) and all(item.label.isdigit() for item in self.all)
        self.labelled = bool(self.all) and all(item.label for item in self.all)
        self.labels = {item.label: item for item in reversed(self.all) if item.label}
        # By the first author's family; each name as it is, and without "van der".
        self._families: defaultdict[str, list[tuple[Reference, tuple[frozenset[str], ...]]]] = (
            defaultdict(list)
        )
        for item in self.all:
            families = tuple(filter(None, (_keys(family(name)) for name in item.authors)))
            for key in families[0] if families else ():
                self._families[key].append((item, families))
        self._by_place = sorted(
            (item.page, item.rects[0][1], number) for number, item in enumerate(self.all)
        )

    def named(self, names: Sequence[str], year: str, *, more: bool = False) -> Reference | None:
        """The entry of these family names and that year ("2019a"); None when there is none.

        With `more` other names follow, as "et al." says.
        """
        keys = [title_key(name) for name in names]
        found = [
            (item, _fit(families, keys, more=more))
            for item, families in self._families.get(keys[0] if keys else "", ())
            if item.year and item.year[:4] == year[:4]
        ]
        found = [pair for pair in found if pair[1]]
        exact = [pair for pair in found if pair[0].year == year]
        letter = ord(year[4]) - ord("a") if len(year) > 4 else -1
        best = max((fit for _, fit in exact or found), default=0)
        fitting = [item for item, fit in exact or found if fit == best]
        if not exact and 0 <= letter < len(fitting):
            return fitting[letter]
        return fitting[0] if fitting else None

    def near(self, page: int, x: float, y: float) -> Reference | None:
        """The entry at or closest below a point, where a link leads to."""
        best: tuple[float, Reference] | None = None
        low = bisect_right(self._by_place, (page, y - 15.0, -1))
        for place_page, top, number in self._by_place[low : low + 12]:
            item = self.all[number]
            if place_page != page or top - y > 60:
                break
            aside = abs(item.rects[0][0] - x) if x > 0 else 0.0
            distance = abs(top - y) + (aside if aside > 60 else 0.0)
            if distance < 45 and (best is None or distance < best[0]):
                best = distance, item
        return best[1] if best else None

    def _entries(self, headings: Headings) -> list[_Open]:
        found: list[_Open] = []
        for rows in self._regions(headings):
            entries = self._split(rows)
            if len(entries) >= 2 or (entries and not found):
                found += entries
            if len(found) >= _MOST:
                break
        self.lines = frozenset((line.page, line.number) for item in found for line in item.lines)
        return found[:_MOST]

    def _regions(self, headings: Headings) -> list[list[Line]]:
        """The lines under each heading that announces a bibliography, or what looks like one."""
        flat = [
            line
            for rows in self._lines.pages
            for line in rows
            if (line.page, line.number) not in self._lines.furniture
        ]
        places = {(line.page, line.number): at for at, line in enumerate(flat)}
        regions: list[list[Line]] = []
        for heading, start in zip(headings.all, headings.starts, strict=True):
            if (
                _TITLE.fullmatch(heading.title.strip(" .:"))
                and heading.page not in headings.contents
            ):
                at = places.get(start, len(flat)) + 1
                end = next(
                    (
                        later
                        for later in range(at, len(flat))
                        if (flat[later].page, flat[later].number) in self._stops
                        and not _BRACKET.match(flat[later].text)
                    ),
                    len(flat),
                )
                regions.append(flat[at:end])
        if len(regions) > 1:
            # A collection has one for each chapter; otherwise it is the longest that counts.
            regions = [rows for rows in regions if len(rows) > 2]
        return regions or self._unannounced(flat, headings)

    def _unannounced(self, flat: Sequence[Line], headings: Headings) -> list[list[Line]]:
        """Without a heading: from the last line that begins with [1] on, when [2] follows."""
        for at in range(len(flat) - 1, -1, -1):
            if flat[at].text.startswith("[1] ") or flat[at].text == "[1]":
                near = flat[at + 1 : at + 40]
                if any(line.text.startswith("[2]") for line in near):
                    rows = list(flat[at:])
                    return [] if self._are_notes(rows, headings) else [rows]
        return []

    def _are_notes(self, rows: list[Line], headings: Headings) -> bool:
        """Whether numbered entries are a book's notes: called so, or most of them without a year."""
        first = rows[0].page, rows[0].number
        above = [
            heading.title
            for heading, start in zip(headings.all, headings.starts, strict=True)
            if start < first
        ]
        if above and _NOTES.fullmatch(above[-1].strip(" .:")):
            return True
        entries = self._split(rows)
        dated = [item for item in entries if any(_YEAR.search(row.text) for row in item.lines)]
        return 2 * len(dated) < len(entries)

    def _split(self, rows: list[Line]) -> list[_Open]:
        if not rows:
            return []
        for pattern in (_BRACKET, _PLAIN, _RAISED):
            starts = [pattern.match(line.text) for line in rows[:4]]
            if any(match and _begins(match[1]) for match in starts):
                entries = self._labelled(rows, pattern)
                if len(entries) >= 2:
                    return entries
        return self._hanging(rows)

    def _labelled(self, rows: list[Line], pattern: re.Pattern[str]) -> list[_Open]:
        """Entries that begin with [n], n. or [ABC12]; numbers must count on."""
        entries: list[_Open] = []
        before = 0
        for line in rows:
            match = pattern.match(line.text)
            if match and _follows(match[1], before, numeric=pattern is not _BRACKET):
                before = int(match[1]) if match[1].isdigit() else before
                entries.append(_Open(match[1].strip(), [line], match.end()))
            elif entries and self._belongs(entries[-1], line):
                entries[-1].lines.append(line)
            elif entries and line.page > entries[-1].lines[-1].page + 1:
                break
        return entries

    def _belongs(self, entry: _Open, line: Line) -> bool:
        """Whether a line goes on with the entry before it."""
        last = entry.lines[-1]
        if line.size > 1.12 * last.size or (line.size < 0.88 * last.size and len(line.text) > 25):
            return False
        if len(entry.lines) > 40:
            return False
        if line.page != last.page and last.text.rstrip().endswith(_ENDED):
            return False  # what stands on top of the next page may be anything
        same = line.page == last.page and self._lines.column(line) == self._lines.column(last)
        gap = line.box[1] - last.box[3]
        return not same or -1.5 * last.size < gap < 1.2 * last.size

    def _is_note(self, line: Line, last: Line) -> bool:
        """Whether a line is of a note at the foot of a page: small, with nothing else below it."""
        foot = line.page == last.page and line.size < last.size and line.box[1] > last.box[3]
        return foot and not any(
            row.size > 1.1 * line.size and row.box[1] > line.box[3] and len(row.text) > 4
            for row in self._lines.pages[line.page]
            if self._lines.column(row) == self._lines.column(line)
        )

    def _hanging(self, rows: list[Line]) -> list[_Open]:
        """Entries without labels: the first line stands out to the left, or a gap is before it."""
        left: dict[tuple[int, int], float] = {}
        for line in rows:
            key = line.page, self._lines.column(line)
            left[key] = min(left.get(key, line.box[0]), line.box[0])
        indent = [line.box[0] - left[line.page, self._lines.column(line)] for line in rows]
        hanging = sum(1 for value in indent if value > 4) > 0.25 * len(rows)
        entries: list[_Open] = []
        for line, inset in zip(rows, indent, strict=True):
            last = entries[-1].lines[-1] if entries else None
            if last is not None and abs(line.size - last.size) > 0.15 * last.size:
                if len(line.text) > 25 and not self._is_note(line, last):
                    break
                continue
            same = last is not None and (line.page, self._lines.column(line)) == (
                last.page, self._lines.column(last),
            )  # fmt: skip
            gap = line.box[1] - last.box[3] if last is not None and same else 0.0
            if hanging:
                fresh = inset <= 3
            else:
                fresh = gap > 0.35 * line.size or (not same and _ended(entries))
            if last is None or (fresh and (hanging or _ended(entries))):
                entries.append(_Open("", [line]))
            else:
                entries[-1].lines.append(line)
        return [entry for entry in entries if any(_YEAR.search(row.text) for row in entry.lines)]


def _keys(name: str) -> frozenset[str]:
    """What a family name is looked up by: "van der Berg" is often cited as "Berg"."""
    bare = _PARTICLES.sub("", name)
    return frozenset(filter(None, (title_key(name), title_key(bare))))


def _fit(families: Sequence[frozenset[str]], keys: Sequence[str], *, more: bool) -> int:
    """How well an entry's names fit those of a citation: 0 where they contradict them."""
    shared = min(len(families), len(keys))
    if any(keys[at] not in families[at] for at in range(shared)):
        return 0
    if more:
        return 2 if len(families) > len(keys) else 1
    return 2 if len(families) == len(keys) else 1


def family(name: str) -> str:
    """The family name in "A. B. Smith", "Smith, A." or "Smith AB"; a body's whole name."""
    if _BODY.search(name):
        return name.strip()
    head, comma, _ = name.partition(",")
    words = head.split()
    if comma or len(words) < 2:
        return head.strip()
    if re.fullmatch(r"[A-Z]{1,3}", words[-1]):
        return " ".join(words[:-1])
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:])


def _begins(label: str) -> bool:
    return label.strip() in ("1", "0") or not label.strip().isdigit()


def _follows(label: str, before: int, *, numeric: bool) -> bool:
    label = label.strip()
    if label.isdigit() and len(label) < 5:
        return before < int(label) <= before + (1 if numeric else 3)
    if numeric:
        return False
    return bool(
        re.fullmatch(
            r"[A-Za-z\u00a8\u00b4`\u02c6\u02dc\u00c0-\u024f'\u2019+*.\-]{1,24}\s?[\u2019']?\d{2,4}[a-z]?",
            label,
        )
    ) or (bool(re.fullmatch(r"[A-Z][A-Za-z+]{1,9}", label)) or bool(_YEAR.search(label)))


def _ended(entries: Sequence[_Open]) -> bool:
    """Whether what has been gathered could be a whole entry."""
    return not entries or entries[-1].lines[-1].text.endswith((".", "]", ")", "/"))


def _reference(number: int, entry: _Open, before: tuple[str, ...]) -> Reference:
    """An entry as it was gathered; `before` are the authors a dash in their place stands for."""
    first = entry.lines[0]
    text = composed(_text([first.text[entry.skip :], *(line.text for line in entry.lines[1:])]))
    again = _AS_BEFORE.match(text) if before else None
    if again:
        rest = text[again.end() :]
        parsed: Entry = parse(
            f"{'N. Nobody' if rest[:1] == ',' else 'Nobody, N.'}{rest}", entry.label
        )
    else:
        parsed = parse(text, entry.label)
    authors = before if again else parsed.authors
    label = "" if _YEAR.search(entry.label) and "(" in entry.label else entry.label
    return Reference(
        number, label, text, parsed.title, authors, parsed.year, parsed.doi,
        parsed.arxiv_id, first.page, _rects(entry.lines),
    )  # fmt: skip


def _text(pieces: Sequence[str]) -> str:
    text = ""
    for piece in pieces:
        piece = piece.strip()
        if not text:
            text = piece
        elif text[-1] in "-\u2010\u00ad" and text[-2:-1].isalpha() and piece[:1].islower():
            text = text[:-1] + piece
        elif text[-1] in "-\u2010\u2013/" or _open_address(text):
            text += piece
        else:
            text = f"{text} {piece}"
    return text.replace("\u00ad", "")


def _open_address(text: str) -> bool:
    """Whether the text ends within a web address or DOI that goes on in the next line."""
    last = text[-300:].rsplit(None, 1)[-1]
    if re.search(r"doi(?:\.org/|:?\s?)10\.(?:\d{4,9}/?)?$", text[-30:], re.IGNORECASE):
        return True
    return bool(re.search(r"https?://|doi\.org/|\b10\.\d{4,9}/", last)) and last[-1] in "._/-=?&%"


def _rects(lines: Sequence[Line]) -> tuple[Rect, ...]:
    """The entry's boxes on its first page, one for each stretch that goes down the page."""
    page = lines[0].page
    groups: list[list[Rect]] = []
    for line in lines:
        if line.page != page:
            break
        if groups and line.box[1] > groups[-1][-1][1] - line.size:
            groups[-1].append(line.box)
        else:
            groups.append([line.box])
    return tuple(union(group) for group in groups)
