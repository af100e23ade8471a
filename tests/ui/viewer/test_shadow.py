"""What is around a page, wherever the page is and however much of it is painted anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from reader.ui.viewer.shadow import paint_shadow, reach

VIEW = QRect(0, 0, 300, 320)
PAGE = QRect(60, 50, 180, 200)
RATIOS = pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0, 3.0])
CLEAR = QColor(0, 0, 0, 0)


def painted(page: QRect, ratio: float, area: QRect = VIEW, edge: QColor = CLEAR) -> QImage:
    """The shadow of a page on white."""
    image = QImage(VIEW.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setClipRect(area)
    paint_shadow(painter, page, area, ratio, QColor("black"), edge)
    painter.end()
    return image


def dark(image: QImage, x: int, y: int) -> int:
    """How much darker than white a pixel is."""
    return 255 - image.pixelColor(x, y).lightness()


@RATIOS
def test_a_shadow_fades_on_all_sides_and_ends(ratio: float) -> None:
    image, far, drop = painted(PAGE, ratio), reach(ratio), max(1, round(ratio))
    middle, below = PAGE.center().x(), PAGE.bottom() + drop + 1
    down = [dark(image, middle, below + step) for step in range(far - drop)]
    side = [dark(image, PAGE.right() + 1 + step, PAGE.center().y()) for step in range(far - drop)]
    assert down == side == sorted(down, reverse=True) and down[0] > down[-1]
    # AND it is the same on the left, and lies a little lower than the page
    left = [dark(image, PAGE.left() - 1 - step, PAGE.center().y()) for step in range(far - drop)]
    above = [dark(image, middle, PAGE.top() - 1 - step) for step in range(far)]
    assert left == side and above == [*down[drop:], *[0] * (2 * drop)][:far]
    # AND at its end there is nothing more
    assert not dark(image, middle, below + far - drop)
    assert not dark(image, PAGE.right() + 1 + far - drop, PAGE.center().y())


@RATIOS
def test_a_page_larger_than_the_view_has_the_same_shadow(ratio: float) -> None:
    whole = painted(PAGE, ratio)
    long = painted(QRect(PAGE.x(), -4_000, PAGE.width(), 9_000), ratio)
    for x in range(VIEW.width()):
        if not PAGE.left() <= x <= PAGE.right():
            assert dark(long, x, 10) == dark(whole, x, PAGE.center().y())


def test_what_is_painted_anew_fits_to_what_is_there() -> None:
    whole = painted(PAGE, 1.5)
    for area in (QRect(0, 0, 64, 53), QRect(230, 100, 30, 60), QRect(100, 240, 9, 40)):
        part = painted(PAGE, 1.5, area)
        assert part.copy(area) == whole.copy(area)


def test_an_edge_is_a_line_around_the_page() -> None:
    edge = QColor("black")
    image = painted(PAGE, 1.0, edge=edge)
    for x, y in (
        (PAGE.left() - 1, 99), (PAGE.right() + 1, 99), (99, PAGE.top() - 1),
        (99, PAGE.bottom() + 1), (PAGE.left() - 1, PAGE.top() - 1),
    ):  # fmt: skip
        assert dark(image, x, y) == 255
    assert dark(image, PAGE.left() - 2, 99) < 255


def test_a_page_smaller_than_its_shadow_has_none() -> None:
    assert painted(QRect(50, 50, 2, 1), 3.0) == painted(QRect(50, 50, 0, 0), 3.0)
