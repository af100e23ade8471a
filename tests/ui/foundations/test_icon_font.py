"""Every role has a picture in its colour, and qtawesome is not loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from reader.ui.icon_font import draw
from reader.ui.icons import ROLES

_SIZE = QSize(36, 36)
_INK, _FAINT = QColor("#3b5bdb"), QColor("#c0ffee")


def strongest(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """The colour of the most opaque pixel."""
    image = icon.pixmap(_SIZE, 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(36) for y in range(36)]
    return max(pixels, key=QColor.alpha)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", sorted(set(ROLES.values())))
def test_each_icon_is_drawn(name: str) -> None:
    seen = strongest(draw(name, _INK, _FAINT))
    assert seen.alpha() > 100
    assert abs(seen.hslHue() - _INK.hslHue()) < 8


@pytest.mark.usefixtures("qapp")
def test_what_is_disabled_is_faint_and_a_copy_is_alike() -> None:
    icon = draw("star-fill", _INK, _FAINT)
    assert strongest(icon, QIcon.Mode.Disabled).name() == _FAINT.name()
    assert strongest(icon, QIcon.Mode.Active).name() == _INK.name()
    # A size asked for again is the same picture, not drawn anew.
    first, again = (icon.pixmap(_SIZE, 1.0) for _ in range(2))
    assert first.cacheKey() == again.cacheKey()
    assert strongest(QIcon(icon)).name() == _INK.name()


def test_the_font_comes_without_its_package() -> None:
    code = "import sys, reader.app.late; sys.exit('qtawesome' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
