"""The names of pages as they are printed ("iv"), of files that nobody has open.

They are kept by the hash of a file when its text is read.  Lists and exports ask
here; a page whose name is not known goes by its number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.domain.lists import MarkFilter, MarkRow
from reader.domain.marking import Annotation, pages_of
from reader.library.reading import Reader
from reader.pdf.protocol import LabelRule, PageLabels

_LONGEST = 24  # characters; a crafted one would fill the window


class Named:
    """Names the pages of annotations; by the file that each was placed on."""

    def __init__(self, reader: Reader, annotations: Iterable[Annotation]) -> None:
        kept = reader.page_labels(one.sha256 for one in annotations if one.sha256)
        self._labels = {sha256: unpack(data) for sha256, data in kept.items()}

    def of(self, one: Annotation) -> str:
        """The name of an annotation's page, "3–4" of its pages."""
        labels = self._labels.get(one.sha256)

        def name(page: int) -> str:
            found = labels.label(page)[:_LONGEST].strip() if labels is not None else ""
            return found or str(page + 1)

        return pages_of(one, name)


def marks(
    reader: Reader, wanted: MarkFilter, below: int | None = None, most: int = 200
) -> list[MarkRow]:
    """A window of the library's annotations as `Reader.marks` gives it, with their pages' names."""
    rows = reader.marks(wanted, below, most)
    named = Named(reader, (row.annotation for row in rows))
    return [replace(row, label=named.of(row.annotation)) for row in rows]


def pack(labels: PageLabels) -> str:
    """As it is kept: JSON."""
    return json.dumps([[it.page, it.style, it.prefix, it.first] for it in labels.rules])


def unpack(data: str) -> PageLabels:
    """The labels; none where what was kept means nothing."""
    try:
        values: Sequence[tuple[int, str, str, int]] = json.loads(data)
        return PageLabels(tuple(LabelRule(*it) for it in values))
    except (ValueError, TypeError):
        return PageLabels()
