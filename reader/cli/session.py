"""What every command shares: the library it works on, its engine, its way of speaking."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from reader.domain.errors import NotFoundError, ReaderError
from reader.formats.text import printable
from reader.library.place import Place, refuse_lost
from reader.library.reading import Reader
from reader.library.schema import migrate
from reader.library.writing import Writer
from reader.pdf.engine import Engine
from reader.services.import_plan import Failure, Progress, Result
from reader.services.pdf_facts import PdfFacts
from reader.services.reading_pdf import facts


class PathWord(click.Path):
    """A file or folder.  An empty word, as an unset variable gives, would mean the present folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


class WordsCommand(click.Command):
    """A command whose words may begin with a dash: `list -has:pdf`, `tag ID -old`.

    A dash and more is a word unless it is exactly one of the command's options;
    an unknown option with two dashes stays the mistake it is.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        found = {
            name: not (param.is_flag or param.count)
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
            for name in param.opts
        }
        options: list[str] = []
        words: list[str] = []
        rest = list(args)
        while rest:
            word = rest.pop(0)
            if word == "--":
                words += rest
                break
            if word not in found and not word.startswith("--"):
                words.append(word)
                continue
            options.append(word)
            if found.get(word):
                if not rest:
                    return super().parse_args(ctx, options)
                options.append(rest.pop(0))
        return super().parse_args(ctx, [*options, "--", *words])


class Session:
    """A command's library, opened as far as the command needs it."""

    def __init__(self, folder: Path, settings: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.settings = settings  # "KEY=VALUE", for this run
        self._engine: Engine | None = None

    @contextmanager
    def reading(self, query: str = "") -> Iterator[Reader]:
        """The library to read, its index caught up; NotFoundError when there is none."""
        self.require_library()
        reader = Reader(self.folder)
        try:
            if query.strip() or not reader.readable():
                with self.writing():
                    pass
            yield reader
        finally:
            reader.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The library to write; the index catches up before it is closed."""
        writer = Writer(self.folder, migrate)
        try:
            for _ in writer.finish_step():
                pass
            yield writer
            for _ in writer.catch_up():
                pass
        finally:
            writer.close()

    def has_library(self) -> bool:
        """Whether there is a library in the folder; raises LibraryDamagedError for a lost one."""
        place = Place(self.folder)
        refuse_lost(place)
        return place.exists()

    def lacks_library(self) -> bool:
        """Whether there is no library to list anything of; a person is told, on standard error.

        A script on a fresh machine gets an empty list; a person with a mistyped folder is told.
        """
        try:
            self.require_library()
        except NotFoundError as error:
            complain(one_line(error))
            return True
        return False

    def require_library(self) -> None:
        """Raise NotFoundError where there is no library: only writing papers makes one."""
        if not self.has_library():
            raise NotFoundError(
                f"There is no library in {self.folder} yet.",
                "'import' and 'starter' make one; --library names another folder.",
            )

    def read_pdf(self, path: Path) -> PdfFacts:
        """What a PDF says of itself; starts the engine at the first call."""
        return facts(self.engine, path)

    @property
    def engine(self) -> Engine:
        """The PDF engine, started when first asked for."""
        if self._engine is None:
            self._engine = Engine()
        return self._engine

    def close(self) -> None:
        """End the engine, if one was started."""
        if self._engine is not None:
            self._engine.close()


def say(text: str) -> None:
    """A line for the person, on standard output; titles give the terminal no orders."""
    # A form feed parts the pages of a text, and harms no terminal.
    click.echo("\f".join(map(printable, text.split("\f"))))


def complain(text: str) -> None:
    """A line about something that went wrong, on standard error."""
    click.echo(printable(" ".join(text.split())), err=True)


def say_json(value: Any) -> None:
    """A JSON document on standard output and nothing else."""
    click.echo(json.dumps(value, ensure_ascii=True, indent=2))


def say_json_list(values: Iterable[dict[str, Any]]) -> None:
    """A JSON array, streamed one item at a time; nothing when already the first one fails."""
    before = "[\n"
    for value in values:
        click.echo(before + json.dumps(value, ensure_ascii=True), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")


def watch(steps: Generator[Progress, None, Any]) -> Any:
    """Take all steps; progress shows on a terminal and not in a pipe.  The answer."""
    shown = sys.stderr.isatty()
    try:
        while True:
            progress = next(steps)
            if shown:
                total = f" of {progress.total}" if progress.total else ""
                line = f"{progress.done}{total} {progress.what}"[:78]
                click.echo(f"\r\x1b[K{line}", err=True, nl=False)
    except StopIteration as end:
        return end.value
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def failures(failed: Iterable[Failure]) -> list[dict[str, str]]:
    """Failures as JSON tells them."""
    return [{"source": item.source, "where": item.where, "reason": item.reason} for item in failed]


def tell_failures(failed: Iterable[Failure]) -> None:
    """Failures as lines on standard error."""
    for item in failed:
        where = f" ({item.where})" if item.where else ""
        complain(f"{item.source}{where}: {item.reason}")


def result_json(result: Result) -> dict[str, Any]:
    """An import's result as JSON tells it."""
    return {
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "failed": failures(result.failed),
    }


def one_line(error: ReaderError) -> str:
    """An error as the command line says it."""
    return f"paper-reader: {error.line()}"
