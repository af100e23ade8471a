"""A viewer page at home in a real library, with what a test wants to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from reader.domain.marking import Annotation
from reader.domain.paper import Changes
from reader.library import files
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.ui.viewer.home import Home
from tests.library.shelf import add, open_writer, redo, undo
from tests.ui.viewer.homes import FakeDesk, home


@dataclass
class Shelf:
    """A library with one paper and its attachment, at a desk that does everything at once."""

    desk: FakeDesk
    reader: Reader
    writer: Writer
    paper: str
    attachment: str

    @property
    def home(self) -> Home:
        return home(self.desk, self.paper, self.attachment)

    @property
    def all(self) -> tuple[Annotation, ...]:
        """The annotations as another window would read them."""
        return self.reader.annotations(self.attachment)

    def undo(self) -> str:
        """Take the last step back, as the program does; its label."""
        return self._told(undo(self.writer))

    def redo(self) -> str:
        return self._told(redo(self.writer))

    def _told(self, done: tuple[str, Changes] | None) -> str:
        assert done is not None
        self.desk.changed.emit(done[1])
        return done[0]


@contextmanager
def opened(folder: Path) -> Iterator[Shelf]:
    """A library made in a folder, closed again."""
    with closing(open_writer(folder)) as writer, closing(Reader(folder)) as reader:
        [paper] = add(writer, "A paper")
        with writer.edit("Attach") as edit:
            attachment = files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 12)
        desk = FakeDesk()
        desk.reader, desk.writer = reader, writer
        yield Shelf(desk, reader, writer, paper, attachment)
