"""A part of a page shows whole lines: what its edges cut is painted over, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from reader.ui.viewer.edges import without_cut_lines

PAPER, INK = QColor("#20232a"), QColor("#e0e0e0")


def drawn(*bars: QRect) -> QImage:
    """Bars of strokes, as letters are, on dark paper of 200 x 100 pixels."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    for bar in bars:
        for stroke in range(bar.left(), bar.right(), 4):
            painter.fillRect(stroke, bar.top(), 2, bar.height(), INK)
    painter.end()
    return image


def line(top: int, height: int = 10, left: int = 10, width: int = 180) -> QRect:
    return QRect(left, top, width, height)


def test_lines_that_the_edges_cut_go_and_whole_ones_stay() -> None:
    # GIVEN a line cut at the top, three whole ones, one cut below
    whole = (line(14), line(40), line(70))
    image = drawn(line(0, 6), *whole, line(92, 8))
    # WHEN it is cut at whole lines THEN only the whole ones are there
    assert without_cut_lines(image, 12, 16) == drawn(*whole)
    # AND the given picture is as it was
    assert image == drawn(line(0, 6), *whole, line(92, 8))


def test_where_the_edges_cut_nothing_the_picture_is_the_same() -> None:
    image = drawn(line(14), line(70))
    assert without_cut_lines(image, 12, 16) is image


def test_what_reaches_further_than_a_line_stays() -> None:
    # GIVEN a bar of a figure that goes from edge to edge
    image = drawn(QRect(60, 0, 30, 100))
    # THEN it is no line
    assert without_cut_lines(image, 12, 16) == image


def test_a_word_beside_a_formula_goes_alone() -> None:
    # GIVEN the last word of a line, and beside it the upper limit of a sum a bit lower
    limit = line(4, 5, left=120, width=30)
    image = drawn(line(0, 6, left=10, width=40), limit, line(14))
    # THEN the limit stays
    assert without_cut_lines(image, 12, 12) == drawn(limit, line(14))


@pytest.mark.parametrize("most", [0, 4])
def test_no_more_is_painted_over_than_may_be(most: int) -> None:
    image = drawn(line(0, 6), line(92, 8))
    assert without_cut_lines(image, most, most) == image


def test_two_lines_that_touch_are_parted_where_least_ink_is() -> None:
    # GIVEN a bracket that reaches from one line into the next, which the lower edge cuts
    image = drawn(line(78, 10), QRect(40, 70, 3, 30), line(92, 8))
    found = without_cut_lines(image, 0, 16)
    # THEN the upper line is whole, and of the lower one nothing is left
    assert found.copy(line(78, 10)) == image.copy(line(78, 10))
    assert found.copy(line(92, 8)) == drawn().copy(line(92, 8))
