"""The command line: global options, the table of commands, errors as one line."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import traceback
from pathlib import Path

import click

from reader import __version__, paths
from reader.cli import anchoring, exporting, finding, noting, reading, studying, writing
from reader.cli.annotations import annotation_commands
from reader.cli.claims import claims
from reader.cli.picture import snapshot
from reader.cli.session import PathWord, Session, complain, one_line
from reader.domain.errors import InputError, ReaderError
from reader.settings import Settings

_HELP = """Paper Reader: a library of research papers with notes and a PDF viewer.

Without a command it opens the window; FILEs given instead of a command are
opened in it (a PDF in a viewer tab, anything else as an import).

An ID is a uid or at least 6 characters of it, a DOI or an arXiv id.
"""

_STOPPED = "Stopped; what was finished stays."


@click.group(help=_HELP, invoke_without_command=True, options_metavar="[OPTIONS]")
@click.option(
    "--library",
    type=PathWord(),
    help="The library's folder; else PAPER_READER_LIBRARY, else the platform's data folder.",
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A setting, this once.")
@click.version_option(__version__, prog_name="paper-reader")
@click.pass_context
def cli(context: click.Context, library: Path | None, settings: tuple[str, ...]) -> None:
    try:
        folder = library.expanduser().absolute() if library else paths.data_folder()
        values = Settings(paths.config_file())
        for assignment in settings:
            values.override(assignment)
    except InputError as error:
        raise click.UsageError(error.line()) from error
    except RuntimeError as error:  # "~someone/papers" of nobody
        raise click.UsageError(str(error)) from error
    context.obj = Session(folder, settings)
    context.call_on_close(context.obj.close)


for _command in (
    writing.import_files,
    reading.list_papers,
    reading.show,
    writing.note,
    noting.notes,
    noting.remark,
    writing.attach,
    writing.tag,
    writing.state,
    annotation_commands,
    claims,
    exporting.export,
    writing.starter,
    reading.inspect_file,
    studying.mentions,
    studying.references,
    finding.find,
    finding.text_of,
    reading.check,
    writing.backup,
    writing.restore,
    anchoring.annotate,
    anchoring.replace_file,
    snapshot,
):
    cli.add_command(_command)


def run(words: list[str], *, interruptible: bool = False) -> int:
    """Run a command; its exit code.  0 done, 1 something failed, 2 wrong usage.

    `interruptible`: Ctrl+C stops the command with a sentence; before and after
    it ends the process, as `__main__` wants it.
    """
    if not interruptible:
        return _run(words)
    try:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            return _run(words)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        complain(_STOPPED)
        return 130


def _run(words: list[str]) -> int:
    # Titles hold every character there is; a terminal in a C locale must not
    # turn that into a crash.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _invoke(words)
        if sys.stdout is not None:  # None when it was closed before the start
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe went away, as `head` does: no error of ours.
        _say_no_more()
        return 0
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EIO):
            _say_no_more()
        where = f" {error.filename}" if error.filename else ""
        complain(f"paper-reader: {error.strerror or error}{where}")
        return 1
    except Exception as error:  # noqa: BLE001 - a defect is one line too
        complain(f"paper-reader: {_defect(error)}")
        return 1
    return code


def _defect(error: Exception) -> str:
    """What a report of a defect of the program needs, in one line."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        "Something went wrong inside Paper Reader; what was saved before is safe. "
        f"Please report this: {type(error).__name__}: {' '.join(str(error).split())} "
        f"({Path(place.filename).name}, line {place.lineno})"
    )


def _invoke(words: list[str]) -> int:
    try:
        # click's own main() would call a closed pipe a failure.
        with cli.make_context("paper-reader", list(words)) as context:
            cli.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        complain(f"paper-reader: {_mistake(error)}")
        return error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt, EOFError):
        complain(_STOPPED)
        return 130
    except ReaderError as error:
        complain(one_line(error))
        return 1
    return 0


def _mistake(error: click.ClickException) -> str:
    """What is wrong with the words, and where to read how they are meant."""
    said = error.format_message()
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return said
    end = "" if said.endswith((".", "?", "!")) else "."
    return f"{said}{end} Try '{error.ctx.command_path} --help'."


def _say_no_more() -> None:
    """Let the interpreter's last flush of standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
