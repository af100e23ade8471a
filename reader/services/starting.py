"""The starter library: the saved page that came with the program, and its guide."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from reader.domain.paper import Edition, Paper
from reader.library.reading import Reader
from reader.services.import_plan import Plan, Planned, Progress
from reader.services.importing import scan
from reader.services.pdf_facts import ReadPdf

GUIDE_TITLE = "A guide to Paper Reader"
_GUIDE_UID = "7a9e1c52-5f0b-4f0e-9c3d-0d1f5b8e2a11"
_GUIDE_ABSTRACT = (
    "What Paper Reader does and where everything is: the sidebar, the list, the paper with "
    "abstract and note side by side, the viewer, the search, the command line, and where your "
    "library lies on disk. Open the PDF to try the viewer."
)


def starter(
    reader: Reader, seeds: Path, guide: Path, read_pdf: ReadPdf
) -> Generator[Progress, None, Plan]:
    """The plan that loads the starter papers; loading them twice adds nothing."""
    pages = sorted(seeds.glob("*.txt"))
    plan = yield from scan(reader, [guide, *pages], read_pdf)
    items = tuple(_told(item) if item.file else item for item in plan.items)
    return Plan(items, plan.failed)


def _told(item: Planned) -> Planned:
    if item.action == "unchanged":
        return item
    paper = Paper(
        title=GUIDE_TITLE,
        uid=_GUIDE_UID,
        authors=item.paper.authors,
        abstract=_GUIDE_ABSTRACT,
        editions=(Edition(kind="published", venue="Paper Reader"),),
    )
    return replace(item, paper=paper)
