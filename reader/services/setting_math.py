"""TeX math set as SVG by ziamath; what is no TeX is not set.

Loading it takes 0.3 s, so it is imported on a worker when the first formula is
wanted.  ziamath keeps fonts and settings for all, so it does one thing at a time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable

from ziamath.config import config
from ziamath.tex import tex2mml
from ziamath.zmath import Math

from reader.domain.tex import Formula

_SIZE = 20.0  # pixels; drawn at any other
_LONGEST = 2_000  # characters of TeX
_VIEW = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')
_UNKNOWN = re.compile(r"<m[io][^>]*>\\[a-zA-Z]|<m[io]>\\<")
# All that is drawn are shapes: whatever else a formula smuggles in, it loads nothing.
_SHAPES = re.compile(r"<(?!/?(?:svg|path|rect|line|circle|ellipse|polyline|polygon|g|title)\b)")
_LOADS = re.compile(r"href=|url\(|style=", re.IGNORECASE)
_LOCK = threading.Lock()

config.svg2 = False  # shapes and no <use>, which Qt does not draw


def set_formulas(wanted: Iterable[tuple[str, bool]]) -> list[Formula | None]:
    """Set formulas, each (TeX, displayed); None for one that is no TeX or too long."""
    with _LOCK:
        return [_formula(tex, display=display) for tex, display in wanted]


def _formula(tex: str, *, display: bool) -> Formula | None:
    if len(tex) > _LONGEST or not _balanced(tex):
        return None
    try:
        mathml = tex2mml(tex, inline=not display)
        if not isinstance(mathml, str) or _UNKNOWN.search(mathml):
            return None
        svg = Math(mathml, size=_SIZE).svg()
    except Exception:  # noqa: BLE001 - a parser of what people type; each fault means "no TeX"
        return None
    view = _VIEW.search(svg)
    if view is None or _SHAPES.search(svg) or _LOADS.search(svg.replace("xmlns:xlink", "")):
        return None
    _, top, width, height = map(float, view.groups())
    if not (0 < width < 1e5 and 0 < height < 1e5):
        return None
    return Formula(svg.encode(), width / _SIZE, height / _SIZE, -top / _SIZE)


def _balanced(tex: str) -> bool:
    """Whether each brace has its other; ziamath closes what is open by itself."""
    depth = 0
    for sign in re.sub(r"\\.", "", tex):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
