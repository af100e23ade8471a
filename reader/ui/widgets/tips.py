"""Tooltips with a text that is not the program's own: of a file, a paper, a tag."""

from __future__ import annotations


def tip(text: str) -> str:
    """The text without what would make it rich text.

    Qt takes a tooltip for rich text when it looks so, and opens the files it names.
    """
    return text.replace("<", "‹").replace(">", "›")
