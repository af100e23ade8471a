"""Which way a line of marked text runs: a single letter is high and narrow, and still level."""

from __future__ import annotations

import pytest

from reader.domain.annotation import Rect
from reader.domain.marking import Kind
from reader.ui.viewer.annotate.painting import _along  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("kind", [Kind.UNDERLINE, Kind.STRIKEOUT, Kind.SQUIGGLY])
@pytest.mark.parametrize(
    "rect, level",
    [
        ((10.0, 10.0, 90.0, 22.0), True),
        ((10.0, 10.0, 14.0, 22.0), True),  # the letter "l"
        ((10.0, 10.0, 22.0, 120.0), False),  # text that runs up the page
    ],
)
def test_a_letter_is_marked_below_and_not_at_its_side(kind: Kind, rect: Rect, level: bool) -> None:
    box = _along(kind, rect, leftwards=False).boundingRect()
    assert (box.width() > box.height()) is level
    long = rect[2] - rect[0] if level else rect[3] - rect[1]
    assert max(box.width(), box.height()) == pytest.approx(long)
