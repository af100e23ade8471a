"""Accents set as signs of their own are parts of letters for whoever reads the text."""

from __future__ import annotations

import pytest

from reader.domain.accents import composed, readable


@pytest.mark.parametrize(
    "set_as, read",
    [
        ("na\u00a8\u0131ve Erd\u02ddos and G\u00a8odel", "naïve Erdős and Gödel"),
        ("Fran\u00b8cois", "François"),
        ("Franc\u00b8ois", "François"),
        ("\u02c7Capek, Poincar\u00b4e", "Čapek, Poincaré"),
        ("run `a` or ``quoted''", "run `a` or ``quoted''"),
        ("nothing to do, f \u00d7 g", "nothing to do, f \u00d7 g"),
    ],
)
def test_text_is_readable(set_as: str, read: str) -> None:
    assert readable(set_as) == read


def test_names_have_grave_accents_too() -> None:
    assert composed("Pr`evert") == "Prèvert" and readable("Pr`evert") == "Pr`evert"
