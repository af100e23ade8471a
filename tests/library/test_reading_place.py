"""Where a reader stopped is kept, with the way the pages stood; old libraries learn it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reader.domain.annotation import ReadingPosition
from reader.library.reading import Reader
from reader.library.schema import migrate
from reader.library.writing import Writer


def test_a_place_is_kept_with_layout_and_rotation(tmp_path: Path) -> None:
    place = ReadingPosition(7, 12.5, -3.0, "text", "two-even paged rtl", 270)
    with closing(Writer(tmp_path, migrate)) as writer:
        writer.save_position("a", place)
    with closing(Reader(tmp_path)) as reader:
        assert reader.position("a") == place
        assert reader.position("b") is None
