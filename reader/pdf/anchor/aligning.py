"""How one stretch of letters lies in another: blocks that are the same, in order."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

Block = tuple[int, int, int]  # where in the one, where in the other, how many letters

GRAM = 4  # shorter agreements are chance


def blocks(one: str, other: str) -> list[Block]:
    """Stretches of at least GRAM letters that both have, in the order of both, not overlapping.

    The longest common stretch first, then what lies before and behind it.  It
    works on overlapping groups of letters: single ones occur too often to be fast.
    """
    first, second = _grams(one), _grams(other)
    found: list[Block] = []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for at, there, count in matcher.get_matching_blocks():
        if not count:
            continue
        size = count + GRAM - 1
        if found:  # groups of two blocks may share letters
            before = found[-1]
            shared = max(before[0] + before[2] - at, before[1] + before[2] - there, 0)
            at, there, size = at + shared, there + shared, size - shared
        if size > 0:
            found.append((at, there, size))
    return found


def _grams(text: str) -> Sequence[str]:
    return [text[at : at + GRAM] for at in range(len(text) - GRAM + 1)]


def covered(found: Sequence[Block], start: int, end: int) -> int:
    """How many letters of a part of the one lie in blocks."""
    return sum(
        max(min(at + size, end) - max(at, start), 0) for at, _, size in found
    )  # fmt: skip


def common_end(text: str, end: int, context: str) -> int:
    """How many letters before `end` are those at the end of the context."""
    count = 0
    limit = min(end, len(context))
    while count < limit and text[end - 1 - count] == context[-1 - count]:
        count += 1
    return count


def common_start(text: str, start: int, context: str) -> int:
    """How many letters from `start` on are those at the beginning of the context."""
    count = 0
    limit = min(len(text) - start, len(context))
    while count < limit and text[start + count] == context[count]:
        count += 1
    return count
