"""Formulas are set as shapes; what is no TeX is not set."""

from __future__ import annotations

import pytest

from reader.domain.tex import Formula
from reader.services.setting_math import set_formulas


def formula(tex: str, *, display: bool = False) -> Formula | None:
    return set_formulas([(tex, display)])[0]


def test_a_formula_is_shapes_with_a_baseline() -> None:
    x, fraction = formula("x"), formula(r"\frac{a}{b}", display=True)
    assert x is not None and fraction is not None
    assert b"<path" in x.svg and b"<text" not in x.svg
    # THEN an x stands on the baseline, a fraction reaches below it
    assert x.height - x.ascent < 0.15
    assert fraction.height - fraction.ascent > 0.4
    assert 0.3 < x.width < 1


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b", "x_", r"\nosuchcommand", "}{", r"\left(", "", "a & b", "{" * 500 + "}" * 500,
        "x" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_tex_is_not_set(tex: str) -> None:
    assert formula(tex) is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{</mtext><image href='file:///etc/passwd'/>}",
        r"\text{<script>}",
        r"\href{file:///etc/passwd}{x}",
        r"\color{url(http://example.com)}{x}",
        r"\includegraphics{file:///etc/passwd}",
    ],
)
def test_a_formula_loads_nothing(tex: str) -> None:
    made = formula(tex)
    assert made is None or not any(
        sign in made.svg for sign in (b"href", b"url(", b"<image", b"<script", b"passwd")
    )


def test_many_at_once_keep_their_order() -> None:
    made = set_formulas([("x", False), ("x_", False), ("y", True)])
    assert [one is not None for one in made] == [True, False, True]
