"""Annotations on the command line: their list, and taking over those of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reader.cli.session import (
    Session,
    WordsCommand,
    complain,
    failures,
    say,
    say_json,
    say_json_list,
    tell_failures,
    watch,
)
from reader.domain.counting import counted
from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.marking import Annotation, pages_of
from reader.domain.paper import Paper
from reader.library.reading import Reader
from reader.services import annotated_copies, exporting, pdf_annotations
from reader.services.import_plan import Failure
from reader.services.pdf_facts import plain_text


class _ListFirst(click.Group):
    """A group whose words are a query unless the first is one of its commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("annotations", cls=_ListFirst, options_metavar="[QUERY...] [--json]")
def annotation_commands() -> None:
    """List the annotations of papers, or take over those of a PDF.

    Without a command: the annotations of the papers that match QUERY.
    """


@annotation_commands.command("list", cls=WordsCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="The annotations as a JSON array.")
@click.pass_obj
def list_annotations(session: Session, query: tuple[str, ...], as_json: bool) -> None:
    """List annotations; QUERY chooses papers as `list` does.  Pages count from 1, in JSON from 0."""
    text = plain_text(" ".join(query))
    if session.lacks_library():
        if as_json:
            say_json_list(())
        return
    with session.reading(text) as reader:
        found = _of_papers(reader, text)
        if as_json:
            say_json_list(_as_json(paper, item) for paper, item in found)
            return
        for _, item in found:
            words = " ".join((item.quote or item.comment).split())[:90]
            pages = pages_of(item, lambda page: str(page + 1))
            where = f"{'page' if len(item.parts) == 1 else 'pages'} {pages}"
            where = where if item.placed else "not placed"
            say(f"{item.uid[:8]}  {where}  {item.kind.value} {item.color}: {words}")


def _of_papers(reader: Reader, query: str) -> Iterator[tuple[Paper, Annotation]]:
    for paper in exporting.papers(reader, query):
        for attachment in paper.attachments:
            for item in reader.annotations(attachment.uid):
                yield paper, item


def _as_json(paper: Paper, item: Annotation) -> dict[str, Any]:
    return {
        "id": item.uid,
        "paper": paper.uid,
        "attachment": item.attachment,
        "kind": item.kind.value,
        "color": item.color,
        "colour": item.color,
        "page": item.page,
        "quads": [list(quad) for quad in item.parts[0].quads],
        "parts": [
            {"page": part.page, "quads": part.quads, "strokes": part.strokes} for part in item.parts
        ],
        "quote": item.quote,
        "before": item.before,
        "after": item.after,
        "comment": item.comment,
        "tags": list(item.tags),
        "author": item.author,
        "card": item.card,
        "placed": item.placed,
        "created": item.created,
        "modified": item.modified,
    }


@annotation_commands.command("import")
@click.argument("paper", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_context
def import_annotations(context: click.Context, paper: str, as_json: bool) -> None:
    """Take over the annotations that stand in a paper's PDF files, also again later.

    New ones are added, those changed in the file updated, those changed only
    here kept, and of those changed on both sides both are kept.  Exit 1 when
    something could not be read.
    """
    session: Session = context.obj
    plans: list[pdf_annotations.Plan] = []
    refused: list[Failure] = []
    with session.reading() as reader:
        uid = reader.resolve(paper)
        for item in exporting.with_full_paths(reader, reader.paper(uid)).documents:
            path = Path(item.path)
            try:
                if not path.is_file():
                    raise NotFoundError(f"The file {path} is not there any more.")
                plans.append(
                    pdf_annotations.plan_import(reader, session.engine, path, item.uid, item.sha256)
                )
            except ReaderError as error:
                refused.append(Failure(path.name, "", error.line()))
    if not plans and not refused:
        raise NotFoundError("The paper has no file whose annotations could be taken over.")
    with session.writing() as writer:
        done = watch(pdf_annotations.commit(writer, plans))
    _tell(done, [*refused, *done.failed], as_json)
    context.exit(1 if refused or done.failed else 0)


def _tell(done: pdf_annotations.Result, failed: list[Failure], as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "added": done.added,
                "updated": done.updated,
                "unchanged": done.unchanged,
                "kept_twice": done.kept_twice,
                "failed": failures(failed),
            }
        )
        return
    tell_failures(failed)
    twice = f", {done.kept_twice} changed on both sides and kept twice" if done.kept_twice else ""
    say(
        f"{done.added} added, {done.updated} updated, {done.unchanged} unchanged{twice}, "
        f"{len(failed)} failed."
    )


def export_copies(session: Session, query: str, folder: Path) -> int:
    """Write annotated copies into a folder and tell; the exit code."""
    with session.reading(query) as reader:
        papers = exporting.papers(reader, query)
        done: annotated_copies.Exported = watch(
            annotated_copies.to_folder(session.engine, reader, papers, folder)
        )
    for paper in done.without:
        complain(f"{paper.title}: it has no PDF.")
    tell_failures((*done.left_out, *done.failed))
    copies = counted(done.written, "1 copy", "{} copies")
    marks = counted(done.annotations, "1 annotation", "{} annotations")
    say(f"{copies} with {marks} written to {folder}.")
    return 1 if done.failed else 0
