"""Commands that look into a PDF: mentions and references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reader.cli.documents import reading
from reader.cli.session import PathWord, Session, complain, say, say_json_list
from reader.domain.annotation import Rect
from reader.pdf.structure.values import Mention, Reference
from reader.services.citing import in_library
from reader.services.studying import Study, study


@click.command()
@click.argument("file", metavar="FILE.pdf", type=PathWord())
@click.option("--json", "as_json", is_flag=True, help="The mentions as a JSON array.")
@click.pass_obj
def mentions(session: Session, file: Path, as_json: bool) -> None:
    """List what the text of a PDF cites and refers to, and where that is."""
    with reading(file):
        studied = study(session.engine, file)
    _tell_skipped(studied)
    if as_json:
        say_json_list(_mention(studied, mention) for mention in studied.mentions())
        return
    for mention in studied.mentions():
        target = "nowhere known"
        if mention.target is not None:
            words = " ".join(mention.target.text.split())[:70]
            target = f"page {mention.target.page + 1}: {words}"
        say(f"page {mention.page + 1}  {mention.kind} {mention.text}  ->  {target}")


@click.command()
@click.argument("file", metavar="FILE.pdf", type=PathWord())
@click.option("--json", "as_json", is_flag=True, help="The references as a JSON array.")
@click.pass_obj
def references(session: Session, file: Path, as_json: bool) -> None:
    """List the bibliography of a PDF, and which of its papers are in the library."""
    with reading(file):
        studied = study(session.engine, file)
    _tell_skipped(studied)
    found = studied.structure.references
    uids: list[str | None] = [None] * len(found)
    if session.has_library():
        with session.reading() as reader:
            known = in_library(reader, found)
        uids = [known.get(reference.number, "") for reference in found]
    if as_json:
        say_json_list(
            _reference(reference, uid) for reference, uid in zip(found, uids, strict=True)
        )
        return
    for reference, uid in zip(found, uids, strict=True):
        label = f"[{reference.label}] " if reference.label else ""
        here = "  (in the library)" if uid else ""
        say(f"{label}{reference.text}{here}")


def _tell_skipped(studied: Study) -> None:
    for page in studied.skipped:
        complain(f"Page {page + 1} could not be read and was left out.")


def _mention(studied: Study, mention: Mention) -> dict[str, Any]:
    target = mention.target
    return {
        "page": mention.page,
        "rect": _rect(studied, mention.page, mention.rects[-1]),
        "text": mention.text,
        "kind": mention.kind,
        "target": target
        and {
            "page": target.page,
            "rect": _rect(studied, target.page, target.rect),
            "text": target.text,
        },
        "from": mention.source,
    }


def _rect(studied: Study, page: int, rect: Rect) -> list[float]:
    return [round(edge, 2) for edge in studied.user_rect(page, rect)]


def _reference(reference: Reference, uid: str | None) -> dict[str, Any]:
    return {
        "number": reference.number,
        "text": reference.text,
        "title": reference.title,
        "authors": list(reference.authors),
        "year": reference.year,
        "doi": reference.doi,
        "arxiv_id": reference.arxiv_id,
        "in_library": None if uid is None else bool(uid),
    }
