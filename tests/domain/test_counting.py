"""One is not several."""

from __future__ import annotations

import pytest

from reader.domain.counting import counted


@pytest.mark.parametrize(
    "count, said", [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (12345, "12,345 pages")]
)
def test_one_is_not_several(count: int, said: str) -> None:
    assert counted(count, "1 page", "{} pages") == said
