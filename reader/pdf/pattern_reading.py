"""A regular expression read into its parts, and written anew for `re`.

Both packages for patterns mean the same by what is understood here.  Where case does not
count, the expression is written for text in lower case, which is far quicker to look
through than every letter in both cases.
"""

from __future__ import annotations

import re
from typing import NoReturn

from reader.domain.value import dataclass
from reader.pdf.pattern_parts import (
    ALL,
    BLANK,
    DIGIT,
    FAR,
    SIGNS,
    WORD,
    WORDS,
    Chars,
    Edge,
    Fork,
    Look,
    Part,
    Repeat,
    Row,
    Same,
    Set,
    once_a_run,
    size,
)

_CLASSES: dict[str, Set] = {
    "w": WORD,
    "W": ALL & ~WORD,
    "d": DIGIT | WORDS,
    "D": ALL & ~DIGIT,
    "s": BLANK,
    "S": ALL & ~BLANK | SIGNS,
}
_BEYOND = WORDS | SIGNS
_LOOKS = {"?=": (False, False), "?!": (False, True), "?<=": (True, False), "?<!": (True, True)}
_MOST = 1_000  # of a repeat that is counted
_DEEP = 20  # groups inside of groups
_SINGLE = "*+?{}[]"  # not a character of its own here


@dataclass(frozen=True, slots=True)
class Understood:
    """An expression: its parts, and how it is written for `re`."""

    part: Part
    source: str
    edged: bool  # whether it asks for the begin or end of a text


def understand(pattern: str, *, case: bool, plain: bool = False) -> Understood | None:
    """The parts of an expression; None when something is in it that is not known here.

    Without `case`, `source` is for text in lower case; when `plain`, for text in ASCII,
    in which `re` tells the characters of a class by a table.
    """
    reader = _Reader(pattern, low=not case, plain=plain)
    try:
        part, source = reader.fork(0)
        if reader.at < len(pattern):
            return None
    except _UnknownError:
        return None
    if isinstance(part, Row):
        source = _letters_first(source)
        if plain and (run := once_a_run(part)):
            source = f"(?<![{_ranges(run)}]){source}"
    return Understood(part, source, reader.edged)


def _letters_first(source: str) -> str:
    r"""`re` goes from one letter it begins with to the next, but tries `\b` everywhere."""
    found = re.match(r"\\b(\w+)", source)
    if found is None:
        return source
    repeated = source[found.end() :][:1] in tuple("*+?{")
    letters = found[1][:-1] if repeated else found[1]
    return rf"{letters}(?<=\b{letters}){source[2 + len(letters) :]}" if letters else source


class _UnknownError(Exception):
    """Something that is not read here."""


def _unknown() -> NoReturn:
    raise _UnknownError


class _Reader:
    def __init__(self, pattern: str, *, low: bool, plain: bool) -> None:
        self.at = 0
        self.edged = False
        self._pattern = pattern
        self._low = low
        self._plain = plain
        self._groups: list[Part | None] = []  # those that `\1` may name, None for others

    def _next(self, count: int = 1) -> str:
        return self._pattern[self.at : self.at + count]

    def _take(self, wanted: str) -> bool:
        if not self._pattern.startswith(wanted, self.at):
            return False
        self.at += len(wanted)
        return True

    def fork(self, deep: int) -> tuple[Part, str]:
        """Choices up to the end or a closing parenthesis."""
        rows: list[Part] = []
        sources: list[str] = []
        begin = len(self._groups)
        while True:
            row, source = self._row(deep)
            rows.append(row)
            sources.append(source)
            if not self._take("|"):
                break
        if len(rows) == 1:
            return rows[0], sources[0]
        self._close(begin)
        return Fork(tuple(rows)), "|".join(sources)

    def _close(self, begin: int) -> None:
        """Groups that may have found nothing, or more than once, are not named again."""
        self._groups[begin:] = [None] * (len(self._groups) - begin)

    def _row(self, deep: int) -> tuple[Part, str]:
        parts: list[Part] = []
        sources: list[str] = []
        while self._next() not in ("", "|", ")"):
            begin = len(self._groups)
            part, source = self._part(deep)
            least, most, sign = self._repeated()
            if sign:
                if isinstance(part, Edge | Look) or size(part).least == 0:
                    _unknown()
                part = Repeat(part, least, most, not sign.endswith("?") or sign == "?")
                self._close(begin)
            parts.append(part)
            sources.append(source + sign)
        return Row(tuple(parts)), "".join(sources)

    def _repeated(self) -> tuple[int, int, str]:
        """(least, most, how it is written) of a repeat; written "" where there is none."""
        begin = self.at
        if self._take("*"):
            least, most = 0, FAR
        elif self._take("+"):
            least, most = 1, FAR
        elif self._take("?"):
            least, most = 0, 1
        elif found := re.compile(r"\{([0-9]{1,4})(,?)([0-9]{0,4})\}").match(self._pattern, self.at):
            self.at = found.end()
            least = int(found[1])
            most = int(found[3]) if found[3] else FAR if found[2] else least
            if most < least or max(least, most if most < FAR else 0) > _MOST:
                _unknown()
        else:
            return 1, 1, ""
        self._take("?")
        if self._next() and self._next() in "*+?{":
            _unknown()
        return least, most, self._pattern[begin : self.at]

    def _part(self, deep: int) -> tuple[Part, str]:
        char = self._next()
        self.at += 1
        if char == "(":
            return self._group(deep + 1)
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escaped()
        if char == ".":
            return Chars(ALL & ~(1 << 10)), "."
        if char in "^$":
            self.edged = True
            return Edge(char), char
        if char in _SINGLE:
            _unknown()
        return self._sign(char)

    def _sign(self, char: str) -> tuple[Part, str]:
        char = self._lowered(char)
        members = 1 << ord(char) if char.isascii() else _BEYOND
        return Chars(members), re.escape(char)

    def _lowered(self, char: str) -> str:
        """A character as it is in the text that is looked through."""
        if not self._low:
            return char
        low = char.lower()
        if len(low) != 1 or low != char.casefold():
            _unknown()
        return low

    def _escaped(self) -> tuple[Part, str]:
        char = self._next()
        self.at += 1
        if char in ("b", "B"):
            return Edge(char), f"\\{char}"
        if (members := _CLASSES.get(char)) is not None:
            return Chars(members), f"[{_ranges(members)}]" if self._plain else f"\\{char}"
        if char in tuple("123456789") and not self._next().isdigit():
            number = int(char)
            group = self._groups[number - 1] if number <= len(self._groups) else None
            if group is None:
                _unknown()
            return Same(group), f"(?:\\{char})"
        if not char.isascii() or not char.isprintable() or char.isalnum() or not char:
            _unknown()
        return self._sign(char)

    def _group(self, deep: int) -> tuple[Part, str]:
        if deep > _DEEP:
            _unknown()
        begin = len(self._groups)
        for sign, (behind, negative) in _LOOKS.items():
            if self._take(sign):
                part, source = self.fork(deep)
                self._close(begin)
                here = size(part)
                # Looking back both ways only go by as many characters as are told.
                if behind and (here.least != here.most or self._has_own_looks(part)):
                    _unknown()
                return self._closed(Look(part, behind, negative), f"({sign}{source})")
        if self._take("?:"):
            return self._closed(*_wrapped(self.fork(deep), "(?:"))
        if self._next() in ("?", "*"):
            _unknown()
        self._groups.append(None)
        part, source = self.fork(deep)
        self._groups[begin] = part
        return self._closed(part, f"({source})")

    def _has_own_looks(self, part: Part) -> bool:
        match part:
            case Look() | Same() | Edge():
                return True
            case Row(parts) | Fork(parts):
                return any(map(self._has_own_looks, parts))
            case Repeat(inner, _, _, _):
                return self._has_own_looks(inner)
            case _:
                return False

    def _closed(self, part: Part, source: str) -> tuple[Part, str]:
        if not self._take(")"):
            _unknown()
        return part, source

    def _set(self) -> tuple[Part, str]:
        negative = self._take("^")
        members, classes, beyond = 0, "", ""
        known_beyond = 0  # what beyond ASCII is in the set for certain
        while not self._take("]"):
            low, name = self._member()
            if name:
                members |= _CLASSES[name]
                known_beyond |= {"w": WORDS, "W": SIGNS}.get(name, 0)
                classes += "" if self._plain else f"\\{name}"
                continue
            high = low
            if self._next() == "-" and self._next(2) != "-]":
                self.at += 1
                high, name = self._member()
                if name or high < low:
                    _unknown()
            if high.isascii():
                members |= sum(
                    {1 << ord(self._lowered(chr(code))) for code in range(ord(low), ord(high) + 1)}
                )
            elif low == high:
                beyond += re.escape(self._lowered(low))
                members |= _BEYOND
            elif self._low or low.isascii():
                _unknown()
            else:
                beyond += f"{low}-{high}"
                members |= _BEYOND
        if not members:
            _unknown()
        source = f"[{'^' * negative}{classes}{_ranges(members)}{beyond}]"
        return Chars(ALL & ~(members & ~_BEYOND | known_beyond) if negative else members), source

    def _member(self) -> tuple[str, str]:
        """A character of a set, or the name of a class."""
        char = self._next()
        self.at += 1
        if char in ("", "[", "]") or (char in "-&|~" and self._next() == char):
            _unknown()
        if char != "\\":
            return char, ""
        char = self._next()
        self.at += 1
        if char in _CLASSES:
            return "", char
        if not char or not char.isascii() or not char.isprintable() or char.isalnum():
            _unknown()
        return char, ""


def _wrapped(read: tuple[Part, str], sign: str) -> tuple[Part, str]:
    return read[0], f"{sign}{read[1]})"


def _ranges(members: Set) -> str:
    """The characters in ASCII as they are written in a set."""
    found = ""
    code = 0
    while code < 128:
        end = code
        while end < 128 and members >> end & 1:
            end += 1
        if end > code:
            found += _written(code)
            if end > code + 1:
                found += f"-{_written(end - 1)}"
        code = end + 1
    return found


def _written(code: int) -> str:
    char = chr(code)
    return char if char.isalnum() or ord(char) < 32 else f"\\{char}"
