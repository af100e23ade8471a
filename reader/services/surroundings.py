"""What the annotations of a file are told with, of a file that nobody has open."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

from reader.domain.errors import ReaderError
from reader.domain.marking import Annotation
from reader.domain.marking_groups import Around, MakeAround
from reader.library.reading import Reader
from reader.pdf.engine import Engine
from reader.services.markdown_export import sections_of
from reader.services.page_labels import Named

_WAIT = 60.0  # longer than every deadline of the engine


def around_of(reader: Reader, engine: Engine, attachment: str) -> MakeAround:
    """The pages' names as they are known, the sections as the file's outline tells them.

    Waits for the engine; a file that cannot be read has no sections.
    """
    _, slot = reader.slot(attachment)
    found = reader.annotations(attachment)
    named = Named(reader, found)
    sections: dict[str, str] = {}
    with contextlib.suppress(ReaderError, OSError):
        document = engine.open(reader.file_of(slot.path), background=True).result(_WAIT)
        try:
            sections = sections_of(engine, document, list(found))
        finally:
            engine.forget(document)

    def around(meanings: Mapping[str, str], _found: Sequence[Annotation]) -> Around:
        return Around(meanings, named.of, lambda it: sections.get(it.uid, ""))

    return around
