"""A copy is saved whole or not at all, and never over the document itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.domain.errors import InputError, NotFoundError, ReaderError
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import Limits, PdfRefused
from reader.services import copies
from tests.pdf import forms, hostile

WAIT = 60


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(Limits(open=6.0, stage=4.0))
    yield made
    made.close()


def opened(engine: Engine, folder: Path, data: bytes, password: str = "") -> Document:
    path = folder / "form.pdf"
    path.write_bytes(data)
    return engine.open(path, password).result(WAIT)


def test_a_filled_copy_is_written_and_the_document_left_alone(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN an open form WHEN a copy with a field filled in is saved over an older copy
    doc = opened(engine, tmp_path, forms.form())
    before = doc.path.read_bytes()
    target = tmp_path / "copy.pdf"
    target.write_bytes(b"older")
    copies.save_copy(engine, doc, {"notes": "filled in"}, target)
    # THEN it holds the value, begins with the form, and nothing else was left or changed
    copy = engine.open(target).result(WAIT)
    values = {field.name: field.value for field in engine.fields(copy, 0).result(WAIT)}
    assert values["notes"] == "filled in"
    assert target.read_bytes().startswith(before)
    assert doc.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.pdf", "form.pdf"]


def test_without_changes_the_copy_is_the_file(engine: Engine, tmp_path: Path) -> None:
    data = hostile.sound(3) + bytes(3 << 20)
    doc = opened(engine, tmp_path, data)
    copies.save_copy(engine, doc, {}, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == data


def test_a_locked_document_is_copied_with_its_password(engine: Engine, tmp_path: Path) -> None:
    doc = opened(engine, tmp_path, hostile.encrypted(), hostile.PASSWORD)
    with pytest.raises(PdfRefused) as error:
        copies.save_copy(engine, doc, {"a": "b"}, tmp_path / "copy.pdf")
    assert error.value.message == "The form has no field “a”."
    assert not (tmp_path / "copy.pdf").exists()


def test_the_document_itself_is_never_written_to(engine: Engine, tmp_path: Path) -> None:
    doc = opened(engine, tmp_path, forms.form())
    link = tmp_path / "link.pdf"
    os.link(doc.path, link)
    for target in (doc.path, link):
        with pytest.raises(InputError):
            copies.save_copy(engine, doc, {"notes": "x"}, target)
        with pytest.raises(InputError):
            copies.save_embedded(engine, doc, 0, target)
    assert doc.path.read_bytes() == forms.form()


def test_what_cannot_be_written_or_read_is_said(engine: Engine, tmp_path: Path) -> None:
    doc = opened(engine, tmp_path, forms.form())
    with pytest.raises(ReaderError) as error:
        copies.save_copy(engine, doc, {"notes": "x"}, tmp_path / "missing" / "copy.pdf")
    assert "could not be written" in error.value.message
    doc.path.unlink()
    with pytest.raises(NotFoundError):
        copies.save_copy(engine, doc, {}, tmp_path / "copy.pdf")
    assert not list(tmp_path.iterdir())


def test_a_file_within_is_saved(engine: Engine, tmp_path: Path) -> None:
    doc = opened(engine, tmp_path, forms.holding_files())
    copies.save_embedded(engine, doc, 0, tmp_path / "data.csv")
    assert (tmp_path / "data.csv").read_bytes() == b"a,b\n1,2\n"
    with pytest.raises(PdfRefused):
        copies.save_embedded(engine, doc, 9, tmp_path / "more")
