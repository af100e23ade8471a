"""Names as they are written, and who they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.paper import Author
from reader.domain.people import parse_name


@pytest.mark.parametrize(
    "text, family, given",
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("  Ada\n King  Lovelace ", "Lovelace", "Ada King"),
        ("J. R. R. Tolkien", "Tolkien", "J. R. R."),
        ("Laurens van der Maaten", "van der Maaten", "Laurens"),
        ("Luc Van Gool", "Van Gool", "Luc"),
        ("Guy Van den Broeck", "Van den Broeck", "Guy"),
        ("Tuan Van Nguyen", "Nguyen", "Tuan Van"),
        ("Ludwig von Beethoven", "von Beethoven", "Ludwig"),
        ("Maria de la Cruz", "de la Cruz", "Maria"),
        ("José Ortega y Gasset", "Ortega y Gasset", "José"),
        ("Di He", "He", "Di"),
        ("van Gogh", "van Gogh", ""),
        ("Martin Luther King Jr.", "King Jr.", "Martin Luther"),
        ("Henry Adams III", "Adams III", "Henry"),
        ("Jörg Müller-Lüdenscheidt", "Müller-Lüdenscheidt", "Jörg"),
        ("Lovelace, Ada King", "Lovelace", "Ada King"),
        ("van der Maaten, Laurens", "van der Maaten", "Laurens"),
        ("King, Jr., Martin Luther", "King Jr.", "Martin Luther"),
        ("King, Martin Luther, Jr.", "King Jr.", "Martin Luther"),
        ("Martin Luther King, Jr.", "King Jr.", "Martin Luther"),
        ("Lab, Ada", "Lab", "Ada"),
        ("jane doe", "doe", "jane"),
    ],
)
def test_people_have_family_and_given_names(text: str, family: str, given: str) -> None:
    assert parse_name(text) == Author(family=family, given=given)


@pytest.mark.parametrize(
    "text",
    [
        "ATLAS Collaboration",
        "The Event Horizon Telescope",
        "Qwen Team",
        "Gemini Team Google",
        "Kite Lab",
        "OpenAI, Inc.",
        "DeepSeek-AI",
        "Plato",
        "王小明",
        "王 小明",
        "김민수",
        "One, Two, Three, Four",
    ],
)
def test_groups_single_names_and_cjk_names_stay_as_written(text: str) -> None:
    assert parse_name(text) == Author(literal=text)


def test_nothing_is_nobody() -> None:
    assert parse_name(" \n") == Author()


@given(st.text(max_size=40))
def test_any_text_is_a_name_and_one_without_comma_reads_as_written(text: str) -> None:
    author = parse_name(text)
    if "," not in text:
        assert author.name == " ".join(text.split())
