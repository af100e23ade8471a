"""Forms are read and filled in on a copy; files within a document are listed and taken out."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path

import pytest

from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import EmbeddedFile, FormField, PdfRefused
from tests.pdf import forms, hostile
from tests.pdf.conftest import Save, Workshop

WAIT = 60


def by_name(engine: Engine, doc: Document) -> dict[str, FormField]:
    return {field.name: field for field in engine.fields(doc, 0).result(WAIT)}


def refilled(engine: Engine, save: Save, doc: Document, values: dict[str, str]) -> Document:
    """The filled copy, opened."""
    copy = engine.filled(doc, values).result(WAIT)
    source = doc.path.read_bytes() if copy.appended else b""
    return engine.open(save(source + copy.data)).result(WAIT)


def test_fields_tell_what_they_are(engine: Engine, save: Save) -> None:
    doc = engine.open(save(forms.form())).result(WAIT)
    found = engine.fields(doc, 0).result(WAIT)
    fields = by_name(engine, doc)
    assert [(field.name, field.kind) for field in found] == [
        ("person.name", "text"), ("notes", "text"), ("secret", "text"), ("agree", "checkbox"),
        ("color", "radio"), ("color", "radio"), ("city", "choice"), ("any", "choice"),
        ("several", "choice"), ("locked", "text"), ("sign", "signature"), ("push", "button"),
    ]  # fmt: skip
    assert fields["person.name"] == FormField(
        "person.name", "text", (20, 4, 120, 20), "Ann", label="Your name", longest=10
    )
    assert fields["notes"].multiline
    assert fields["secret"].password
    assert (fields["agree"].state, fields["agree"].value) == ("Yes", "")
    assert [(field.state, field.value) for field in found[4:6]] == [("red", "red"), ("blue", "red")]
    assert (fields["city"].value, fields["city"].options) == ("Berlin", ("Berlin", "Paris"))
    assert (fields["any"].editable, fields["several"].multiple) == (True, True)
    assert (fields["locked"].read_only, fields["locked"].required) == (True, True)


VALUES = {
    "person.name": "Zoë (x)",
    "notes": "one\ntwo",
    "agree": "Yes",
    "color": "blue",
    "city": "Paris",
    "any": "of my own",
    "several": "x\nz",
}


def test_a_filled_copy_holds_the_values_and_their_looks(engine: Engine, save: Save) -> None:
    # GIVEN a form WHEN it is filled in
    path = save(forms.form(b"/XFA(<xdp/>)"))
    before = path.read_bytes()
    doc = engine.open(path).result(WAIT)
    copy = refilled(engine, save, doc, VALUES)
    # THEN the copy begins with the form's own bytes and holds what was filled in
    assert copy.path.read_bytes().startswith(before)
    assert not copy.info.repaired
    told = by_name(engine, copy)
    assert {name: told[name].value for name in VALUES} == VALUES
    # AND it is drawn: words by their looks, the ticked buttons in their colour
    looks = looks_of(copy.path.read_bytes()[len(before) :])
    assert all(word in looks for word in (b"Zo\xeb \\(x\\)", b"two", b"Paris", b"of my own"))
    assert [blue_at(engine, copy, y) for y in (70, 90, 110)] == [True, False, True]
    # AND the form itself, on disk and in the engine, is as it was
    assert path.read_bytes() == before
    assert by_name(engine, doc)["person.name"].value == "Ann"


def looks_of(data: bytes) -> bytes:
    """All streams of some objects, unpacked where they are packed."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    return b"\n".join(zlib.decompress(held) if held[:1] == b"x" else held for held in found)


def blue_at(engine: Engine, doc: Document, y: float) -> bool:
    picture = engine.render(doc, 0, 1.0, clip=(30, y + 1, 31, y + 2)).result(WAIT)
    return picture.pixels[:4] == b"\xff\x00\x00\xff"


def test_a_damaged_form_gives_a_copy_of_its_own(engine: Engine, save: Save) -> None:
    data = forms.form().replace(b"startxref", b"startxxxx")
    doc = engine.open(save(data)).result(WAIT)
    assert doc.info.repaired
    copy = engine.filled(doc, {"notes": "kept"}).result(WAIT)
    assert not copy.appended
    filled = engine.open(save(copy.data)).result(WAIT)
    assert by_name(engine, filled)["notes"].value == "kept"


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"nowhere": "x"}, "The form has no field “nowhere”."),
        ({"locked": "x"}, "The field “locked” is locked by the form."),
        ({"person.name": "x" * 11}, "The field “person.name” takes at most 10 characters."),
        ({"city": "Rome"}, "The field “city” does not have that choice."),
        ({"several": "x\nq"}, "The field “several” does not have that choice."),
        ({"color": "green"}, "The field “color” does not have that choice."),
        ({"sign": "me"}, "The field “sign” cannot be filled in."),
        ({"push": "x"}, "The field “push” cannot be filled in."),
    ],
)
def test_what_a_field_cannot_take_is_said(
    engine: Engine, save: Save, values: dict[str, str], sentence: str
) -> None:
    doc = engine.open(save(forms.form())).result(WAIT)
    with pytest.raises(PdfRefused) as error:
        engine.filled(doc, {"notes": "fine", **values}).result(WAIT)
    assert error.value.message == sentence


@pytest.mark.needs("qpdf")
def test_another_program_finds_nothing_wrong_with_the_copy(engine: Engine, save: Save) -> None:
    doc = engine.open(save(forms.form())).result(WAIT)
    copy = refilled(engine, save, doc, VALUES)
    subprocess.run(["qpdf", "--check", str(copy.path)], check=True, capture_output=True)


def test_a_copy_beyond_the_limit_is_refused(workshop: Workshop, save: Save) -> None:
    engine = workshop(reply=1_000_000)
    doc = engine.open(save(forms.form().replace(b"startxref", b"startxxxx"))).result(WAIT)
    assert engine.filled(doc, {"notes": "short"}).result(WAIT).data
    with pytest.raises(PdfRefused) as error:
        engine.filled(doc, {"notes": "x" * 900_000}).result(WAIT)
    assert error.value.message == "The copy would be larger than 0 MB."


def test_files_within_are_listed_under_harmless_names(engine: Engine, save: Save) -> None:
    doc = engine.open(save(forms.holding_files())).result(WAIT)
    listed = engine.embedded(doc).result(WAIT)
    # the page's annotation is listed on both pages that share it
    assert listed == (
        EmbeddedFile(0, "é.csv", "The numbers", 8, "text/csv", "D:20240102"),
        EmbeddedFile(1, "b"),
        EmbeddedFile(2, "passwd", page=0),
        EmbeddedFile(3, "passwd", page=1),
    )
    contents = [engine.extract(doc, file.index).result(WAIT) for file in listed]
    assert contents == [b"a,b\n1,2\n", b"second", b"third", b"third"]
    with pytest.raises(PdfRefused):
        engine.extract(doc, 4).result(WAIT)


def test_a_file_within_beyond_the_limit_is_refused(workshop: Workshop, save: Save) -> None:
    engine = workshop(reply=7)
    doc = engine.open(save(forms.holding_files())).result(WAIT)
    assert engine.extract(doc, 1).result(WAIT) == b"second"
    with pytest.raises(PdfRefused) as error:
        engine.extract(doc, 0).result(WAIT)
    assert error.value.message == "The file within is larger than 0 MB."


def test_properties(engine: Engine, save: Save) -> None:
    data = hostile.pages(
        [b"", b""], catalog=b"/MarkInfo<</Marked true>>/AcroForm<</Fields[3 0 R]>>"
    )
    told = engine.properties(engine.open(save(data)).result(WAIT)).result(WAIT)
    assert (told.version, told.encryption) == ("PDF 1.7", "")
    assert (told.tagged, told.linearized, told.forms) == (True, False, True)
    assert told.fonts == (("Helvetica", "Type1", False),)
    assert told.sizes == ((200, 300, 2),)
    assert told.permissions == ("print", "copy", "change", "annotate", "fill", "assemble")
    path = save(hostile.encrypted())
    locked = engine.properties(engine.open(path, hostile.PASSWORD).result(WAIT)).result(WAIT)
    assert "RC4" in locked.encryption


def test_of_a_million_pages_only_some_are_looked_at(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.million_pages())).result(WAIT)
    assert engine.embedded(doc).result(WAIT) == ()
    (size,) = engine.properties(doc).result(WAIT).sizes
    assert size[:2] == (200, 300)


def test_many_annotations_hold_no_fields(engine: Engine, save: Save, tmp_path: Path) -> None:
    doc = engine.open(save(hostile.many_annotations())).result(WAIT)
    assert engine.fields(doc, 0).result(WAIT) == ()
