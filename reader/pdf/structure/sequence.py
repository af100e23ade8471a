"""Which of the lines that may be headings count on from one another: 1, 1.1, 2, A, IV-B."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.structure.line import Line
from reader.pdf.structure.numbers import roman_value
from reader.pdf.structure.values import Heading

Look = tuple[float, bool, bool, bool]  # size, bold, italic, capitals


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading."""

    lines: tuple[Line, ...]
    style: Look
    word: str
    number: str
    title: str
    rect: Rect
    dotted: bool
    run_in: bool  # the paragraph goes on in the same line

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1


def in_sequence(found: Sequence[Candidate]) -> list[tuple[Candidate, Heading]]:
    """The numbered ones that count on from what came before, as headings."""
    romans = [roman_value(item.number) for item in found if item.dotted or item.word]
    roman = 1 in romans and 2 in romans
    # "II Method" without a dot, where bold headings count so.
    bare = {roman_value(item.number) for item in found if item.style[1]}
    dotless = not roman and {1, 2, 3} <= bare and not any(item.number == "1" for item in found)
    roman = roman or dotless
    plain = [item for item in found if not _is_roman(item, roman)]
    kept: list[tuple[Candidate, Heading]] = []
    counting = _Counting(roman, _usual_looks(plain), dotless=dotless)
    for item in found:
        if (number := counting.take(item)) is not None:
            heading = Heading(
                number.count(".") + number.count("-") + 1,
                number,
                item.title,
                item.lines[0].page,
                item.rect,
            )
            kept.append((item, heading))
    return kept


def _is_roman(item: Candidate, roman: bool) -> bool:
    return roman and roman_value(item.number) > 0


def _usual_looks(found: Sequence[Candidate]) -> dict[int, tuple[float, bool]]:
    """For each depth of decimal numbers the size and weight most have, where that is clear."""
    looks: defaultdict[int, Counter[tuple[float, bool]]] = defaultdict(Counter)
    for item in found:
        if item.number[0].isdigit():
            looks[item.depth][(round(item.style[0]), item.style[1])] += 1
    usual: dict[int, tuple[float, bool]] = {}
    for depth, counter in looks.items():
        # Of two looks as frequent the larger one: a list's numbers are small.
        usual[depth] = max(counter, key=lambda look: (min(counter[look], 4), look))
    return usual


class _Counting:
    """Numbers seen so far: what may come next."""

    def __init__(self, roman: bool, usual: dict[int, tuple[float, bool]], *, dotless: bool) -> None:
        self._roman = roman
        self._dotless = dotless
        self._usual = usual
        self._last: dict[str, int] = {}
        self._top = ""
        self._sub = ""

    def take(self, item: Candidate) -> str | None:
        """The full number of a heading that fits, None for one that does not."""
        bare = self._dotless and item.style[1]
        if self._roman and item.number.isalpha() and (item.dotted or item.word or bare):
            return self._in_roman(item)
        if self._roman and item.number.isdigit() and self._top:
            return self._under(item, self._sub or self._top, int(item.number))
        head, _, last = item.number.rpartition(".")
        if item.number[0].isdigit():
            look = self._usual.get(item.depth)
            if look and (round(item.style[0]), item.style[1]) != look and not item.word:
                return None
        if not last.isdigit():
            return self._letter(item)
        if head and not self._knows(head):
            return None
        return self._next(head, int(last), item.number)

    def _knows(self, head: str) -> bool:
        """Whether a section with that number was there, or could have been missed."""
        if head in self._last or head.isalpha():
            return True
        parent, _, last = head.rpartition(".")
        return last.isdigit() and 0 <= self._last.get(f"{parent}>", 0) - int(last) <= 0

    def _next(self, head: str, value: int, number: str) -> str | None:
        before = self._last.get(f"{head}>", 0)
        if not before < value <= before + (3 if before or head else 2):
            return None
        self._last[f"{head}>"] = value
        self._last[number] = 0
        return number

    def _letter(self, item: Candidate) -> str | None:
        value = ord(item.number) - ord("A") + 1 if len(item.number) == 1 else 0
        before = self._last.get("letters", 0)
        if not value or not before < value <= before + 2:
            return None
        look = self._usual.get(1)
        if not item.word and look is not None:
            # An appendix comes after the sections, in the look of theirs.
            if not self._last.get(">") or (round(item.style[0]), item.style[1]) != look:
                return None
        elif not item.word and (self._roman or not item.dotted):
            return None
        self._last["letters"] = value
        self._last[item.number] = 0
        return item.number

    def _in_roman(self, item: Candidate) -> str | None:
        value = roman_value(item.number)
        if value and value == self._last.get("romans", 0) + 1 and not item.style[2]:
            self._last["romans"] = value
            self._top, self._sub = item.number, ""
            return item.number
        if item.word == "appendix":
            self._top, self._sub = item.number, ""
            return item.number
        if len(item.number) == 1 and self._top:
            return self._under(item, self._top, ord(item.number) - ord("A") + 1)
        return None

    def _under(self, item: Candidate, parent: str, value: int) -> str | None:
        key = f"{parent}>"
        if value != self._last.get(key, 0) + 1:
            return None
        self._last[key] = value
        number = f"{parent}-{item.number}"
        if item.number.isalpha():
            self._sub = number
        return number
