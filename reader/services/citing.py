"""References of a paper's bibliography: are they in the library, and how they get there."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from reader.domain.errors import InputError
from reader.domain.paper import Edition, Paper, iso_date, normal_arxiv, normal_doi
from reader.domain.people import parse_name
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import importing
from reader.services.findings import Reference
from reader.services.import_plan import Plan, Planned, Progress, Result

_YEAR = re.compile(r"\d{4}", re.ASCII)


def draft(reference: Reference) -> Paper:
    """The paper an entry names; without a title when none could be told from the entry."""
    arxiv, doi = normal_arxiv(reference.arxiv_id), normal_doi(reference.doi)
    year = _YEAR.match(reference.year)
    edition = Edition(
        kind="preprint" if arxiv and not doi else "unknown",
        published=iso_date(year[0]) if year else "",
        doi=doi,
        arxiv_id=arxiv,
    )
    return Paper(
        title=" ".join(reference.title.split()),
        authors=tuple(parse_name(name) for name in reference.authors if name.strip()),
        editions=(edition,),
    )


def in_library(reader: Reader, references: Sequence[Reference]) -> dict[int, str]:
    """The uids of the papers the library has, by the entries' numbers."""
    found: dict[int, str] = {}
    if not reader.place.database.exists():
        return found
    for reference in references:
        paper = draft(reference)
        if (paper.title or paper.doi or paper.arxiv_id) and (uid := reader.find_same(paper)):
            found[reference.number] = uid
    return found


def add(writer: Writer, reference: Reference) -> Generator[Progress, None, Result]:
    """Add the paper an entry names to the library, one undoable step."""
    paper = draft(reference)
    if not paper.title:
        raise InputError(
            "The title of this reference could not be read from its entry; nothing was added.",
            "Copy the entry's text and add the paper by hand.",
        )
    plan = Plan((Planned("", paper, "add"),))
    return (yield from importing.commit(writer, plan, "Add to the library"))
