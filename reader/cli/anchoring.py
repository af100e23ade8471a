"""Commands that place annotations by their words: annotate, replace-file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from reader.cli.session import PathWord, Session, complain, say, say_json, watch
from reader.domain.errors import InputError
from reader.domain.marking import COLORS, Annotation, Kind, is_color
from reader.domain.paper import Attachment
from reader.library.text_cache import TextCache
from reader.services import annotating, placing, replacing
from reader.services.pdf_facts import plain_text
from reader.services.texts import Texts


class _KindType(click.ParamType):
    """A kind by its name; "strike-out" is as good as "strikeout"."""

    name = "kind"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Kind:
        """The kind; wrong usage when there is none of that name."""
        if isinstance(value, Kind):
            return value
        try:
            return Kind(str(value).lower().replace("-", ""))
        except ValueError:
            self.fail(f"{value!r} is no kind: {', '.join(Kind)}.", param, ctx)


class _ColorType(click.ParamType):
    """A colour of the palette, or #rrggbb."""

    name = "color"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The colour as it is kept; wrong usage when it is none."""
        color = str(value).lower()
        if not is_color(color):
            self.fail(f"{value!r} is no colour: {', '.join(COLORS)}, or #rrggbb.", param, ctx)
        return color


@click.command()
@click.argument("paper", metavar="ID")
@click.option(
    "--page", type=click.IntRange(min=0), required=True, help="Counted from 0 as in JSON."
)
@click.option("--quote", required=True, help="The words to cover, as they stand on the page.")
@click.option("--kind", type=_KindType(), default="highlight", show_default=True)
@click.option("--color", type=_ColorType(), default="yellow", show_default=True)
@click.option("--comment", default="", help="A comment in Markdown.")
@click.option("--json", "as_json", is_flag=True, help="The id as JSON.")
@click.pass_obj
def annotate(
    session: Session,
    paper: str,
    page: int,
    quote: str,
    kind: Kind,
    color: str,
    comment: str,
    as_json: bool,
) -> None:
    """Annotate words on a page of a paper's main PDF and print the annotation's id.

    ID may also be that of an attachment.  Where the words stand several times on
    the page, the first place is taken, and said so.
    """
    words = plain_text(quote)
    if not words.strip():
        raise InputError("There are no words to annotate.", "Give some with --quote.")
    wanted = Annotation(kind, (), color=color, quote=words, comment=plain_text(comment))
    with _slot(session, paper) as (slot, path, texts):
        found = placing.on_quote(session.engine, texts, path, page, wanted, slot)
    with session.writing() as writer:
        [uid], _ = annotating.add(writer, [found.draft])
    if found.times > 1:
        complain(f"The words stand {found.times} times on the page; the first was taken.")
    if as_json:
        say_json({"id": uid})
    else:
        say(uid)


@click.command("replace-file")
@click.argument("paper", metavar="ID")
@click.argument("file", metavar="FILE", type=PathWord())
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_obj
def replace_file(session: Session, paper: str, file: Path, as_json: bool) -> None:
    """Put another file in the place of a paper's PDF and find its annotations again.

    ID may also be that of an attachment.  What is not certain keeps its old place
    and waits for you in the window; undo brings the file of before back.
    """
    with session.reading() as reader:
        texts = Texts(session.engine, TextCache(session.folder))
        try:
            _, slot = reader.slot(paper)
            steps = replacing.Replacing(reader, session.engine, texts).plan(slot.uid, file)
            plan = watch(steps)
            with session.writing() as writer:
                done = replacing.commit(writer, plan)
        finally:
            texts.close()
    if as_json:
        say_json({"stayed": done.stayed, "moved": done.moved, "unplaced": list(done.unplaced)})
        return
    say(f"{done.stayed} stayed, {done.moved} moved, {len(done.unplaced)} need you.")
    for uid in done.unplaced:
        say(uid)


@contextlib.contextmanager
def _slot(session: Session, text: str) -> Iterator[tuple[Attachment, Path, Texts]]:
    """The attachment an ID means, its file, and a way to its text."""
    with session.reading() as reader:
        _, slot = reader.slot(text)
        texts = Texts(session.engine, TextCache(session.folder))
        try:
            yield slot, reader.file_of(slot.path), texts
        finally:
            texts.close()
