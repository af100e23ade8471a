"""A copy is never written over the document itself, which is read piece by piece."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.domain.errors import InputError, NotFoundError, ReaderError
from reader.services import copies


def test_the_document_itself_is_refused_by_whatever_name(tmp_path: Path) -> None:
    document = tmp_path / "paper.pdf"
    document.write_bytes(b"%PDF-")
    link = tmp_path / "link.pdf"
    os.link(document, link)
    for target in (document, link, tmp_path / "." / "paper.pdf"):
        with pytest.raises(InputError, match="document itself"):
            copies.refuse_itself(document, target)
    copies.refuse_itself(document, tmp_path / "copy.pdf")
    # AND where the document is gone, a copy that stands there is not it
    (tmp_path / "copy.pdf").write_bytes(b"")
    copies.refuse_itself(tmp_path / "gone.pdf", tmp_path / "copy.pdf")


def test_a_document_is_read_whole(tmp_path: Path) -> None:
    data = os.urandom(3 << 20) + b"end"
    (tmp_path / "paper.pdf").write_bytes(data)
    assert b"".join(copies.pieces(tmp_path / "paper.pdf")) == data


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="not there any more"):
        list(copies.pieces(tmp_path / "gone.pdf"))
    with pytest.raises(ReaderError, match="nothing was written"):
        list(copies.pieces(tmp_path))
