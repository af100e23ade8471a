"""Pictures of notes: files of the paper with the role "picture", named in the note's text.

A file belongs to a paper in a library, so free notes have none.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path

from reader.domain.errors import InputError
from reader.domain.fold import index_words
from reader.domain.paper import Changes
from reader.library import files, papers
from reader.library.reading import Reader
from reader.library.writing import Writer

ROLE = "picture"
KINDS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"})
_LONGEST = 40  # characters of the title in a name
_LARGEST = 32_000_000


def keep(writer: Writer, paper: str, data: bytes, suffix: str) -> tuple[str, Changes]:
    """Keep a picture with a paper; (its name for the note, what changed).

    The same picture again is the file that is there.  Raises InputError for
    what is no picture or too large, and what storing a file raises.
    """
    if suffix not in KINDS or not data or len(data) > _LARGEST:
        raise InputError(
            "That is no picture that a note can hold; nothing was changed.",
            "PNG, JPEG, GIF, WebP and BMP up to 32 MB are kept.",
        )
    known = papers.load(writer.connection, paper)
    with tempfile.TemporaryDirectory(prefix="paper-reader-") as folder:
        source = Path(folder) / f"picture{suffix}"
        source.write_bytes(data)
        stored = files.store(writer.place, source, _name(known.title, data, suffix))
    same = next((it for it in known.attachments if it.sha256 == stored.sha256), None)
    if same is not None:
        files.discard(writer.place, stored)
        return same.path, Changes()
    try:
        with writer.edit("Picture in a note") as edit:
            files.add(edit, paper, stored, None, role=ROLE)
    except BaseException:
        files.discard(writer.place, stored)
        raise
    return stored.path, edit.changes()


def _name(title: str, data: bytes, suffix: str) -> str:
    """Letters, digits and hyphens alone: it stands in Markdown as it is."""
    number = hashlib.sha256(data).hexdigest()[:8]
    words = re.sub(r"[^0-9a-z]+", "-", " ".join(index_words(title))[:_LONGEST]).strip("-")
    return f"{words or 'note'}-{number}{suffix}"


def read(reader: Reader, paper: str, name: str) -> bytes | None:
    """The bytes of a paper's picture by its name; None for all else, also other files."""
    if not paper:
        return None
    wanted = name.removeprefix("<").removesuffix(">").replace("%20", " ")
    for file in reader.paper(paper).attachments:
        path = reader.file_of(file.path)
        if file.path == wanted and path.suffix.lower() in KINDS and path.is_file():
            return path.read_bytes() if path.stat().st_size <= _LARGEST else None
    return None
