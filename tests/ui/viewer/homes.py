"""A window's desk for a viewer page alone: it does everything at once and remembers what is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from reader.domain.errors import NotFoundError, ReaderError
from reader.services import reading_along
from reader.ui.desk import Desk
from reader.ui.viewer.home import Home


class Told:
    """Notices as (kind, text)."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str]] = []
        self.undos: list[Callable[[], None]] = []
        self.stops: list[Callable[[], None]] = []  # how what is in progress is cancelled

    def _add(self, kind: str, text: str) -> None:
        self.all.append((kind, text))

    def ok(self, text: str, undo: Any = None) -> None:
        self._add("ok", text)
        if undo:
            self.undos.append(undo[1])

    def info(self, text: str, *_: Any) -> None:
        self._add("info", text)

    def warn(self, text: str, *_: Any) -> None:
        self._add("warn", text)

    def progress(self, text: str, cancel: Any = None) -> Any:
        del text
        self.stops.append(cancel)
        return Card()

    def error(self, error: ReaderError) -> None:
        self._add("error", error.line())


class Card:
    """A card of progress nobody sees."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        del done, total, text

    def dismiss(self) -> None:
        return


class FakeSignal:
    """A signal that is heard at once."""

    def __init__(self) -> None:
        self.heard: list[Callable[..., None]] = []
        self.connect = self.heard.append
        self.disconnect = self.heard.remove

    def emit(self, *values: Any) -> None:
        for hear in tuple(self.heard):
            hear(*values)


class FakeDesk:
    """Reads and writes at once; `papers` and `writer` are a test's own."""

    def __init__(self) -> None:
        self.notices = Told()
        self.papers: dict[str, Any] = {}
        self.reader: Any = self
        self.writer: Any = None
        self.changed = FakeSignal()
        self.ending = FakeSignal()
        self.owing: set[int] = set()
        self.progressed = FakeSignal()
        self.entries: dict[str, dict[str, str]] = {}  # of forms, by file

    def undo(self) -> None:
        return

    def paper(self, uid: str) -> Any:
        return self.papers[uid]

    def owe(self, holder: Any, owes: bool) -> None:
        (self.owing.add if owes else self.owing.discard)(id(holder))

    def form_entries(self, file: str) -> dict[str, str]:
        return dict(self.entries.get(file, {}))

    def page_times(self, attachment: str) -> list[Any]:
        del attachment
        return []

    def bookmarks(self, attachment: str) -> tuple[Any, ...]:
        del attachment
        return ()

    def slot(self, text: str) -> Any:
        raise NotFoundError(f"There is no attachment {text}.")

    def annotations(self, attachment: str) -> tuple[Any, ...]:
        del attachment
        return ()

    def meanings(self) -> dict[str, str]:
        return {}

    def cards(self) -> list[str]:
        return []

    def removed_annotations(self, attachment: str) -> tuple[Any, ...]:
        del attachment
        return ()

    def read(
        self,
        work: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Callable[[ReaderError], None] | None = None,
        owner: Any = None,
        newest: str = "",
    ) -> None:
        del owner, newest
        try:
            value = work(*args)
        except ReaderError as error:
            (failed or self.notices.error)(error)
        else:
            then(value)

    def write(
        self,
        work: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[ReaderError], None] | None = None,
        priority: int = 0,
        owner: Any = None,
    ) -> None:
        del priority, owner
        if work is reading_along.save_entries:
            kept = self.entries.setdefault(args[0], {})
            kept.update({name: value for name, value in args[1].items() if value is not None})
            for name in [name for name, value in args[1].items() if value is None]:
                kept.pop(name, None)
            return
        self.read(work, self.writer, *args, then=then or (lambda _: None), failed=failed)


def home(
    desk: FakeDesk, paper: str = "", attachment: str = "", add: Callable[[], None] | None = None
) -> Home:
    """A home at a fake desk."""
    return Home(cast("Desk", desk), paper, attachment, add=add)
