"""Commands that write: import, note, attach, tag, state, starter, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reader import paths
from reader.cli.session import (
    PathWord,
    Session,
    WordsCommand,
    failures,
    result_json,
    say,
    say_json,
    tell_failures,
    watch,
)
from reader.domain.counting import counted
from reader.domain.errors import InputError
from reader.domain.paper import ReadingState
from reader.formats import FORMATS
from reader.library.reading import Reader
from reader.pdf.protocol import PdfFailure
from reader.services import attaching, editing, importing, safekeeping, starting
from reader.services.import_plan import Plan, Result
from reader.services.lanes import to_the_end
from reader.services.pdf_facts import plain_text


@click.command("import")
@click.argument("files", metavar="PATH...", nargs=-1, required=True, type=PathWord())
@click.option(
    "--format",
    "format_name",
    type=click.Choice([fmt.name for fmt in FORMATS]),
    help="Read every file as this format.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_context
def import_files(
    context: click.Context,
    files: tuple[Path, ...],
    format_name: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import files and folders; exit 1 when something failed, with the rest imported."""
    session: Session = context.obj
    reader = Reader(session.folder)
    try:
        _current(session, reader)
        plan = watch(importing.scan(reader, files, session.read_pdf, format_name or ""))
        _carry_out(context, plan, dry_run, as_json, "Import")
    finally:
        reader.close()


def _current(session: Session, reader: Reader) -> None:
    """Bring an older library up to date before it is matched against."""
    if not reader.readable() and reader.place.database.exists():
        with session.writing():
            pass


def _carry_out(
    context: click.Context, plan: Plan, dry_run: bool, as_json: bool, label: str
) -> None:
    session: Session = context.obj
    if dry_run:
        _show_plan(plan, as_json)
        context.exit(1 if plan.failed else 0)
    result = Result(failed=list(plan.failed))
    if plan.items:  # a mistyped name makes no library
        with session.writing() as writer:
            result = watch(importing.commit(writer, plan, label))
    if as_json:
        say_json(result_json(result))
    else:
        tell_failures(result.failed)
        say(
            f"{result.added} added, {result.updated} updated, {result.unchanged} unchanged, "
            f"{len(result.failed)} failed."
        )
    context.exit(1 if result.failed else 0)


def _show_plan(plan: Plan, as_json: bool) -> None:
    counts = {name: plan.count(name) for name in ("add", "update", "unchanged")}
    if as_json:
        say_json(
            {
                "added": counts["add"],
                "updated": counts["update"],
                "unchanged": counts["unchanged"],
                "failed": failures(plan.failed),
                "dry_run": True,
                "items": [
                    {"action": item.action, "title": item.paper.title, "source": item.source}
                    for item in plan.items
                ],
            }
        )
        return
    for item in plan.items:
        say(f"{item.action:<9}  {item.paper.title}")
    tell_failures(plan.failed)
    say(
        f"Would add {counts['add']}, update {counts['update']}, leave {counts['unchanged']} "
        f"unchanged; {len(plan.failed)} failed."
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_context
def starter(context: click.Context, as_json: bool) -> None:
    """Load the papers and the guide that come with the program."""
    session: Session = context.obj
    reader = Reader(session.folder)
    guide = paths.resource("guide.pdf")
    try:
        _current(session, reader)
        plan = watch(starting.starter(reader, paths.seeds(), guide, session.read_pdf))
        _carry_out(context, plan, False, as_json, "Starter papers")
    finally:
        reader.close()


def _uids(session: Session, ids: tuple[str, ...]) -> list[str]:
    """The uids of IDs; an unknown one stops the command before anything is written."""
    with session.reading() as reader:
        return [reader.resolve(text) for text in ids]


@click.command()
@click.argument("paper", metavar="ID")
@click.option("--text", help="The note's new text.")
@click.option("--file", type=PathWord(), help="Read it from a file, - for input.")
@click.pass_obj
def note(session: Session, paper: str, text: str | None, file: Path | None) -> None:
    """Show a paper's note, or replace it."""
    if text is not None and file is not None:
        raise click.UsageError("Give --text or --file, not both.")
    if file is not None:
        text = _text_of(file)
    elif text is not None:
        text = plain_text(text)
    [uid] = _uids(session, (paper,))
    if text is None:
        with session.reading() as reader:
            click.echo(reader.paper(uid).note)
        return
    with session.writing() as writer:
        editing.save_note(writer, uid, "", text)


_LONGEST_NOTE = 16 << 20


def _text_of(file: Path) -> str:
    """A file's text as the editor would hold it: line feeds, and no NULs, which end SQLite's text."""
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(_LONGEST_NOTE + 1)
        else:
            with file.open("rb") as stream:
                data = stream.read(_LONGEST_NOTE + 1)
        if len(data) > _LONGEST_NOTE:
            raise InputError(f"{file} is longer than a note may be (16 MB); nothing was changed.")
        text = data.decode("utf-8-sig").replace("\x00", "")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise InputError(
            f"{file} cannot be read ({error.strerror}); nothing was changed."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text; nothing was changed.") from error


@click.command()
@click.argument("paper", metavar="ID")
@click.argument("pdf", metavar="PDF", type=PathWord())
@click.pass_obj
def attach(session: Session, paper: str, pdf: Path) -> None:
    """Copy a PDF into the library and attach it to a paper."""
    [uid] = _uids(session, (paper,))
    with session.writing() as writer:
        try:
            done = attaching.attach(writer, uid, pdf, session.read_pdf)
        except PdfFailure as error:
            raise InputError(f"{error.message} Nothing was attached.", error.hint) from error
    say("The paper already has this file." if done.already else "Attached.")


@click.command(cls=WordsCommand)
@click.argument("words", metavar="ID... [+new|-old]...", nargs=-1, required=True)
@click.pass_obj
def tag(session: Session, words: tuple[str, ...]) -> None:
    """Show papers' tags, add some with +name, take some away with -name."""
    ids = tuple(word for word in words if word[:1] not in "+-")
    if not ids:
        raise click.UsageError("Name at least one paper.")
    uids = _uids(session, ids)
    add = [plain_text(word[1:]) for word in words if word.startswith("+")]
    remove = [plain_text(word[1:]) for word in words if word.startswith("-")]
    if not add and not remove:
        with session.reading() as reader:
            for uid in uids:
                say(", ".join(reader.paper(uid).tags))
        return
    with session.writing() as writer:
        to_the_end(editing.change_tags(writer, uids, add, remove))


@click.command()
@click.argument("words", metavar="ID... unread|reading|read", nargs=-1, required=True)
@click.pass_obj
def state(session: Session, words: tuple[str, ...]) -> None:
    """Mark papers as unread, reading or read."""
    states = [item.value for item in ReadingState]
    if len(words) < 2 or words[-1] not in states:
        raise click.UsageError(f"Give one or more IDs and then {', '.join(states)}.")
    uids = _uids(session, words[:-1])
    with session.writing() as writer:
        to_the_end(editing.set_state(writer, uids, ReadingState(words[-1])))


@click.command()
@click.argument("folder", type=PathWord())
@click.pass_obj
def backup(session: Session, folder: Path) -> None:
    """Write the whole library, verified, into a folder."""
    session.require_library()
    with session.writing() as writer:
        saved = safekeeping.save(writer, folder)
    tell_failures(
        importing.Failure(path, "", "The attachment is missing.") for path in saved.missing
    )
    say(
        f"Backed up {counted(saved.papers, '1 paper', '{} papers')} to {saved.folder}: "
        f"{counted(saved.files, '1 file', '{} files')} copied, {saved.unchanged} already there."
    )


@click.command()
@click.argument("folder", type=PathWord())
@click.option("--force", is_flag=True, help="Also when the backup holds less than the library.")
@click.pass_obj
def restore(session: Session, folder: Path, force: bool) -> None:
    """Bring a backup back; the present library is kept aside."""
    restored = safekeeping.restore(session.folder, folder, force=force)
    say(f"Restored {counted(restored.papers, '1 paper', '{} papers')} to {session.folder}.")
    if restored.aside:
        say(f"The library that was there before is kept as {restored.aside}.")
