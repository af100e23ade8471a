"""Lines cut into the page's cards, and what each card says.

A card is what a page shows of one paper: perhaps upvotes, then title and text,
then a tail (authors or organisation, date, comments, stars).  Text without any
such lines is one big card, which `prose` takes apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from reader.domain.paper import Link, normal_arxiv
from reader.domain.value import dataclass
from reader.formats.base import Problem
from reader.formats.links import web_link
from reader.formats.trending_page.build import Draft
from reader.formats.trending_page.lines import Day, Kind, Line
from reader.formats.trending_page.prose import Entry, Layout, entries, unwrap

_PAPER_ADDRESS = re.compile(
    r"^(?:https?://(?:www\.)?huggingface\.co)?/papers/|^https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/"
)
_ONE_SENTENCE = 420  # characters; the page's one-sentence summaries are shorter


@dataclass(slots=True)
class Card:
    """One card's lines by what they say."""

    texts: list[Line] = field(default_factory=list)
    tail: bool = False
    authors: bool = False
    dated: bool = False
    upvotes: int | None = None
    upvoted: bool = False
    comments: int | None = None
    stars: int | None = None
    submitted_by: str = ""
    day: Day | None = None
    arxiv_id: str = ""
    links: list[Link] = field(default_factory=list)

    @property
    def certain(self) -> bool:
        """Whether the page's own marks, and not only a guess, make this a paper."""
        return self.tail or self.upvoted or bool(self.arxiv_id or self.submitted_by)


class Cutter:
    """Takes lines one by one and cuts them into cards."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.problems: list[Problem] = []
        self._card = Card()
        self._numbers: list[Line] = []

    def take(self, line: Line) -> None:
        """Put the line where it belongs: the present card or the next."""
        match line.kind:
            case Kind.BANNER:
                pass
            case Kind.BREAK:
                self.end()
            case Kind.TEXT:
                self._text(line)
            case Kind.NUMBER:
                self._number(line)
            case Kind.SUBMITTED:
                if self._card.texts:
                    self.end()
                self._card.submitted_by = line.name
            case Kind.UPVOTE if self._card.texts and self._card.upvoted:
                self.end()
                self._tail(line)
            case _:
                self._tail(line)

    def end(self) -> None:
        """Close the present card; a number after its tail counts its comments."""
        if self._numbers:
            last = self._numbers.pop(0)
            self._card.comments = last.count
            self._strange(self._numbers)
        self._close()

    def _close(self) -> None:
        if self._card.texts or self._card.arxiv_id:
            self.cards.append(self._card)
        self._card = Card()
        self._numbers = []

    def _text(self, line: Line) -> None:
        card = self._card
        if self._numbers:
            comments, upvotes = self._numbers[:-1], self._numbers[-1]
            if comments:
                card.comments = comments.pop(0).count
            self._strange(comments)
            self._close()
            self._card.upvotes, self._card.upvoted = upvotes.count, True
        elif card.tail and card.texts:
            self.end()
        elif line.heading and any(text.heading for text in card.texts):
            self._close()
        self._card.texts.append(line)
        self._card.arxiv_id = self._card.arxiv_id or paper_id(line.address)

    def _number(self, line: Line) -> None:
        if line.address.endswith("#community"):
            self._card.comments = line.count
        elif self._card.texts:
            self._numbers.append(line)
        else:
            self._card.upvotes, self._card.upvoted = line.count, True

    def _tail(self, line: Line) -> None:
        # Bullets of authors' pictures may stand as "-" between text and tail.
        self._strange([number for number in self._numbers if number.count is not None])
        self._numbers = []
        card = self._card
        card.tail = card.tail or bool(card.texts)
        match line.kind:
            case Kind.AUTHORS:
                card.authors = True
            case Kind.DATE:
                card.day, card.dated = card.day or line.day, True
            case Kind.DOT:
                card.dated = True
            case Kind.UPVOTE:
                card.upvotes, card.upvoted = line.count, True
            case Kind.GITHUB:
                card.stars = line.count if card.stars is None else card.stars
                if link := web_link(line.address):
                    card.links.append(link)
            case _:
                pass
        card.arxiv_id = card.arxiv_id or paper_id(line.address)

    def _strange(self, numbers: Sequence[Line]) -> None:
        self.problems += [
            Problem(f"line {number.number}", f"The number “{number.text}” belongs to no paper.")
            for number in numbers
        ]


def paper_id(address: str) -> str:
    """The arXiv id that the address of a paper's page names, else ""."""
    address = address.split("#", maxsplit=1)[0]
    if not _PAPER_ADDRESS.match(address):
        return ""
    return normal_arxiv(re.sub(r"^/papers/", "", address))


def drafts(card: Card, layout: Layout, one_liners: bool) -> tuple[list[Draft], list[Problem]]:
    """The papers of a card (one, unless the page gives no marks), and what is none.

    `one_liners`: this page shows one-sentence summaries in the abstract's place.
    """
    texts = unwrap(card.texts, layout)
    organization = ""
    if card.dated and not card.authors and len(texts) > 1 and _is_organization(texts[-1]):
        organization = _once(texts.pop().text)
    problems: list[Problem] = []
    parts = entries(texts, one=one_liners and card.certain)
    found = [
        it
        for entry in parts
        if (it := _draft(entry, problems, certain=card.certain and entry is parts[0]))
    ]
    if found:
        _add_marks(found[0], found[-1], card)
        found[-1].organization = organization
    for draft in found if one_liners else ():
        if len(draft.abstract) < _ONE_SENTENCE and not re.search(r"[.?!]\s", draft.abstract):
            draft.summary, draft.abstract = draft.abstract, ""
    return found, problems


def _draft(entry: Entry, problems: list[Problem], *, certain: bool) -> Draft | None:
    """The entry as a draft; `certain` when the page's own marks say that it is a paper."""
    where = f"line {entry.line}"
    if not entry.title:
        problems.append(Problem(where, f"Text without a title: “{_short(entry.abstract)}”."))
        return None
    if not entry.paragraphs and not certain:
        if not _could_be_title(entry.title):
            problems.append(Problem(where, f"Neither title nor abstract: “{entry.title}”."))
            return None
        problems.append(
            Problem(where, f"No abstract follows the title “{_short(entry.title)}”; kept without.")
        )
    title = " ".join(entry.title.split())
    return Draft(title, entry.abstract, arxiv_id=paper_id(entry.address))


def _add_marks(first: Draft, last: Draft, card: Card) -> None:
    """Upvotes stand above a card's first title, its tail under its last text."""
    first.upvotes = card.upvotes
    last.comments, last.stars = card.comments, card.stars
    first.submitted_by = card.submitted_by
    last.published = card.day.iso if card.day else ""
    last.links = list(card.links)
    if first is last:
        first.arxiv_id = first.arxiv_id or card.arxiv_id


def _is_organization(line: Line) -> bool:
    text = line.text
    return not line.heading and len(text) <= 80 and not re.search(r"[.?!:]$|[.?!] ", text)


def _once(text: str) -> str:
    """A name that its logo's text doubles ("NVIDIANVIDIA"), once."""
    half = len(text) // 2
    if len(text) > 5 and text[:half].strip() == text[-half:].strip():
        return text[-half:].strip()
    return text


def _could_be_title(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 and len(text) > 9 and "©" not in text


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rstrip()} …"
