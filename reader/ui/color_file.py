"""Reads the files of colours: TOML, of which they use tables and text in double quotes alone.

The library's reader of all of TOML costs a start 10 ms, most of it for making its patterns.
"""

from __future__ import annotations

from pathlib import Path


def read_tables(file: Path) -> dict[str, dict[str, str]]:
    """The values by their names, by the name of their table; "" for those before any table.

    ValueError for a line that is none of these.
    """
    tables: dict[str, dict[str, str]] = {"": {}}
    now = tables[""]
    for line in file.read_text(encoding="utf-8").splitlines():
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if words.startswith("[") and words.endswith("]"):
            now = tables.setdefault(words[1:-1], {})
            continue
        name, equals, value = words.partition(" = ")
        if not equals or len(value) < 2 or value[0] != '"' or value.find('"', 1) != len(value) - 1:
            raise ValueError(f"{file.name}: {line}")
        now[name] = value[1:-1]
    return tables
