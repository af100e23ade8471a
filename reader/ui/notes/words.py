"""How many words and characters a text has."""

from __future__ import annotations

import re

# A word is what stands between blanks and holds a letter or digit: "-", "#" and "|" are none.
# The scripts without blanks count their characters.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_][^\s\u3040-\u9fff]*")


def counted(text: str) -> tuple[int, int]:
    """(words, characters) of a text; ends of lines are no characters."""
    words = sum(1 for _ in _WORD.finditer(text))
    return words, len(text) - text.count("\n") - text.count("\u2029")
