"""Dollars that are math and dollars that are prices, by the rules of dollarmath."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from reader.domain.tex import math_spans

_PLUGIN = MarkdownIt("commonmark").use(
    dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True
)


def tex(text: str) -> list[tuple[str, bool]]:
    return [(span.tex, span.display) for span in math_spans(text)]


@pytest.mark.parametrize(
    "text, found",
    [
        ("a $x$ b", [("x", False)]),
        ("$$x + y$$", [("x + y", True)]),
        ("between $5 and $10", []),
        ("$5-$10", []),
        ("$ x $ and $x $", []),
        (r"\$x$ and $x\$ y$", [(r"x\$ y", False)]),
        ("2$x$ and $x$2", []),
        ("$x$ is 5", [("x", False)]),
        ("$", []),
        ("$$", []),
        ("$x$, $y$ and $z$", [("x", False), ("y", False), ("z", False)]),
        ("costs $3, while $n=3$ holds", [("n=3", False)]),
    ],
)
def test_what_is_math(text: str, found: list[tuple[str, bool]]) -> None:
    assert tex(text) == found


@given(st.text(alphabet="ab 1$\\.", max_size=24))
def test_the_plugin_finds_the_same(text: str) -> None:
    # GIVEN a paragraph that begins and ends with a letter, where the plugin looks no
    # further than the text
    line = f"x {text} x"
    tokens = _PLUGIN.parseInline(line)[0].children or []
    theirs = [t.content for t in tokens if t.type.startswith("math") and t.content.strip()]
    # THEN both find the same formulas
    assert [span.tex for span in math_spans(line)] == theirs


@given(st.text(alphabet="ab 1$\\", max_size=40))
def test_spans_are_in_order_and_hold_what_they_say(text: str) -> None:
    end = 0
    for span in math_spans(text):
        assert span.start >= end
        signs = "$$" if span.display else "$"
        assert text[span.start : span.end] == f"{signs}{span.tex}{signs}"
        end = span.end
