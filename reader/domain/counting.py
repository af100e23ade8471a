"""How many of something, as a person says it."""

from __future__ import annotations


def counted(count: int, one: str, many: str) -> str:
    """The words for one, else those for several with the number in them: "1,234 papers".

    `many` holds one {} for the number; `one` needs none.
    """
    return one if count == 1 else many.format(f"{count:,}")
