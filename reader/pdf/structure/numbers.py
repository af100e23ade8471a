"""Numbers as papers print them: 4.2, IV, B.1, S3."""

from __future__ import annotations

import re

ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.ASCII)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(text: str) -> int:
    """The value of a Roman number in capitals below 100, 0 for anything else."""
    if len(text) > 8 or not ROMAN.fullmatch(text):
        return 0
    total = 0
    for char, after in zip(text, text[1:] + " ", strict=True):
        value = _VALUES[char]
        total += -value if value < _VALUES.get(after, 0) else value
    return total


def keys(number: str) -> tuple[str, ...]:
    """The forms under which a number is looked up, the likelier first.

    "IV-A" gives "4.a" and "iv.a", "4.2." gives "4.2": Roman and Arabic numbers
    of one thing meet, and so do dots and dashes.
    """
    parts = [part for part in re.split(r"[.\-\u2013\u2010 ]", number.strip()) if part]
    if not parts:
        return ()
    plain = ".".join(parts).lower()
    value = roman_value(parts[0])
    if not value:
        return (plain,)
    return ".".join([str(value), *parts[1:]]).lower(), plain


def supplement(number: str, extended: str | None) -> str:
    """The number of a thing in a supplement: "Supplementary Fig. 3" is "Fig. S3" elsewhere."""
    if extended:
        return f"ED{number}"
    return number if number.startswith("S") else f"S{number}"
