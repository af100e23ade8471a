"""Annotations made on one document, placed in another, and compared with the truth."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reader.domain.marking import Annotation, Kind, Part
from reader.pdf.anchor import Replacer, squeeze
from reader.pdf.anchor.places import letters_under, parts_of
from reader.pdf.evidence import evidence
from tests.benchmarks.anchoring.truth import Text

_EXACT, _EDITED = 3, 14  # letters by which a place may differ from the truth
_NOTE = 12.0  # points


@dataclass(frozen=True, slots=True)
class Highlight:
    """An annotation of a sentence; `low` and `high` say which of its letters it covers."""

    annotation: Annotation
    sentence: int
    low: int
    high: int
    sort: str  # "sentence", "phrase", "words", "note"


@dataclass(slots=True)
class Score:
    """How many were placed right, placed wrong, and handed to the reader."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def row(self, sort: str = "") -> tuple[int, int, int, int]:
        """(right, wrong, handed over rightly, handed over) of one sort, or of all."""
        names = ("right", "wrong", "gone", "handed")
        values = [
            sum(n for (s, name), n in self.counts.items() if name == wanted and sort in ("", s))
            for wanted in names
        ]
        return values[0], values[1], values[2], values[3]


def highlights(
    old: Text, texts: Mapping[int, str], wanted: int, seed: int = 7
) -> Iterator[Highlight]:
    """Highlights of whole sentences, of phrases and of one or two words; notes beside them."""
    chance = random.Random(seed)
    places = old.sentences(texts)
    whole = [n for n, (a, b) in places.items() if old.side.letters.text[a:b] == squeeze(texts[n])]
    chance.shuffle(whole)
    # Those that stand twice, or nearly, always take part: they are what is hard.
    whole.sort(key=lambda number: not 200_000 <= number < 300_000)
    for index, number in enumerate(whole[:wanted]):
        start, end = places[number]
        low, high, sort = 0, end - start, "sentence"
        match index % 5:
            case 1:
                low, high = _words(texts[number], chance, 3, 7)
                sort = "phrase"
            case 2:
                low, high = _words(texts[number], chance, 1, 2)
                sort = "words"
            case 3:
                sort = "note"
            case _:
                pass
        parts = parts_of(old.side, [(start + low, start + high)])
        kind = Kind.HIGHLIGHT
        if sort == "note":
            kind, parts = Kind.NOTE, (_note(old, start),)
        found = evidence(old.page_of, old.frames.__getitem__, kind, parts)
        yield Highlight(
            Annotation(
                kind, parts, quote=found.quote, before=found.before, after=found.after, uid=sort
            ),
            number, low, high, sort,
        )  # fmt: skip


def _words(text: str, chance: random.Random, least: int, most: int) -> tuple[int, int]:
    """The letters of some words of a sentence."""
    words = text.split()
    count = min(chance.randint(least, most), len(words))
    at = chance.randrange(len(words) - count + 1)
    low = len(squeeze(" ".join(words[:at])))
    return low, low + max(len(squeeze(" ".join(words[at : at + count]))), 1)


def _note(text: Text, offset: int) -> Part:
    letters = text.side.letters
    page = letters.page_at(offset)
    x0, y0, _, _ = text.pages[page].box(letters.chars[offset])
    quad = text.frames[page].rect_to_quad((x0 - 2, y0 - 3, x0 - 2 + _NOTE, y0 - 3 + _NOTE))
    return Part(page, (quad,))


def judge(
    old: Text,
    new: Text,
    before: Mapping[int, str],
    after: Mapping[int, str],
    truth: Mapping[int, tuple[int, int]],
    marks: list[Highlight],
    *,
    old_known: bool,
) -> Score:
    """Place the highlights of `old` in `new`; the sentences of both and where they are there are given."""
    replacer = Replacer(new.side, old.side if old_known else None, "new")
    score = Score()
    for mark in marks:
        outcome = replacer.place(mark.annotation)
        place = truth.get(mark.sentence)
        gone = mark.sentence not in after
        if place is None and not gone:
            continue  # the truth itself is not known
        if outcome.how == "unplaced":
            score.counts[mark.sort, "gone" if gone else "handed"] += 1
            continue
        edited = before[mark.sentence] != after.get(mark.sentence)
        right = place is not None and _is_right(new, mark, outcome.annotation, place, edited)
        score.counts[mark.sort, "right" if right else "wrong"] += 1
        if not right:
            under = letters_under(new.side, outcome.annotation.parts)
            seen = new.side.letters.text[under[0] : under[1]] if under else ""
            score.wrong.append(
                f"{mark.sort} {'gone' if gone else 'edited' if edited else 'same'}: "
                f"{mark.annotation.quote!r} at {seen!r} {under} truth {place}"
            )
    return score


def _is_right(
    new: Text, mark: Highlight, placed: Annotation, place: tuple[int, int], edited: bool
) -> bool:
    start, end = place
    if mark.sort == "note":
        expected = _note(new, start)
        one, other = placed.parts[0].box, expected.box
        near = all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))
        # An edited beginning moves the letter the note hangs on.
        wide = edited and abs(one[1] - other[1]) <= 30
        return placed.page == expected.page and (near or wide)
    under = letters_under(new.side, placed.parts)
    if under is None:
        return False
    if mark.sort == "sentence":
        within = _EDITED if edited else _EXACT
        return abs(under[0] - start) <= within and abs(under[1] - end) <= within
    if edited:
        return start - _EXACT <= under[0] and under[1] <= end + _EXACT
    return (
        abs(under[0] - start - mark.low) <= _EXACT and abs(under[1] - start - mark.high) <= _EXACT
    )
