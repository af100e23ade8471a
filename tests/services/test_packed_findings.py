"""Findings as bytes: the same come back, and what is damaged or crafted is refused."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from reader.pdf.flow import PagePlan
from reader.pdf.protocol import OutlineItem
from reader.services.findings import (
    Caption,
    Equation,
    Findings,
    Heading,
    Mention,
    Reference,
    Target,
)
from reader.services.packed_findings import pack, unpack

BOX = (1.5, 2.0, 3.25, 4.0)
TARGET = Target(1, BOX, "an entry")
FOUND = Findings(
    {0: (Mention(0, (BOX, BOX), 3, 9, "[12]", "citation", TARGET, "text"),)},
    (Reference(1, "12", "A. Author.", "Title", ("A. Author",), "2001a", "", "", 1, (BOX,)),),
    (Caption("figure", "1", 1, BOX, BOX, "Figure 1"),),
    (Heading(1, "2.1", "On words", 0, BOX),),
    (Equation("3", 1, BOX, "a = b"),),
    (OutlineItem(1, "On words", 0, 1.0, 2.0), OutlineItem(2, "Nowhere", None)),
    (((72.0, 300.0), (310.0, 540.0)), ()),
    False,
    {1: PagePlan(((BOX, 2),), (BOX,), (), (BOX,))},
)


def repacked(change: Callable[[list[Any]], None]) -> bytes:
    """The packed findings with a change made to them."""
    plain = json.loads(zlib.decompress(pack(FOUND)))
    change(plain)
    return zlib.compress(json.dumps(plain).encode())


def test_findings_come_back_as_they_were() -> None:
    assert unpack(pack(FOUND), 2) == FOUND
    assert unpack(pack(Findings()), 0) == Findings()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        pack(FOUND)[:-9],
        zlib.compress(b"[" * 100_000),
        zlib.compress(b"{}"),
        zlib.compress(b"[]"),
        repacked(lambda plain: plain.pop()),
        repacked(lambda plain: plain.__setitem__(7, 1)),
        repacked(lambda plain: plain[0][0].__setitem__(0, 2)),
        repacked(lambda plain: plain[0][0][1][0].__setitem__(5, "picture")),
        repacked(lambda plain: plain[0][0][1][0][6].__setitem__(0, -1)),
        repacked(lambda plain: plain[1][0].__setitem__(3, ["a list"])),
        repacked(lambda plain: plain[3][0].__setitem__(4, [0, 0, 0])),
        repacked(lambda plain: plain[3][0].__setitem__(4, [0, 0, 0, float("inf")])),
        repacked(lambda plain: plain[5][0].__setitem__(2, 1 << 70)),
    ],
)
def test_what_is_damaged_or_crafted_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        unpack(data, 2)


def test_text_that_cannot_be_shown_is_made_harmless() -> None:
    data = repacked(lambda plain: plain[1][0].__setitem__(3, "a\x00\ud800b"))
    assert unpack(data, 2).references[0].title == "a\ufffd\ufffdb"
