"""The one command that loads Qt: a picture of the real window."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.session import PathWord, Session


class Size(click.ParamType):
    """A size such as 1280x800, in pixels."""

    name = "WxH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        width, _, height = str(value).lower().partition("x")
        if not (width.isdigit() and height.isdigit()):
            self.fail(f"{value} is not a size such as 1280x800", param, ctx)
        size = int(width), int(height)
        if not all(200 <= side <= 8000 for side in size):
            self.fail("a side must be 200 to 8000 pixels", param, ctx)
        return size


@click.command()
@click.argument("out", metavar="OUT.png", type=PathWord())
@click.option("--paper", metavar="ID", help="Select this paper.")
@click.option("--view", type=click.Choice(["library", "viewer"]), default="library")
@click.option(
    "--page",
    type=click.IntRange(min=1),
    default=1,
    help="The viewer's page, counted from 1.",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), help="[default: light]")
@click.option("--size", type=Size(), default="1280x800", show_default=True)
@click.pass_obj
def snapshot(
    session: Session,
    out: Path,
    paper: str | None,
    view: str,
    page: int,
    theme: str | None,
    size: tuple[int, int],
) -> None:
    """Write a picture of the window, drawn offscreen."""
    from reader.app.picture import Shot, take_picture

    settings = ("theme=light", *session.settings, *([f"theme={theme}"] if theme else []))
    take_picture(Shot(session.folder, out, paper or "", view, page - 1, settings, size))
    click.echo(str(out))
