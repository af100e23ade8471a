"""The claim cards of papers as a table on standard output."""

from __future__ import annotations

from collections.abc import Iterable

import click

from reader.cli.session import Session, WordsCommand, say_json_list
from reader.domain.lists import Scope
from reader.formats import claims as tables
from reader.library.reading import Reader
from reader.services import claims as gathering
from reader.services.pdf_facts import plain_text


@click.command("claims", cls=WordsCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--format", "format_name", type=click.Choice(["markdown", "csv", "json"]), default="markdown",
    help="How the table is written.",
)  # fmt: skip
@click.pass_obj
def claims(session: Session, query: tuple[str, ...], format_name: str) -> None:
    """The claim cards as a table, papers by kinds; QUERY chooses papers as `list` does."""
    text = plain_text(" ".join(query))
    rows: list[tables.Claims] = []
    if not session.lacks_library():
        with session.reading(text) as reader:
            rows += _rows(reader, text)
    match format_name:
        case "json":
            say_json_list(tables.to_dict(row) for row in rows)
        case "csv":
            _write(tables.table(rows))
        case _:
            _write(tables.markdown(rows) if rows else ())


def _rows(reader: Reader, text: str) -> Iterable[tables.Claims]:
    if not text.strip():
        return gathering.of_library(reader)
    return gathering.gather(reader, reader.uids(reader.orders(Scope(), text)))


def _write(pieces: Iterable[str]) -> None:
    for piece in pieces:
        click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)
