"""What keys do to a line of Markdown: lists and quotes go on, items move in and out.

Pure functions of lines; `edit.py` applies what they answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from reader.ui.notes.lines import HEADING, ITEM, QUOTED, RULE

# What stands around a selection when one of these is typed.
PAIRS = {
    "*": ("*", "*"),
    "_": ("_", "_"),
    "~": ("~", "~"),
    "`": ("`", "`"),
    "$": ("$", "$"),
    "[": ("[", "]"),
    "(": ("(", ")"),
    '"': ('"', '"'),
    "'": ("'", "'"),
    "“": ("“", "”"),
    "«": ("«", "»"),
}
_BOX = re.compile(r"\[[ xX]\]")
_CELLS = re.compile(r"(?<!\\)\|")
_DIVIDER = re.compile(r":?-+:?$")


def lead(line: str) -> str:
    """The quote signs, indent and marker that a line begins with."""
    quoted = QUOTED.match(line)
    start = quoted.end() if quoted else 0
    item = ITEM.match(line[start:])
    return line[: start + (item.end() if item else 0)]


def next_lead(line: str) -> str:
    """What the line after this one begins with when the list or quote goes on."""
    quoted = QUOTED.match(line)
    start = quoted.end() if quoted else 0
    item = ITEM.match(line[start:])
    if item is None:
        return line[:start]
    marker = item[2]
    if marker[:-1].isdigit():
        marker = f"{int(marker[:-1]) + 1}{marker[-1]}"
    box = "[ ] " if item[4] else ""
    return f"{line[:start]}{item[1]}{marker}{item[3] or ' '}{box}"


def is_only_lead(line: str) -> bool:
    """Whether a line of a list or quote holds nothing yet: Enter ends the list there."""
    found = lead(line)
    return bool(found) and not line[len(found) :].strip()


def is_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return ITEM.match(line) is not None and RULE.match(line) is None


def moved_in(line: str, above: Sequence[str]) -> str:
    """An item one level deeper: under what the item above it says.  `above` is nearest first."""
    indent = _indent(line)
    for other in above:
        item = ITEM.match(other)
        if item is None:
            if not other.strip() or _indent(other) > indent:
                continue
            break
        if len(item[1]) <= indent:
            return " " * (len(item[1]) + len(item[2]) + 1) + line.lstrip()
    return " " * (indent + 2) + line.lstrip()


def moved_out(line: str, above: Sequence[str]) -> str:
    """An item one level up: beside the one it stands under."""
    indent = _indent(line)
    for other in above:
        item = ITEM.match(other)
        if item is not None and len(item[1]) < indent:
            return item[1] + line.lstrip()
    return " " * max(0, indent - 4 if indent > 4 else 0) + line.lstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def box_at(line: str) -> tuple[int, int] | None:
    """Where the checkbox of a line is."""
    quoted = QUOTED.match(line)
    start = quoted.end() if quoted else 0
    item = ITEM.match(line[start:])
    if item is None or not item[4]:
        return None
    return start + item.start(4), start + item.end(4)


def ticked(line: str) -> str | None:
    """A line with its checkbox changed; None without one."""
    place = box_at(line)
    if place is None:
        return None
    box = "[x]" if line[place[0] : place[1]] == "[ ]" else "[ ]"
    return line[: place[0]] + box + line[place[1] :]


def with_heading(line: str, level: int) -> str:
    """A line as a heading of a level; as text when it is one already, or for level 0."""
    found = HEADING.match(line)
    bare = line[found.end() :] if found else line
    if level == 0 or (found and len(found[1]) == level):
        return bare
    return f"{'#' * level} {bare}"


def with_marker(line: str, marker: str) -> str:
    """A line as an item ("- ", "1. ", "- [ ] ") or quote ("> "); without it when it has it."""
    if marker == "> ":
        return line[2:] if line.startswith("> ") else marker + line
    item = ITEM.match(line)
    if item is None:
        return marker + line
    text = line[item.end() :].lstrip()
    had = ("1. " if item[2][:-1].isdigit() else "- ") + ("[ ] " if item[4] else "")
    return item[1] + ("" if had == marker else marker) + text


# -- tables


def cells(line: str) -> list[str]:
    """The cells of a row."""
    bare = line.strip()
    parts = _CELLS.split(bare)
    if bare.startswith("|"):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    return [part.strip() for part in parts]


def lined_up(rows: Sequence[str]) -> list[str]:
    """The rows of a table with their columns made equally wide."""
    table = [cells(row) for row in rows]
    count = max(map(len, table))
    table = [row + [""] * (count - len(row)) for row in table]
    rules = [all(_DIVIDER.match(cell) for cell in row if cell) and any(row) for row in table]
    words = [row for row, rule in zip(table, rules, strict=True) if not rule]
    widths = [max([3, *(_width(row[n]) for row in words)]) for n in range(count)]
    sides = next((row for row, rule in zip(table, rules, strict=True) if rule), [""] * count)
    made: list[str] = []
    for row, rule in zip(table, rules, strict=True):
        shown = [
            _rule(cell, width) if rule else _padded(cell, width, side)
            for cell, width, side in zip(row, widths, sides, strict=True)
        ]
        made.append(f"| {' | '.join(shown)} |")
    return made


def _rule(cell: str, width: int) -> str:
    left, right = cell.startswith(":"), cell.endswith(":") and len(cell) > 1
    return (":" if left else "-") + "-" * (width - 2) + (":" if right else "-")


def _padded(cell: str, width: int, side: str) -> str:
    room = width - _width(cell)
    if side.endswith(":") and side.startswith(":"):
        return " " * (room // 2) + cell + " " * (room - room // 2)
    return " " * room + cell if side.endswith(":") else cell + " " * room


def _width(text: str) -> int:
    """Columns of a monospaced font that a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )
