"""The command that writes papers out: as JSON, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from reader.cli.annotations import export_copies
from reader.cli.session import Session, WordsCommand, complain, watch
from reader.domain.marking_groups import GROUPINGS
from reader.domain.paper import Note, Paper
from reader.formats import WRITERS
from reader.library.reading import Reader
from reader.services import exporting, markdown_folder, note_pictures
from reader.services.markdown_export import Wish
from reader.services.pdf_facts import plain_text


@click.command(cls=WordsCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--format",
    "format_name",
    required=True,
    type=click.Choice([*(writer.name for writer in WRITERS), "pdf"]),
)
@click.option(
    "-o",
    "--output",
    help="A file, or for Markdown a folder with a file a paper; else the terminal.",
)
@click.option(
    "--group",
    type=click.Choice(GROUPINGS),
    default="page",
    show_default=True,
    help="How annotations are grouped in Markdown.",
)
@click.option("--files", is_flag=True, help="Copy the PDFs beside the Markdown.")
@click.pass_context
def export(
    context: click.Context,
    query: tuple[str, ...],
    format_name: str,
    output: str | None,
    group: str,
    files: bool,
) -> None:
    """Write papers in another format; pdf: annotated copies of their PDFs into the folder -o.

    Without QUERY the whole library is meant: JSON and Markdown, to a folder, a file or
    the terminal, then also hold the free notes, which no query chooses.  JSON comes back
    whole by import, the notes of Markdown by import --format notes.
    """
    session: Session = context.obj
    text = plain_text(" ".join(query))
    if format_name == "pdf":
        if output is None:
            raise click.UsageError("Name the folder for the copies with -o.")
        context.exit(export_copies(session, text, Path(output)))
    with session.reading(text) as reader:
        papers = exporting.papers(reader, text)
        # A query chooses papers; what belongs to none goes with the whole library.
        notes = [] if text else exporting.free_notes(reader)
        if output and format_name == "markdown":
            _markdown(
                session, reader, papers, [it.note for it in notes], output, Wish(group, files)
            )
            return
        pieces = exporting.text(papers, format_name, notes)
        if output:
            exporting.to_file(pieces, Path(output))
            return
        for piece in pieces:
            click.echo(piece, nl=False)


def _markdown(
    session: Session,
    reader: Reader,
    papers: Iterator[Paper],
    notes: Sequence[Note],
    output: str,
    wish: Wish,
) -> None:
    target = Path(output)
    if target.is_dir() or output.endswith(("/", "\\")) or not (target.suffix or target.exists()):
        steps = markdown_folder.write(reader, lambda: session.engine, papers, notes, target, wish)
        problems: list[str] = watch(steps)
    else:
        work = markdown_folder.export_of(reader, lambda: session.engine, wish)
        work.to_file(papers, target, notes, lambda name: note_pictures.file_of(reader, name))
        problems = work.problems
    for problem in problems:
        complain(problem)
