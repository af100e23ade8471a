"""Commands that read: list, show, export, inspect, check."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from reader.cli.session import (
    PathWord,
    Session,
    WordsCommand,
    complain,
    say,
    say_json,
    say_json_list,
)
from reader.domain.counting import counted
from reader.domain.paper import Paper
from reader.formats.paper_json import to_dict
from reader.library.listing import SORTS
from reader.services import exporting, safekeeping
from reader.services.inspecting import inspect
from reader.services.pdf_facts import plain_text


@click.command("list", cls=WordsCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--sort", type=click.Choice(sorted(SORTS)), default="newest", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), help="At most so many; all without it.")
@click.option("--json", "as_json", is_flag=True, help="Whole papers as a JSON array.")
@click.pass_obj
def list_papers(
    session: Session, query: tuple[str, ...], sort: str, limit: int | None, as_json: bool
) -> None:
    """List papers; all words must match, the last also as a beginning."""
    text = plain_text(" ".join(query))
    if session.lacks_library():
        if as_json:
            say_json_list(())
        return
    with session.reading(text) as reader:
        found = exporting.papers(reader, text, sort, limit, marks=as_json)
        if as_json:
            say_json_list(to_dict(paper) for paper in found)
            return
        for paper in found:
            say(_line(paper))


def _line(paper: Paper) -> str:
    who = ""
    if paper.authors:
        who = paper.authors[0].short + (" et al. " if len(paper.authors) > 1 else ". ")
    year = f" ({paper.published[:4]})" if paper.published else ""
    title = " ".join(paper.title.split())
    return f"{paper.uid[:8]}  {who}{title}{year}"


@click.command()
@click.argument("paper", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The paper as JSON.")
@click.pass_obj
def show(session: Session, paper: str, as_json: bool) -> None:
    """Show one paper with its note."""
    with session.reading() as reader:
        uid = reader.resolve(paper)
        found = exporting.told_outside(reader, reader.paper(uid))
        progress = reader.progress(uid)
    if as_json:
        say_json(to_dict(found) | {"progress": asdict(progress)})
        return
    for piece in exporting.text([found], "markdown"):
        click.echo(piece, nl=False)


@click.command("inspect")
@click.argument("file", type=PathWord())
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def inspect_file(session: Session, file: Path, as_json: bool) -> None:
    """Open any PDF in the engine and report stage by stage how it fares."""
    report = inspect(session.engine, file)
    if as_json:
        say_json(report.as_dict())
        return
    pages = "not opened"
    if report.pages is not None:
        pages = counted(report.pages, "1 page", "{} pages")
    say(f"{report.file}: {pages}")
    for stage in report.stages:
        page = "" if stage.page is None else f" page {stage.page + 1}"
        reason = f": {stage.reason}" if stage.reason else ""
        say(f"  {stage.stage}{page}: {stage.outcome} ({stage.ms:.0f} ms){reason}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON.")
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Check that the library is whole; exit 1 when it is not."""
    session: Session = context.obj
    if not as_json:
        session.require_library()
    health = safekeeping.check(session.folder)
    if as_json:
        say_json(
            {
                "ok": not health.faults,
                "papers": health.papers,
                "faults": list(health.faults),
                "orphans": list(health.orphans),
                "backup": health.backup or None,
            }
        )
    elif health.faults:
        for fault in health.faults:
            complain(fault)
    else:
        say(f"The library is whole: {counted(health.papers, '1 paper', '{} papers')}.")
        if health.orphans:
            one, many = "1 file in its folder belongs", "{} files in its folder belong"
            say(f"{counted(len(health.orphans), one, many)} to no paper.")
    context.exit(1 if health.faults else 0)
