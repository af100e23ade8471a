"""The mentions of a page: what its text says, together with what its links say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import PdfLink
from reader.pdf.structure.capitals import PARTICLES
from reader.pdf.structure.captions import Captions
from reader.pdf.structure.citing import Citer
from reader.pdf.structure.elsewhere import elsewhere
from reader.pdf.structure.flow import Flow
from reader.pdf.structure.headings import Headings
from reader.pdf.structure.line import Line
from reader.pdf.structure.lines import Lines
from reader.pdf.structure.linking import Places, kind_of, target_of
from reader.pdf.structure.naming import Named, Namer
from reader.pdf.structure.references import References
from reader.pdf.structure.values import Caption, Equation, Heading, Kind, Mention, Target
from reader.pdf.text import PageText

_NEAR_ABOVE, _NEAR_BELOW = 42.0, 14.0  # points a link's point is off the entry it means
_NUMBERED = re.compile(r"[^\w(]*(?:\w+\.?\s)?[(\[]?(?:\d|[IVXLC]+\b|[A-Z](?:\.\d|\b))")
_NUMBERS = re.compile(r"[\w.\-\u2013]*\w")
_WORD = re.compile(r"[^\W\d_]{3}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BETWEEN_NAMES = frozenset(("and", "und", "et", *PARTICLES.split("|")))
_LONGEST = 60  # characters of a link that is a mention


@dataclass(frozen=True, slots=True)
class Parts:
    """What mentions are found with; `aside` are the lines that are no running text."""

    texts: Sequence[PageText | None]
    aside: frozenset[tuple[int, int]]
    lines: Lines
    captions: Captions
    headings: Headings
    references: References
    namer: Namer
    citer: Citer
    places: Places

    def running(self, page: int) -> list[Line]:
        """A page's lines without those set aside and without captions."""
        if not 0 <= page < len(self.lines.pages):
            return []
        aside, captions = self.aside, self.captions.lines
        return [
            line
            for line in self.lines.pages[page]
            if (page, line.number) not in aside and (page, line.number) not in captions
        ]


def flows(parts: Parts, number: int) -> Iterator[Flow]:
    """A page's running texts: its body, what is set smaller, and each caption by itself."""
    is_body = parts.lines.is_body
    rows = parts.running(number)
    before = [line for line in parts.running(number - 1) if is_body(line)][-1:]
    after = [line for line in parts.running(number + 1) if is_body(line)][:1]
    body = [line for line in rows if is_body(line)]
    yield Flow(parts.texts, number, [*before, *body, *after])
    yield Flow(parts.texts, number, [line for line in rows if not is_body(line)])
    for lines, label_end in parts.captions.on(number):
        yield Flow(parts.texts, number, lines, label_end)


def from_text(parts: Parts, page: PageText, number: int) -> list[Mention]:
    """The mentions that the text of a page alone tells, in order."""
    if number in parts.headings.contents:
        return []
    found: list[Mention] = []
    for flow in flows(parts, number):
        citations = list(parts.citer.find(flow))
        taken = {at for named in citations for at in range(named.start, named.end)}
        starts, ends = {one.start for one in citations}, {one.end for one in citations}
        named = [
            item
            for item in parts.namer.find(flow.text, alone=not parts.citer.parentheses)
            if not taken.intersection(range(item.start, item.end))
            and not elsewhere(flow.text, item.start, item.end, starts, ends)
        ]
        found += [_mention(flow, item) for item in (*citations, *named) if flow.ends_here(item.end)]
    if parts.citer.superscripts:
        found += _raised(parts, page, number)
    return sorted(found, key=lambda mention: mention.start)


def with_links(
    parts: Parts, page: PageText, number: int, mentions: Sequence[Mention], links: Sequence[PdfLink]
) -> list[Mention]:
    """Mentions where those covered by a link of the file lead where it leads."""
    inner = [link for link in links if link.page is not None]
    grid = _Grid(inner)
    used: set[int] = set()
    found: list[Mention] = []
    for mention in mentions:
        hits = [at for rect in mention.rects for at in grid.at(rect)]
        used.update(hits)
        # The last one is on the number, where a mention has a link for each line.
        found.append(_followed(parts, mention, inner[hits[-1]]) if hits else mention)
    if number not in parts.headings.contents:
        rest = [link for at, link in enumerate(inner) if at not in used]
        found += _only_links(parts, page, number, rest)
    return sorted(found, key=lambda mention: mention.start)


def _mention(flow: Flow, named: Named) -> Mention:
    start, end = flow.span(named.start, named.end)
    text = flow.text[named.start : named.end]
    target = target_of(named.entity) if named.entity else None
    rects = flow.rects(named.start, named.end)
    return Mention(flow.page, rects, start, end, text, named.kind, target, "text")


def _raised(parts: Parts, page: PageText, number: int) -> Iterator[Mention]:
    for line in parts.lines.pages[number]:
        if (number, line.number) in parts.aside or line.largest < 0.7 * parts.lines.body:
            continue
        if _WORD.search(line.text) is None:  # a power in a formula
            continue
        if number == 0 and _are_names(line.text):  # what is raised there leads to an address
            continue
        for item in parts.citer.raised(page, line.start, line.end, line.largest):
            target = target_of(item.entity) if item.entity else None
            rects = page.rects(item.start, item.end)
            text = page.chars[item.start : item.end]
            yield Mention(number, rects, item.start, item.end, text, "citation", target, "text")


def _are_names(text: str) -> bool:
    """Whether a line is nothing but names: that of the authors below a title."""
    words = _LETTERS.findall(text)
    names = sum(1 for word in words if word[0].isupper())
    return names > 1 and all(word[0].isupper() or word in _BETWEEN_NAMES for word in words)


def _followed(parts: Parts, mention: Mention, link: PdfLink) -> Mention:
    """A mention that leads where its link leads."""
    entity = parts.places.at(link, mention.kind)
    own = mention.target if mention.target and mention.target.page == link.page else None
    if own is not None and (entity is None or _agrees(own, link, mention.kind)):
        # Entries and figures are close to one another: which it is the number says best.
        target: Target | None = own
    elif entity is not None:
        target = target_of(entity)
    else:
        target = parts.places.text_at(link) or mention.target
    return Mention(
        mention.page, mention.rects, mention.start, mention.end, mention.text, mention.kind,
        target, "link",
    )  # fmt: skip


def _agrees(target: Target, link: PdfLink, kind: Kind) -> bool:
    """Whether a target of the link's page lies where it leads, a few lines more or less."""
    top, foot = target.rect[1], target.rect[3]
    if kind == "citation":
        return link.y - _NEAR_BELOW <= top <= link.y + _NEAR_ABOVE
    return top - _NEAR_ABOVE <= link.y <= foot


def _only_links(
    parts: Parts, page: PageText, number: int, links: Sequence[PdfLink]
) -> Iterator[Mention]:
    """Links that lead to a known thing although the text around them is no known mention."""
    lines = parts.lines.pages[number]
    rows = [line for line in lines if (number, line.number) not in parts.aside]
    for link in links:
        span = _under(page, rows, link.rect)
        if span is None:
            continue
        text = page.chars[span[0] : span[1]].strip()
        entity = parts.places.at(link)
        if entity is None or not text or len(text) > _LONGEST:
            continue
        kind: Kind = kind_of(entity)
        if isinstance(entity, Heading) and not _NUMBERED.match(text):
            continue
        if isinstance(entity, Caption | Equation) and entity.number not in _NUMBERS.findall(text):
            continue
        if kind != "citation" and not any(map(str.isalnum, text)):
            continue
        rects = page.rects(*span)
        yield Mention(number, rects, span[0], span[1], text, kind, target_of(entity), "link")


def _under(page: PageText, rows: Sequence[Line], rect: Rect) -> tuple[int, int] | None:
    """The characters of a line that lie in a link's rectangle."""
    middle = (rect[1] + rect[3]) / 2
    for line in rows:
        if not line.box[1] <= middle <= line.box[3] or line.box[0] > rect[2]:
            continue
        inside = [
            at
            for at in range(line.start, line.end)
            if rect[0] - 1 <= (page.boxes[4 * at] + page.boxes[4 * at + 2]) / 2 <= rect[2] + 1
        ]
        while inside and page.chars[inside[0]].isspace():
            inside.pop(0)
        while inside and page.chars[inside[-1]].isspace():
            inside.pop()
        if inside:
            return inside[0], inside[-1] + 1
    return None


class _Grid:
    """Links by bands of a page, so that those on a rect are found without looking at all."""

    _BAND = 24.0

    def __init__(self, links: Sequence[PdfLink]) -> None:
        self._links = links
        self._bands: dict[int, list[int]] = {}
        for at, link in enumerate(links):
            low, high = (int(edge // self._BAND) for edge in (link.rect[1], link.rect[3]))
            for band in range(low, min(high, low + 40) + 1):
                self._bands.setdefault(band, []).append(at)

    def at(self, rect: Rect) -> list[int]:
        """The numbers of the links that overlap a rect, by more than a hair."""
        low, high = (int(edge // self._BAND) for edge in (rect[1], rect[3]))
        found: list[int] = []
        for band in range(low, high + 1):
            for at in self._bands.get(band, ()):
                other = self._links[at].rect
                wide = min(rect[2], other[2]) - max(rect[0], other[0])
                tall = min(rect[3], other[3]) - max(rect[1], other[1])
                if wide > 0.8 and tall > 0.4 * min(rect[3] - rect[1], other[3] - other[1]):
                    found.append(at)
        return list(dict.fromkeys(found))
