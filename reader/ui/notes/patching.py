"""Changes of a text as small as they can be: the cursor, the scrolling and undo stay whole."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument


def qt_length(text: str) -> int:
    """How many places (UTF-16) a text takes in a Qt document."""
    return len(text) + (0 if text.isascii() else sum(sign > "\uffff" for sign in text))


def difference(old: str, new: str) -> tuple[int, int, str]:
    """(start, end, text): old[start:end] replaced by the text gives `new`."""
    start = _common(old, new, min(len(old), len(new)))
    rest = min(len(old), len(new)) - start
    tail = _common(old[::-1], new[::-1], rest)
    return start, len(old) - tail, new[start : len(new) - tail]


def _common(one: str, other: str, most: int) -> int:
    """How many characters two texts have in common at their start."""
    low = 0
    while most - low > 64:  # halves: comparing slices is C, comparing characters is not
        middle = (low + most + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            most = middle - 1
    while low < most and one[low] == other[low]:
        low += 1
    return low


def patch(document: QTextDocument, old: str, new: str) -> None:
    """Make a document that holds `old` hold `new`, as one step of undo."""
    start, end, text = difference(old, new)
    if start == end and not text:
        return
    cursor = QTextCursor(document)
    cursor.setPosition(qt_length(old[:start]))
    cursor.setPosition(
        cursor.position() + qt_length(old[start:end]), QTextCursor.MoveMode.KeepAnchor
    )
    cursor.insertText(text)


def patch_block(block: QTextBlock, new: str) -> None:
    """Make a block hold a line."""
    old = block.text()
    start, end, text = difference(old, new)
    if start == end and not text:
        return
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + qt_length(old[:start]))
    cursor.setPosition(
        cursor.position() + qt_length(old[start:end]), QTextCursor.MoveMode.KeepAnchor
    )
    cursor.insertText(text)
