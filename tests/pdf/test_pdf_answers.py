"""What a hostile child may send, and what becomes of it."""

from __future__ import annotations

import io
import json
import math
import struct
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pdf import decode, wire
from reader.pdf.child import Reply
from reader.pdf.text import Style

MARKS = partial(decode.all_marks, pages=3)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
)


def reply(answer: Any, data: bytes = b"") -> Reply:
    return Reply({"answer": answer}, data)


DECODERS = [
    decode.info,
    decode.metadata,
    decode.geometry,
    decode.labels,
    decode.marks,
    decode.text,
    decode.ink,
    decode.fields,
    decode.changed,
    lambda answer: decode.all_marks(answer, 3),
    decode.properties,
    decode.table,
    lambda answer: decode.embedded(answer, 3),
    lambda answer: decode.outline(answer, 3),
    lambda answer: decode.links(answer, 3),
    lambda answer: decode.picture(answer, 100),
]


@given(JSON, st.binary(max_size=64))
def test_any_answer_is_a_value_or_a_known_error(answer: Any, data: bytes) -> None:
    for decoder in DECODERS:
        try:
            decoder(reply(answer, data))
        except decode.BAD_ANSWER:
            continue


def page_answer(count: int, **changed: Any) -> dict[str, Any]:
    """An answer to "text" of one line, as the child gives it."""
    styles = [[0, 9.0, 16, 0]]
    whole = {"count": count, "lines": [0, 1], "blocks": [], "styles": styles, "fonts": ["Bold"]}
    return whole | changed


def test_text_comes_with_its_looks() -> None:
    page = decode.text(reply(page_answer(1, blocks=[0, 1]), bytes(16) + b"a"))
    assert page.style_at(0) == Style(0, 9.0, bold=True, font="Bold")


def mark_row(**changed: Any) -> dict[str, Any]:
    """A row of the answer to "marks", as the child gives it."""
    whole: dict[str, Any] = {
        "page": 0, "index": 0, "subtype": "Highlight", "rect": [0, 0, 9, 9],
        "quads": [[0, 9, 9, 9, 0, 0, 9, 0]], "strokes": [], "contents": "", "author": "",
        "created": "", "modified": "", "nm": "", "color": [1, 1, 0], "width": 1, "arrow": False,
        "look": "", "private": "", "hidden": False, "state": "", "number": 7, "parent": 0,
    }  # fmt: skip
    return whole | changed


def marks_answer(*unread: Any, after: Any = None, **changed: Any) -> dict[str, Any]:
    return {"rows": [mark_row(**changed)], "unread": list(unread), "next": after}


def test_marks_come_as_values() -> None:
    answer = marks_answer([2, 5, "Ink", "It is damaged."], after=[1, 3], color=[2, 0, 0])
    found = decode.all_marks(reply(answer), 3)
    assert found.found[0].color == (1.0, 0.0, 0.0)
    assert found.unread == ((2, 5, "Ink", "It is damaged."),)
    assert found.next == (1, 3)


@pytest.mark.parametrize(
    "decoder, answer, data",
    [
        (lambda r: decode.picture(r, 100), {"width": 2, "height": 2, "stride": 8}, bytes(31)),
        (lambda r: decode.picture(r, 3), {"width": 2, "height": 2, "stride": 8}, bytes(32)),
        (lambda r: decode.picture(r, 100), {"width": 2, "height": 2, "stride": 4}, bytes(8)),
        (decode.text, page_answer(2), bytes(32) + b"ab"),
        (decode.text, page_answer(1, blocks=[0, 9]), bytes(16) + b"a"),
        (decode.text, page_answer(1), b"\x00\x00\xc0\x7f" * 4 + b"a"),
        (decode.text, page_answer(1, styles=[[0, 9.0, 0, 3]]), bytes(16) + b"a"),
        (decode.text, page_answer(1, styles=[[0, math.inf, 0, 0]]), bytes(16) + b"a"),
        (decode.text, page_answer(1, styles=[[2, 9.0, 0, 0]]), bytes(16) + b"a"),
        (lambda r: decode.links(r, 3), [[0, 0, 1, 1, None, 0, 0, "file:///etc/passwd"]], b""),
        (lambda r: decode.links(r, 3), [[0, 0, 1, 1, 3, 0, 0, ""]], b""),
        (lambda r: decode.outline(r, 3), [[1, "x", -1, 0, 0]], b""),
        (decode.geometry, [[0, 0, 1, 1, 45]], b""),
        (decode.ink, [[0, 0, 1], None], b""),
        (decode.table, [["a", "b"], ["c"]], b""),
        (MARKS, marks_answer(page=3), b""),
        (MARKS, marks_answer(quads=[[1, 2, 3]]), b""),
        (MARKS, marks_answer(strokes=[[1, 2, 3]]), b""),
        (MARKS, marks_answer(rect=[0, 0, math.nan, 1]), b""),
        (MARKS, marks_answer(width=math.inf), b""),
        (MARKS, marks_answer(number=-1), b""),
        (MARKS, marks_answer(after=[0, -1]), b""),
        (MARKS, marks_answer([3, 0, "Ink", "x"]), b""),
        (MARKS, marks_answer(contents=None), b""),
        (decode.table, [["a", 1]], b""),
        (lambda r: decode.embedded(r, 3), [["n", "", -1, "", "", None]], b""),
        (lambda r: decode.embedded(r, 3), [["n", "", None, "", "", 3]], b""),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(decoder: Any, answer: Any, data: bytes) -> None:
    with pytest.raises(decode.BAD_ANSWER):
        decoder(reply(answer, data))


def test_text_in_answers_is_cleaned() -> None:
    (item,) = decode.outline(reply([[1, "a\0\ud800", None, 0, 0]]), 1)
    assert item.title == "a\ufffd\ufffd"


@pytest.mark.parametrize(
    "name, bare",
    [("a/b\\\\..\\\\c.txt", "c.txt"), ("..", "file 1"), ("a\nb", "a b"), ("C:\\\\", "file 1")],
)
def test_the_name_of_a_file_within_leads_nowhere(name: str, bare: str) -> None:
    (held,) = decode.embedded(reply([[name, "", None, "", "", None]]), 1)
    assert held.name == bare


def frame(head: bytes, size: int, body: bytes = b"") -> io.BytesIO:
    return io.BytesIO(struct.pack("<II", len(head), size) + head + body)


@pytest.mark.parametrize(
    "stream",
    [
        io.BytesIO(b"\x01"),
        io.BytesIO(struct.pack("<II", 0xFFFFFFFF, 0)),
        frame(b"{}", 1000, bytes(1000)),
        frame(b"{}", 100, bytes(99)),
        frame(b"[]", 0),
        frame(b'{"x": NaN}', 0),
        frame(b"\xff\xfe", 0),
        frame(b"[" * 100_000, 0),
        frame(b'{"x": %s}' % (b"9" * 10_000), 0),
    ],
)
def test_a_broken_frame_is_an_error(stream: io.BytesIO) -> None:
    with pytest.raises(wire.WireError):
        wire.receive(stream, 500)


def test_a_frame_comes_back_whole() -> None:
    stream = io.BytesIO()
    header = {"id": 1, "path": "caf\udce9"}
    wire.send(stream, header, [b"ab", memoryview(b"cd")])
    stream.seek(0)
    assert wire.receive(stream, 10) == (header, b"abcd")
    assert json.loads(json.dumps(header)) == header
