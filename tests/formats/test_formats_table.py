"""What every format and writer must do, walked over the table."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.domain.paper import Paper
from reader.formats import FORMATS, WRITERS, Format, Parsed, Problem, Writer, by_name, detect
from reader.formats.links import links_in

ANY_BYTES = (
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.text(max_size=200).map(lambda text: b"Trending Papers\nJun 11\n" + text.encode())
    | st.text(max_size=200).map(lambda text: b"<html>/papers/2" + text.encode())
    | st.lists(
        st.sampled_from(
            (
                "Upvote|-|7|·|May 3|Jun 1, 2020|2 authors|Submitted by|A b|GitHub 3k|arXiv Page||"
                "Daily Papers|Some title here|# x|https://huggingface.co/papers/2506.06276|"
                "[a](https://huggingface.co/x)|" + "We do it. " * 40
            ).split("|")
        ),
        max_size=30,
    ).map(lambda lines: "\n".join(lines).encode())
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["paper", "title", "id", "authors", "papers", "format", "version"])
                | st.text(max_size=5),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    ).map(lambda value: json.dumps(value).encode())
)


@pytest.mark.parametrize("it", FORMATS, ids=lambda it: it.name)
class TestEveryFormat:
    def test_it_has_a_name_a_title_and_endings(self, it: Format) -> None:
        assert it.name == it.name.lower().strip()
        assert it.title
        assert all(ending.startswith(".") for ending in it.endings)
        assert by_name(it.name) is it

    @settings(deadline=None, max_examples=250)
    @given(data=ANY_BYTES)
    def test_any_bytes_give_papers_or_a_sentence(self, it: Format, data: bytes) -> None:
        it.sniff(data, "file")
        try:
            parsed = it.parse(data, "file")
        except InputError:
            return
        assert isinstance(parsed, Parsed)
        for paper in parsed.papers:
            str(paper).encode()  # no lone surrogates
        for problem in parsed.problems:
            kind, number = problem.where.split(" ")
            assert kind in ("line", "item")
            assert int(number) > 0

    @pytest.mark.parametrize(
        "data, words",
        [
            (b"", "empty"),
            (b" \r\n\t", "empty"),
            (b"\xff\xfe", "empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
            (b"PK\x03\x04\x14\0\0\0" * 9, "binary"),
            (("Käfer und Bären\n" * 9).encode("latin-1"), "UTF-8"),
            ("Käfer und Bären".encode("utf-16")[:-1], "UTF-16"),
            (b"%PDF-1.7\nx", "PDF"),
        ],
    )
    def test_what_cannot_be_text_is_named(self, it: Format, data: bytes, words: str) -> None:
        assert not it.sniff(data, "x.json")
        for read in (lambda: it.parse(data, "x"), lambda: detect(data, "x")):
            with pytest.raises(InputError, match=words) as caught:
                read()
            assert caught.value.hint


@pytest.mark.parametrize("it", WRITERS, ids=lambda it: it.name)
class TestEveryWriter:
    def test_it_writes_piece_by_piece_and_always_the_same(self, it: Writer) -> None:
        papers = [Paper("One"), Paper("Two \ud800", abstract="x")]
        assert "".join(it.write(iter(papers))) == "".join(it.write(papers))
        "".join(it.write(papers)).encode()
        assert len(list(it.write(papers))) > 1
        assert it.ending.startswith(".")
        assert it.title

    def test_it_asks_for_a_paper_only_when_its_turn_comes(self, it: Writer) -> None:
        asked: list[str] = []

        def papers() -> object:
            for title in ("One", "Two"):
                asked.append(title)
                yield Paper(title)

        pieces = it.write(papers())  # pyright: ignore[reportArgumentType]
        while "One" not in next(pieces):
            pass
        assert asked == ["One"]


def test_other_text_is_refused_with_what_can_be_read() -> None:
    with pytest.raises(InputError) as caught:
        detect(b"hello, this is a letter\n\nyours\n", "a.txt")
    assert "daily" in caught.value.hint


def test_an_unknown_name_lists_the_names() -> None:
    with pytest.raises(InputError) as caught:
        by_name("kites")
    assert "trending-page" in caught.value.hint


def test_problems_are_values() -> None:
    assert Problem("line 1", "x") == Problem("line 1", "x")


@pytest.mark.parametrize(
    "text, urls",
    [
        ("see https://a.org/x.", ["https://a.org/x"]),
        ("(https://a.org/x), https://a.org/x;", ["https://a.org/x"]),
        (r"\url{https://a.org/my\_tool}.", ["https://a.org/my_tool"]),
        ("LoLDU{https://a.org/b}.", ["https://a.org/b"]),
        ("https://a.org/LoLDU{https://a.org/LoLDU}.", ["https://a.org/LoLDU"]),
        ("https://a.org/k_(x) and http://b.org", ["https://a.org/k_(x)", "http://b.org"]),
        ("“https://a.org/q”，https://b.org。", ["https://a.org/q", "https://b.org"]),
        ("https:// http://[ https://]x www.a.org ftp://a.org", []),
    ],
)
def test_addresses_in_text(text: str, urls: list[str]) -> None:
    assert [link.url for link in links_in(text)] == urls


@given(st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_text_has_links_or_none(text: str) -> None:
    links_in(text)
