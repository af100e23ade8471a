"""What a page calls itself: whatever its bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from reader.sources.web_page import is_page, parse


@pytest.mark.parametrize(
    "page, title",
    [
        (b"<html><title>Flows</title>", "Flows"),
        (b"<TITLE lang='en'>\n  Two\n\tlines </TITLE>", "Two lines"),
        (b"<title>A &amp; B &#8211; &lt;C&gt;</title>", "A & B – <C>"),
        (b"<!-- <title>old</title> --><title>new</title>", "new"),
        (b"<script>'<title>no</title>'</script><title>yes</title>", "yes"),
        (b"<svg><title>icon</title></svg><title>page</title>", "page"),
        (b"<title></title>", ""),
        (b"<title>never closed", "never closed"),
        (b"<h1>No title</h1>", ""),
        (b"<titles>no</titles>", ""),
        (b"<script>never closed <title>x</title>", ""),
        (b"", ""),
        (b"<title>" + b"long " * 500 + b"</title>", ("long " * 60).strip()),
        ("<title>\u202eevil\u202c \u2066x\u2069\x00</title>".encode(), "evil x"),
        ("<title>👩\u200d🔬 İstanbul</title>".encode(), "👩\u200d🔬 İstanbul"),
    ],
)
def test_titles(page: bytes, title: str) -> None:
    assert parse(page) == title


@pytest.mark.parametrize(
    "body, content_type",
    [
        ("<title>Grüße</title>".encode(), "text/html; charset=utf-8"),
        ("<title>Grüße</title>".encode("cp1252"), "text/html; charset=ISO-8859-1"),
        ("<title>Grüße</title>".encode("cp1252"), "text/html"),
        ("<title>Grüße</title>".encode("utf-16"), "text/html; charset=utf-8"),
        ("<meta charset=cp1252><title>Grüße</title>".encode("cp1252"), ""),
        ('<?xml version="1.0" encoding="latin1"?><title>Grüße</title>'.encode("latin1"), ""),
        ("<title>Grüße</title>".encode(), "text/html; charset=rot13"),
        ("<title>Grüße</title>".encode(), "text/html; charset=zlib_codec"),
        ("<title>Grüße</title>".encode(), "text/html; charset=unicode_escape"),
        ("<title>Grüße</title>".encode(), "text/html; charset=no-such"),
        ("<title>Grüße</title>…".encode()[:-1], ""),
    ],
)
def test_encodings_declared_wrong_or_not_at_all(body: bytes, content_type: str) -> None:
    assert parse(body, content_type) == "Grüße"


def test_shift_jis_is_read() -> None:
    body = "<meta charset='shift_jis'><title>拡散モデル</title>".encode("shift_jis")
    assert parse(body) == "拡散モデル"


@pytest.mark.parametrize(
    "kind, yes",
    [("text/html; charset=x", True), ("application/xhtml+xml", True), ("", True),
     ("application/pdf", False), ("image/png", False)],
)  # fmt: skip
def test_pages_are_told_from_files(kind: str, yes: bool) -> None:
    assert is_page(kind) == yes


@given(strategies.binary(max_size=400), strategies.text(max_size=40))
def test_no_bytes_are_too_strange(body: bytes, content_type: str) -> None:
    found = parse(b"<title>" + body, content_type)
    assert "\n" not in found and len(found) <= 300
    found.encode("utf-8")


@pytest.mark.parametrize("piece", [b"<!--", b"<title", b"<script>", b"<meta ", b"<svg", b"<!---->"])
def test_much_of_what_never_ends_is_read_to_its_end(piece: bytes) -> None:
    assert parse(piece * 40_000) == ""
