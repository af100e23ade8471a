"""Accents that a file sets as signs of their own: TeX's older fonts have no letters with them."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "\u00a8": "\u0308", "\u00b4": "\u0301", "`": "\u0300", "\u02c6": "\u0302",
    "\u02dc": "\u0303", "\u02c7": "\u030c", "\u02da": "\u030a", "\u02d8": "\u0306",
    "\u02d9": "\u0307", "\u02dd": "\u030b",
}  # fmt: skip
_BEFORE = re.compile(rf"([{''.join(_ACCENTS)}])\s?([A-Za-z\u0131\u0237])")
_CEDILLA = re.compile(r"(?<![cCsS])\u00b8\s?([cCsS])")  # TeX puts it before its letter
_BELOW = re.compile(r"([A-Za-z])\u00b8")
_PLAIN = {"\u0131": "i", "\u0237": "j"}
_SIGNS = re.compile("[\u00a8\u00b4\u00b8\u02c6\u02dc\u02c7\u02da\u02d8\u02d9\u02dd]")


def composed(text: str) -> str:
    """Text in which accents are part of their letters: M\u00a8uller.

    A grave accent is one too, as names have it; where it may be a quotation mark
    or code, `readable` leaves it alone.
    """
    text = _BEFORE.sub(lambda m: _PLAIN.get(m[2], m[2]) + _ACCENTS[m[1]], text)
    text = _CEDILLA.sub("\\1\u0327", text)
    return unicodedata.normalize("NFC", _BELOW.sub("\\1\u0327", text))


def readable(text: str) -> str:
    """Running text for a person, with composed letters; without such signs it stays as it is."""
    if not _SIGNS.search(text):
        return text
    return "`".join(composed(part) for part in text.split("`"))
