"""Letters of TeX's bitmap fonts, which name them by number alone.

pdfTeX writes a font that it has only as a bitmap as a Type 3 font called F and a
number, with glyphs called a27, a28 and so on; MuPDF then takes the number for
the letter.  Fonts in TeX's T1 (Cork) encoding have ligatures, dashes and
quotation marks where Unicode has control characters, and letters of Central
Europe where it has signs.  Without this "efficient" is a word nobody finds.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from itertools import pairwise

from reader.pdf.worker.letters import Line, Look

_UNNAMED = re.compile(r"F\d+")
_TELLING = re.compile(r"[\x10-\x16\x1b-\x1f]")  # no letters elsewhere, and common in Cork
_OLDER = re.compile(r"[\x0b\x0c]")  # ff and fi of TeX's first encoding, OT1
_SIGNS = re.compile(r"[\x0d-\x1f\x80-\xbf\xd7\xdf\xf7\xff]")
_LEAST = 0.5  # of a font's characters that are small letters: symbol fonts have fewer

_CORK: dict[str, str] = {
    **dict(zip(map(chr, range(0x0D, 0x20)), "‚‹›“”„«»–— ₀ıȷ", strict=False)),
    "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl",
    **dict(
        zip(
            map(chr, range(0x80, 0xC0)),
            "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£",
            strict=True,
        )
    ),
    "\xd7": "Œ", "\xdf": "ẞ", "\xf7": "œ", "\xff": "ß",
}  # fmt: skip


def spelt(blocks: list[list[Line]]) -> list[list[Line]]:
    """The blocks of a page with the letters of such fonts as they are read.

    A ligature becomes its letters, which share its box.
    """
    if not any(_TELLING.search(line.chars) for lines in blocks for line in lines):
        return blocks
    fonts = _cork_fonts(blocks)
    return [[_mended(line, fonts) for line in lines] for lines in blocks] if fonts else blocks


def _cork_fonts(blocks: list[list[Line]]) -> set[str]:
    """The fonts of a page without names of their own, where one of them is in Cork."""
    whole, small, telling, older = (Counter[str]() for _ in range(4))
    for lines in blocks:
        for line in lines:
            for start, end, look in _runs(line):
                if _UNNAMED.fullmatch(look[2]):
                    run = line.chars[start:end].replace(" ", "")
                    whole[look[2]] += len(run)
                    small[look[2]] += sum("a" <= char <= "z" for char in run)
                    telling[look[2]] += len(_TELLING.findall(run))
                    older[look[2]] += len(_OLDER.findall(run))
    texts = {
        name for name, count in whole.items() if small[name] >= _LEAST * count and not older[name]
    }
    return texts if any(telling[name] for name in texts) else set()


def _runs(line: Line) -> list[tuple[int, int, Look]]:
    """The runs of a line in one look: start, end, look."""
    ends = [start for start, _ in line.looks[1:]] + [len(line.chars)]
    return [(start, end, look) for (start, look), end in zip(line.looks, ends, strict=True)]


def _mended(line: Line, fonts: set[str]) -> Line:
    if not _SIGNS.search(line.chars):
        return line
    chars = ""
    boxes = array("f")
    looks: list[tuple[int, Look]] = []
    for start, end, look in _runs(line):
        looks.append((len(chars), look))
        for at in range(start, end):
            char = line.chars[at]
            letters = _CORK.get(char, char) if look[2] in fonts else char
            x0, y0, x1, y1 = line.boxes[4 * at : 4 * at + 4]
            edges = [x0 + (x1 - x0) * part / len(letters) for part in range(len(letters) + 1)]
            for left, right in pairwise(edges):
                boxes.extend((left, y0, right, y1))
            chars += letters
    return line._replace(chars=chars, boxes=boxes, looks=looks)
