r"""The parts of a regular expression: how far it can look, and what it costs at most.

Only what `re` and `regex` read alike is understood: signs, `.`, classes, groups, choices,
repeats, `^ $ \b \B`, looking ahead and back, and a group again (`\1`).  Whoever knows the
parts can take the quicker way where that finds the same; all else is `None` here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.domain.value import dataclass

Set = int  # of characters: a bit for each in ASCII, and two for what is beyond

FAR = 1 << 30  # more than any page has
ASCII = (1 << 128) - 1
WORDS, SIGNS = 1 << 128, 1 << 129  # beyond ASCII: what a word may hold, and what not
ALL: Set = ASCII | WORDS | SIGNS
SPACE: Set = 1 << 32
DIGIT: Set = sum(1 << ord(char) for char in "0123456789")
WORD: Set = sum(1 << code for code in range(128) if chr(code).isalnum() or code == 95) | WORDS
BLANK: Set = sum(1 << ord(char) for char in " \t\n\r\f\v\x1c\x1d\x1e\x1f") | SIGNS


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    members: Set


@dataclass(frozen=True, slots=True)
class Edge:
    r"""A place between characters, as `\b`: a sign of `^ $ b B`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Same:
    """What a group has found, once more."""

    group: Part


@dataclass(frozen=True, slots=True)
class Repeat:
    part: Part
    least: int
    most: int
    greedy: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one behind the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fork:
    """One of several."""

    rows: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A condition on what follows, or on what comes before."""

    part: Part
    behind: bool
    negative: bool


Part = Chars | Edge | Same | Repeat | Row | Fork | Look


@dataclass(frozen=True, slots=True)
class Size:
    """How many characters a part may take, and how many spaces of these."""

    least: int
    most: int
    spaces: int


@dataclass(frozen=True, slots=True)
class Runs:
    """The longest runs in a text: without a space, and without a character of a word."""

    inked: int
    bare: int

    def of(self, members: Set) -> int:
        """How many characters of a set may follow one another."""
        if not members & SPACE:
            return self.inked
        return FAR if members & WORD else self.bare


def size(part: Part, *, looks: bool = False, runs: Runs | None = None) -> Size:
    """What a part takes, in any text or one with such `runs`.

    With `looks` also what it only looks at, to the right.
    """
    match part:
        case Chars(members):
            return Size(1, 1, 1 if members & SPACE else 0)
        case Edge():
            return Size(0, 0, 0)
        case Look(inner, behind, _):
            seen = size(inner, looks=True, runs=runs)
            return Size(0, seen.most, seen.spaces) if looks and not behind else Size(0, 0, 0)
        case Same(group):
            again = size(group, runs=runs)
            return Size(0, again.most, again.spaces)
        case Repeat(inner, least, most, _):
            once = size(inner, looks=looks, runs=runs)
            if runs and isinstance(inner, Chars):
                most = min(most, runs.of(inner.members))
            return Size(once.least * least, _far(once.most * most), _far(once.spaces * most))
        case Row(parts):
            all_of = [size(one, looks=looks, runs=runs) for one in parts]
            return Size(
                sum(one.least for one in all_of),
                _far(sum(one.most for one in all_of)),
                _far(sum(one.spaces for one in all_of)),
            )
        case Fork(rows):
            any_of = [size(row, looks=looks, runs=runs) for row in rows]
            return Size(
                min(one.least for one in any_of),
                max(one.most for one in any_of),
                max(one.spaces for one in any_of),
            )


def taken(part: Part) -> tuple[Set, bool]:
    r"""Every character a part may take, and whether a group is in it once more (`\1`)."""
    match part:
        case Chars(members):
            return members, False
        case Edge():
            return 0, False
        case Same():
            return ALL, True
        case Look(inner, _, _):
            return 0, taken(inner)[1]
        case Repeat(inner, _, _, _):
            return taken(inner)
        case Row(parts) | Fork(parts):
            members, again = 0, False
            for one, twice in map(taken, parts):
                members, again = members | one, again or twice
            return members, again


def once_a_run(part: Part) -> Set:
    """The characters in a row of which only the first needs a try; 0 where that is not so.

    What begins with as many of a set as there are, and is not found from the first of
    them, is not found from a later one: what follows would have been tried at the same
    places.  That must hold behind a found place too: it ends among the same characters,
    or where none of them follows.  For text in ASCII.
    """
    match part:
        case Row((Repeat(Chars(members), least, most, True), *rest)) if least and most >= FAR:
            members &= ASCII
        case _:
            return 0
    others, again = taken(Row(tuple(rest)))
    if again or not rest:
        return 0
    if not others & ASCII & ~members:
        return members
    match rest[-1]:
        case Edge("b") if not members & ~WORD:
            return members
        case Repeat(Chars(last), _, most, True) if most >= FAR and not members & ~last:
            return members
        case _:
            return 0


def _far(number: int) -> int:
    return min(number, FAR)


def sees_behind(part: Part) -> int:
    """How many characters before the place where it begins a part may look at."""
    match part:
        case Edge():
            return 1
        case Look(inner, behind, _):
            return sees_behind(inner) + (size(inner).most if behind else 0)
        case Repeat(inner, _, _, _):
            return sees_behind(inner)
        case Row(parts) | Fork(parts):
            return max(map(sees_behind, parts), default=0)
        case _:
            return 0


def first(part: Part) -> tuple[Set, bool]:
    """With which characters a part may begin, and whether what follows may come at once."""
    match part:
        case Chars(members):
            return members, False
        case Look(inner, False, False):
            members, empty = first(inner)
            return ALL if empty else members, False
        case Edge() | Look() | Same():
            return ALL, False  # nothing is known of it
        case Repeat(inner, least, _, _):
            members, empty = first(inner)
            return members, empty or least == 0
        case Row(parts):
            return _first(parts, 0)
        case Fork(rows):
            firsts = [first(row) for row in rows]
            members = 0
            for one, _ in firsts:
                members |= one
            return members, any(empty for _, empty in firsts)


def _first(parts: Iterable[Part], members: Set) -> tuple[Set, bool]:
    for part in parts:
        more, empty = first(part)
        members |= more
        if not empty:
            return members, False
    return members, True


def steps(part: Part, runs: Runs) -> int:
    """How many steps one try to find a part takes at most; FAR where that may be a page's length.

    What a repeat at the very end takes does not count: it is found then, and not tried again.
    """
    return _far(_cost(part, None, runs)[1])


# In how many ways a part can be found at a place, each to be tried when what follows fails,
# and in how many steps.  `follow` says with what the rest begins, None that there is none.
_Cost = tuple[int, int]


def _cost(part: Part, follow: Set | None, runs: Runs) -> _Cost:
    match part:
        case Chars() | Edge():
            return 1, 1
        case Same(group):
            again = size(group)
            return 1, min(again.most, FAR if again.spaces else runs.inked) + 1
        case Look(inner, _, _):
            return 1, _cost(inner, 0, runs)[1] + 1
        case Row(parts):
            return _row(parts, follow, runs)
        case Fork(rows):
            costs = [_cost(row, follow, runs) for row in rows]
            ways = [ways for ways, _ in costs]
            apart = _apart([first(row) for row in rows])
            return max(ways) if apart else sum(ways), sum(taken for _, taken in costs)
        case Repeat(Chars(members), least, most, _):
            if follow is None:
                return 1, least + 1
            run = min(most, runs.of(members))
            return min(most - least, run) + 1 if members & follow else 1, run + 1
        case Repeat():
            return _loop(part, follow, runs)


def _apart(firsts: Sequence[tuple[Set, bool]]) -> bool:
    """Whether the next character says which one it can be."""
    seen = 0
    for members, empty in firsts:
        if empty or members & seen:
            return False
        seen |= members
    return True


def _row(parts: Sequence[Part], follow: Set | None, runs: Runs) -> _Cost:
    ways, taken = 1, 0
    for at, part in enumerate(parts):
        rest = parts[at + 1 :]
        then = follow
        if rest:
            members, empty = _first(rest, 0)
            then = members | (follow or 0) if empty else members
        more, each = _cost(part, then, runs)
        taken = _far(taken + ways * each)
        ways = _far(ways * more)
    return ways, taken


def _loop(part: Repeat, follow: Set | None, runs: Runs) -> _Cost:
    """A group again and again: where it can be found in two ways, its repeats explode."""
    begin, _ = first(part.part)
    if part.most == 1:
        ways, taken = _cost(part.part, follow, runs)
        return ways + 1, taken + 1
    ways, taken = _cost(part.part, begin | (follow or 0), runs)
    if ways > 1:
        if part.most > 8:
            return FAR, FAR
        ways = _far(ways**part.most * part.most)
        return ways, _far(ways * taken)
    inner = size(part.part)
    times = part.most
    if follow is None:
        return 1, _far((part.least + 1) * taken)
    if not inner.spaces:
        times = min(times, runs.inked)
    ways = 1 if not begin & follow else min(part.most - part.least, times) + 1
    return ways, _far(times * taken)
