"""An annotation's place in the new file of its slot.

Where the old file's text is known, its neighbourhood of some hundred letters
speaks for a place, and a place must also lead back to where the annotation was.
Else there are the words it keeps and their 32 characters on either side.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Literal

from reader.domain.marking import Annotation, Part
from reader.domain.value import dataclass
from reader.pdf.anchor.boxes import Boxes
from reader.pdf.anchor.letters import Letters, fold, squeeze
from reader.pdf.anchor.matching import WIDE, Found, Sought, best, find, occurrences, support_at
from reader.pdf.anchor.places import (
    Side,
    is_same_page,
    letters_under,
    parts_of,
    pieces,
    same_chars,
    same_place,
    spans_of,
)
from reader.pdf.evidence import evidence, quote_of
from reader.pdf.folding import Span

_TELLING = 100  # characters a page must have to be known by them
_OFFERED = 5
_TWINS = 1_000  # of a short quote that stands everywhere


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant: its parts, its words, how sure it is (0 to 1)."""

    parts: tuple[Part, ...]
    quote: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an annotation, and the annotation as it is to be kept now."""

    how: Literal["stayed", "moved", "unplaced"]
    annotation: Annotation


class Replacer:
    """Places annotations of an old file in a new one.

    `old` is None where only the annotations themselves tell of the old file.
    `looks_same` compares pictures of a page of both, for pages without text.
    """

    def __init__(
        self,
        new: Side,
        old: Side | None,
        sha256: str,
        looks_same: Callable[[int], bool] = lambda _page: False,
    ) -> None:
        self._new = new
        self._old = old
        self._sha256 = sha256
        self._looks_same = looks_same
        self._same: dict[int, bool] = {}
        self._boxes = Boxes(new, old, self.place_of_letters) if old else None

    def place(self, annotation: Annotation) -> Outcome:
        """Find an annotation again; what is not certain keeps its old parts, unplaced."""
        if annotation.placed and all(self._is_same(part.page) for part in annotation.parts):
            return self._stayed(annotation)
        if not annotation.kind.on_text:
            return self._place_box(annotation)
        sought, under = self._sought(annotation)
        place = self._certain(sought, under)
        if place is None:
            return Outcome("unplaced", replace(annotation, placed=False))
        if annotation.placed and self._stands_still(annotation, under, place):
            return self._stayed(annotation)
        return self._moved(annotation, place)

    def candidates(self, annotation: Annotation) -> list[Candidate]:
        """Where an annotation may belong, the likeliest first; for the reader to choose."""
        sought, _ = self._sought(annotation)
        if not sought.quote:
            quote = (sought.before + sought.after)[-2 * WIDE :]
            sought = Sought(quote) if len(quote) >= 12 else sought
        places = find(self._new.letters.text, sought) or self._by_folding(sought)[1]
        offered: list[Candidate] = []
        for place in places[:_OFFERED]:
            stretches = pieces(place, self._new.letters)
            parts = parts_of(self._new, stretches)
            if parts:
                offered.append(Candidate(parts, self._words(stretches), place.certainty))
        return offered

    def point(self, page: int, x: float, y: float) -> tuple[int, float, float] | None:
        """Where a point (view space) of the old file is in the new one; None if that is not sure.

        For bookmarks and the place where the reader stopped.
        """
        if self._is_same(page):
            return page, x, y
        return self._boxes.point(page, x, y) if self._boxes else None

    # -- words

    def place_of_letters(self, start: int, end: int) -> Found | None:
        """Where letters of the old file are in the new one, when that is certain."""
        assert self._old is not None
        return self._certain(_wide(self._old.letters, start, end), (start, end))

    def _sought(self, annotation: Annotation) -> tuple[Sought, Span | None]:
        """What to look for, and the letters of the old file where that is known."""
        under = self._letters_in_old(annotation)
        if under is not None and self._old is not None:
            return _wide(self._old.letters, *under), under
        kept = Sought(*map(squeeze, (annotation.quote, annotation.before, annotation.after)))
        return kept, None

    def _letters_in_old(self, annotation: Annotation) -> Span | None:
        """The letters an annotation covers in the old file: its quote, nearest to its quads."""
        old = self._old
        if old is None or not annotation.placed:
            return None
        under = letters_under(old, annotation.parts)
        quote = squeeze(annotation.quote)
        if not quote or (under and old.letters.text[under[0] : under[1]] == quote):
            return under if annotation.kind.on_text else None
        kept = Sought(quote, squeeze(annotation.before), squeeze(annotation.after))
        places = [place for place in find(old.letters.text, kept) if place.likeness == 1.0]
        if not places:
            return None
        if under:
            near = min(places, key=lambda place: abs(place.start - under[0]))
            return near.start, near.end
        sure, _ = best(old.letters.text, kept)
        return (sure.start, sure.end) if sure and sure.likeness == 1.0 else None

    def _certain(self, sought: Sought, under: Span | None) -> Found | None:
        """The place when it is certain, seen from both files."""
        place, _ = best(self._new.letters.text, sought)
        if place is None:
            place, _ = self._by_folding(sought)
        if place is None or (under is not None and not self._leads_back(place, under)):
            return None
        if not self._is_whole(place, under):
            return None
        return place

    def _by_folding(self, sought: Sought) -> tuple[Found | None, list[Found]]:
        """The same without case and accents."""
        text, way = self._new.letters.folded()
        folded = Sought(*map(fold, (sought.quote, sought.before, sought.after)))
        if (text, folded) == (self._new.letters.text, sought):
            return None, []
        sure, places = best(text, folded)
        back = [_unfolded(place, way) for place in places]
        return (_unfolded(sure, way) if sure else None), back

    def _leads_back(self, place: Found, under: Span) -> bool:
        """Whether the old file has no other text that fits the new place as well."""
        assert self._old is not None
        old, new = self._old.letters, self._new.letters
        words = old.text[under[0] : under[1]]
        if place.likeness == 1.0 and new.text[place.start : place.end] == words:
            twins = [
                at
                for at in islice(occurrences(old.text, words), _TWINS)
                if not (at < under[1] and under[0] < at + len(words))
            ]
            own = support_at(new.text, _wide(old, *under), place.start)
            return len(twins) < _TWINS and all(
                own >= support_at(new.text, _wide(old, at, at + len(words)), place.start) + 0.06
                for at in twins
            )
        back = find(old.text, _wide(new, place.start, place.end))
        return bool(back) and back[0].start < under[1] and under[0] < back[0].end

    def _is_whole(self, place: Found, under: Span | None) -> bool:
        """Whether a short quote that was a word is one there, and no part of another."""
        new = self._new.letters
        if place.end - place.start >= 16:
            return True
        if under is not None and self._old is not None:
            old = self._old.letters
            began, ended = _parted(old, under[0]), _parted(old, under[1])
        else:
            began = ended = True
        return (not began or _parted(new, place.start)) and (not ended or _parted(new, place.end))

    # -- what became of it

    def _stands_still(self, annotation: Annotation, under: Span | None, place: Found) -> bool:
        new = self._new.letters
        if under is not None and self._old is not None:
            count = under[1] - under[0]
            return (
                place.likeness == 1.0
                and place.end - place.start == count
                and same_chars(self._old, under[0], self._new, place.start, count)
            )
        if any(part.page >= new.pages for part in annotation.parts):
            return False
        return letters_under(self._new, annotation.parts) == (place.start, place.end)

    def _moved(self, annotation: Annotation, place: Found) -> Outcome:
        stretches = pieces(place, self._new.letters)
        parts = parts_of(self._new, stretches)
        if not parts:
            return Outcome("unplaced", replace(annotation, placed=False))
        quote = annotation.quote if place.likeness == 1.0 else ""
        moved = self.placed_at(annotation, parts, quote or self._words(stretches))
        stays = annotation.placed and same_place(annotation.parts, parts)
        return Outcome("stayed" if stays else "moved", moved)

    def _stayed(self, annotation: Annotation) -> Outcome:
        return Outcome("stayed", replace(annotation, sha256=self._sha256, placed=True))

    def placed_at(self, annotation: Annotation, parts: tuple[Part, ...], quote: str) -> Annotation:
        """The annotation at a place of the new file, with the evidence of that file."""
        new = self._new
        found = evidence(new.page_of, new.frame_of, annotation.kind, parts)
        quote = quote or found.quote or annotation.quote
        there = replace(annotation, parts=parts, sha256=self._sha256, placed=True)
        return replace(found, quote=quote).kept_by(there)

    def _words(self, stretches: list[Span]) -> str:
        runs = [
            (page, text, (start, end))
            for page, start, end in spans_of(stretches, self._new.letters)
            if (text := self._new.page_of(page)) is not None
        ]
        return quote_of(runs)

    # -- everything that covers no words

    def _place_box(self, annotation: Annotation) -> Outcome:
        if annotation.placed and self._boxes is not None:
            parts = self._boxes.place(annotation)
            if parts is not None:
                moved = self.placed_at(annotation, parts, annotation.quote)
                stays = same_place(annotation.parts, parts)
                return Outcome("stayed" if stays else "moved", moved)
        elif annotation.placed and self._has_its_words(annotation):
            return self._stayed(annotation)
        return Outcome("unplaced", replace(annotation, placed=False))

    def _has_its_words(self, annotation: Annotation) -> bool:
        """Whether the words around a box are those it keeps, with no old file to compare."""
        new = self._new
        if any(part.page >= new.letters.pages for part in annotation.parts):
            return False
        here = evidence(new.page_of, new.frame_of, annotation.kind, annotation.parts)
        kept = [squeeze(text) for text in (annotation.before, annotation.after)]
        seen = [squeeze(text) for text in (here.before, here.after)]
        return kept == seen and len("".join(kept)) >= 16

    def _is_same(self, page: int) -> bool:
        """Whether a page has the same text in the same places in both files, or looks the same."""
        if self._old is None or page >= self._new.letters.pages:
            return False
        if page not in self._same:
            self._same[page] = self._compare(self._old, page)
        return self._same[page]

    def _compare(self, old: Side, page: int) -> bool:
        if page >= old.letters.pages or old.frame_of(page) != self._new.frame_of(page):
            return False
        one, other = old.page_of(page), self._new.page_of(page)
        if one is None or other is None or not is_same_page(one, other):
            return False
        return len(one.chars) >= _TELLING or self._looks_same(page)


def _wide(letters: Letters, start: int, end: int) -> Sought:
    text = letters.text
    return Sought(text[start:end], text[max(start - WIDE, 0) : start], text[end : end + WIDE])


def _unfolded(place: Found, way: array[int]) -> Found:
    """A place among folded letters as one among the letters."""
    start, end = way[place.start], way[place.end - 1] + 1
    own = tuple(
        (at, way[there], way[there + size - 1] + 1 - way[there]) for at, there, size in place.blocks
    )
    return replace(place, start=start, end=end, blocks=own)


def _parted(letters: Letters, offset: int) -> bool:
    """Whether a word ends before a letter, or one begins there."""
    if not 0 < offset < len(letters.text) or letters.breaks[offset]:
        return True
    return not (letters.text[offset - 1].isalnum() and letters.text[offset].isalnum())
