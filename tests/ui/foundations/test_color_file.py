"""The files of colours are read as TOML says, and what they are not written in is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reader import paths
from reader.ui.color_file import read_tables

FILES = sorted(paths.resource("themes").glob("*.toml"))


def flat(tables: dict[str, object], name: str = "") -> dict[str, dict[str, str]]:
    """Tables within tables, by their dotted names."""
    own = {key: value for key, value in tables.items() if isinstance(value, str)}
    found = {name: own} if own else {}
    for key, value in tables.items():
        if isinstance(value, dict):
            found |= flat(value, f"{name}.{key}" if name else key)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_colours_is_what_toml_says(file: Path) -> None:
    found = {name: table for name, table in read_tables(file).items() if table}
    assert found == flat(tomllib.loads(file.read_text(encoding="utf-8")))
    assert sum(map(len, found.values())) > 5


@pytest.mark.parametrize("line", ["ink = 3", 'ink "#000000"', 'ink = "a" # why', 'ink = "', "[ink"])
def test_another_line_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(f'paper = "#ffffff"\n{line}\n')
    with pytest.raises(ValueError, match=r"odd\.toml"):
        read_tables(file)
