"""Themes: every role in both, words that can be read, a live switch."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from reader import paths
from reader.ui.stylesheet import STYLE
from reader.ui.theme import Theme, read_colors, style_sheet

NAMES = ("light", "dark")
PAGES = ("background", "pane", "raised", "hover")


def colors(name: str) -> dict[str, QColor]:
    return read_colors(paths.resource(f"themes/{name}.toml"))


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["text", "muted", "accent", "error"])
@pytest.mark.parametrize("page", PAGES)
def test_words_can_be_read_on_every_surface(name: str, role: str, page: str) -> None:
    assert contrast(colors(name)[role], colors(name)[page]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "role, page",
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("selection_text", "selection"),
        ("muted", "selection"),
        ("text", "text_selection"),
        ("warn", "pane"),
        ("warn", "raised"),
        ("ok", "raised"),
    ],
)
def test_pairs_that_meet_can_be_read(name: str, role: str, page: str) -> None:
    assert contrast(colors(name)[role], colors(name)[page]) >= 4.5


def test_both_themes_have_the_same_roles_and_only_colours() -> None:
    light, dark = (
        tomllib.loads(paths.resource(f"themes/{name}.toml").read_text("utf-8")) for name in NAMES
    )
    assert light.keys() == dark.keys()
    assert all(QColor(value).isValid() for value in [*light.values(), *dark.values()])


@pytest.mark.parametrize("name", NAMES)
def test_the_style_sheet_asks_for_nothing_a_theme_lacks(name: str) -> None:
    wanted = set(re.findall(r"@([a-z_0-9]+)", STYLE)) - {"art"}
    assert wanted <= colors(name).keys()
    made = style_sheet(colors(name), name)
    assert "@" not in made.replace(paths.resource("themes").as_posix(), "")
    shapes = re.findall(r'url\("([^"]+)"\)', made)
    assert shapes
    assert all(paths.resource(shape).is_file() for shape in shapes)


def test_a_switch_reaches_the_palette_and_is_told(qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.name))
    theme.choose("dark")
    theme.choose("dark")
    assert told == ["dark"]
    assert theme.is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("background")
    with pytest.raises(KeyError):
        theme.color("no such role")


def test_a_start_loads_no_icons(tmp_path: object) -> None:
    code = "import sys, reader.ui.theme, reader.ui.icons; sys.exit('reader.ui.icon_font' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
