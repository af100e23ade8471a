"""Which paper a file belongs to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reader.library.reading import Reader
from reader.services.attaching import holder_of


def test_a_file_has_no_paper_while_there_is_no_library(tmp_path: Path) -> None:
    # GIVEN a library that is about to be made WHEN a file is opened before THEN nothing is wrong
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7")
    with closing(Reader(tmp_path / "library")) as reader:
        assert holder_of(reader, file) is None
        assert holder_of(reader, tmp_path / "gone.pdf") is None
