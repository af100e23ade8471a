"""Whether a hyphen at a line's end is the word's own, told by the words of the document itself.

"trans-" and "former" are one word, "well-" and "known" keep their hyphen.  Elsewhere
in the document the word mostly stands in one line, and so tells which it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from reader.pdf.folding import HYPHENS, Span

SOFT = "\u00ad"
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:[-\u2010\u2011]{_LETTER}+)*")
_LAST = re.compile(rf"{_LETTER}+$")
_FIRST = re.compile(rf"{_LETTER}+")
_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-"})
_HALF = 4  # letters of a half that may be a word by itself, and not a syllable


class Words:
    """The words that stand whole in lines, and how often.  Pages may be added at any time.

    They are looked at when the first hyphen asks: most pages are only shown.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._waiting: list[tuple[str, Sequence[Span]]] = []
        self._pages: set[int] = set()

    def learn(self, page: int, chars: str, lines: Sequence[Span]) -> None:
        """Add the words of a page, once."""
        if page not in self._pages:
            self._pages.add(page)
            self._waiting.append((chars, lines))

    def _count(self) -> Counter[str]:
        while self._waiting:
            chars, lines = self._waiting.pop()
            cut = False
            for low, high in lines:
                line = chars[low:high].rstrip()
                found = _WORD.findall(line.translate(_ALIKE).casefold())
                first, cut = cut, bool(line) and line[-1] in HYPHENS
                whole = found[first : len(found) - cut]
                self._counts.update(whole)
                for word in whole:
                    halves = word.split("-")
                    if len(halves) > 2:  # "of-the" of "state-of-the-art"
                        self._counts.update(map("-".join, pairwise(halves)))
        return self._counts

    def keep(self, head: str, tail: str) -> bool:
        """Whether the hyphen that ends `head` belongs to the word that goes on with `tail`."""
        if head.endswith(SOFT):
            return False
        before, after = _LAST.search(head[:-1]), _FIRST.match(tail)
        if before is None or after is None:
            return True  # numbers are not hyphenated
        first, last = before[0], after[0]
        whole, pair = first + last, f"{first}-{last}"
        counts = self._count()
        joined, apart = counts[whole.casefold()], counts[pair.casefold()]
        if joined != apart:
            return apart > joined
        if not last[0].islower() or first.isupper() or len(first) == 1:
            return True
        if head[: before.start()][-1:] in ("-", "\u2010", "\u2011"):
            return True  # the word has a hyphen already
        return all(len(it) >= _HALF and counts[it.casefold()] for it in (first, last))
