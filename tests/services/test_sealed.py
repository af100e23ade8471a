"""A sealed copy is known by its seal, and no longer once anybody changed it."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from reader.services.sealed import is_untouched, sealed
from tests.pdf import marked

UID = "0000000a-0000-4000-8000-00000000000a"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    data = marked.document()
    path = tmp_path / "copy.pdf"
    path.write_bytes(b"".join(sealed((data[:100], data[100:]), UID)))
    return path


def test_an_untouched_copy_is_known_as_that_of_its_attachment(copy: Path) -> None:
    assert is_untouched(copy, UID)
    assert not is_untouched(copy, UID.replace("a", "b"))
    # AND it is a PDF as any other
    assert copy.read_bytes().endswith(b"%%EOF\n")
    with pymupdf.open(copy) as doc:
        assert len(doc) == 2 and not doc.is_repaired


def test_whoever_changes_it_breaks_the_seal(copy: Path) -> None:
    data = copy.read_bytes()
    for changed in (
        data[:50] + b"x" + data[51:],
        data + b"more",
        data.replace(UID.encode(), UID.replace("a", "b").encode()),
        data[:-10],
        marked.document(),
        b"",
    ):
        copy.write_bytes(changed)
        assert not is_untouched(copy, UID)
    # AND so does an annotation of another program, saved into it
    copy.write_bytes(data)
    with pymupdf.open(copy) as doc:
        doc[0].add_text_annot((50, 50), "theirs")
        doc.saveIncr()
    assert not is_untouched(copy, UID)
