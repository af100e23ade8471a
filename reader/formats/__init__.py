"""The formats the program reads and writes, behind one table.

Pure functions between bytes or text and domain values; nothing here touches
the disk, the library or the network.  `FORMATS` is ordered: the first whose
`sniff` says yes reads the file.
"""

from __future__ import annotations

from reader.domain.errors import InputError
from reader.formats.base import Format, Parsed, Problem, Writer
from reader.formats.markdown import MarkdownWriter
from reader.formats.markdown_notes import MarkdownNotes
from reader.formats.paper_json import PaperJson
from reader.formats.text import decode, load_json
from reader.formats.trending_page import TrendingPage

__all__ = [
    "ASKED",
    "FORMATS",
    "WRITERS",
    "Format",
    "Parsed",
    "Problem",
    "Writer",
    "by_name",
    "detect",
]


_PAPER_JSON = PaperJson()

FORMATS: tuple[Format, ...] = (_PAPER_JSON, TrendingPage(), MarkdownNotes())
ASKED = ("notes",)  # read only when asked for by name: any text would do
WRITERS: tuple[Writer, ...] = (_PAPER_JSON, MarkdownWriter())


def detect(data: bytes, filename: str) -> Format:
    """The format of a file by its content; the name decides nothing.

    Raises `InputError` that says why the file cannot be read: empty, binary,
    another encoding, or none of the formats.
    """
    for it in FORMATS:
        if it.sniff(data, filename):
            return it
    text = decode(data)
    if text.lstrip()[:1] in ("{", "["):
        load_json(text)
    known = "; ".join(it.title for it in FORMATS if it.name not in ASKED)
    raise InputError(
        "The file holds no list of papers that the program knows.",
        f"Choose a file of one of these kinds: {known}.",
    )


def by_name(name: str) -> Format:
    """The format of that name.  Raises `InputError` with the names there are."""
    for it in FORMATS:
        if it.name == name:
            return it
    known = ", ".join(it.name for it in FORMATS)
    raise InputError(f"There is no format “{name}”.", f"The formats are: {known}.")
