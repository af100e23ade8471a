"""What every editor of notes works with: settings, background work, and the doors outward.

One a window, made by the desk.  What is not needed for the first paint (the
rendered view, find and replace, spelling, full screen) is handed in afterwards
by `load`.  Other parts of the program fill the hooks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from reader.services.web import Web
from reader.settings import Settings, WindowState
from reader.ui.notices import Notices
from reader.ui.tasks import Answer, Lane, Ok, Tasks

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

# picture(paper, name) -> the bytes of a picture the library holds, or None; on a worker thread.
Picture = Callable[[str, str], bytes | None]
# store(paper, note, data, suffix, done): keep a picture of a note, then done(markdown); what
# could not be kept is told, and done is not called.
StorePicture = Callable[[str, str, bytes, str, Callable[[str], None]], None]
# quote(uids, paper, note, done): annotations as what stands for them in a note; done(markdown).
QuoteMarks = Callable[[Sequence[str], str, str, Callable[[str], None]], None]

_MOST_CHOSEN = 500  # papers whose last note is remembered


class Read(Protocol):
    """Background work whose answer comes on the window's thread; see Desk.read."""

    def __call__(
        self,
        work: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Callable[[Any], None] | None = ...,
        owner: QObject | None = ...,
    ) -> None: ...


class Parts(Protocol):
    """What comes after the first paint; see reader.ui.notes.parts."""

    def furnish(self, editor: Any) -> QObject:
        """Give an editor its rendered view, find bar, spelling and full screen."""
        ...

    def math_in(self, text: Any) -> Any:
        """What shows the TeX of an abstract as math."""
        ...


class Kit(QObject):
    """Shared by all editors of a window's library."""

    loaded = Signal()  # the parts are there
    setting_changed = Signal(str)  # the key; an editor that is gone is told no more
    link_clicked = Signal(str)  # an address to open outside
    collecting = Signal()  # the program may end: the notebook is to have all that was put in
    ending = Signal()  # nothing is waited for any more
    place_wanted = Signal(str)  # "[[name]]", "paper-reader:..." or a name: a place inside

    def __init__(self, read: Read, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read: Read = read
        self.notices = notices
        self.settings: Settings | None = None
        self.append: Callable[[str, str], None] | None = None  # (paper, text): to its note's end
        self.append_marks: Callable[[str, Sequence[str]], None] | None = None  # annotations' uids
        self._state: WindowState | None = None
        self.way: Callable[[str], None] | None = None
        self._waiting: list[str] = []
        self.editor: Callable[[], type[NoteEditor]] | None = None  # loads it where it is wanted
        self.parts: Parts | None = None
        self.picture: Picture = _no_picture
        self.store_picture: StorePicture | None = None
        self.web: Web | None = None
        self.quote_marks: QuoteMarks | None = None
        self.chosen: dict[str, str] = {}  # paper -> its note that was shown last

    def use(self, settings: Settings, state: WindowState) -> None:
        """Take the settings, and what is remembered; before the first editor is made."""
        self.settings = settings
        self._state = state
        settings.watch(self.setting_changed.emit)
        kept = state.get("notes_shown", {})
        self.chosen = {str(paper): str(note) for paper, note in kept.items()}

    def choose(self, paper: str, note: str) -> None:
        """Remember which note of a paper is shown."""
        self.chosen.pop(paper, None)
        self.chosen[paper] = note
        if self._state is not None:
            self._state.put("notes_shown", dict([*self.chosen.items()][-_MOST_CHOSEN:]))

    def text(self, key: str, default: str) -> str:
        """A setting's value; the default where there are no settings."""
        return self.settings.text(key) if self.settings is not None else default

    def work_on(self, tasks: Tasks, lane: Lane) -> None:
        """Do the background work on a lane of its own, so that no list waits for a formula."""

        def read(
            work: Callable[..., Any],
            *args: Any,
            then: Callable[[Any], None],
            failed: Callable[[Any], None] | None = None,
            owner: QObject | None = None,
        ) -> None:
            def done(answer: Answer) -> None:
                if isinstance(answer, Ok):
                    then(answer.value)
                else:
                    (failed or self.notices.error)(answer.error)

            tasks.run(lane, work, *args, done=done, owner=owner or self)

        self.read = read

    def go(self, target: str) -> None:
        """Open a place inside, as soon as there is a way to it."""
        if self.way is None:
            self._waiting.append(target)
        else:
            self.way(target)

    def lead(self, way: Callable[[str], None]) -> None:
        """Take the way to places inside, and go where somebody wanted to go meanwhile."""
        self.way = way
        self.place_wanted.connect(self.go)
        waiting, self._waiting = self._waiting, []
        for target in waiting:
            way(target)

    def load(self, parts: Parts) -> None:
        """Take what comes after the first paint."""
        self.parts = parts
        self.loaded.emit()

    def keep_file(self, file: Path, kept: Callable[[bytes], None], owner: QObject) -> None:
        """Read a picture file that was dropped, on a worker; at most 32 MB."""
        self.read(_bytes_of, file, then=kept, owner=owner)


_LARGEST = 32_000_000


def _bytes_of(file: Path) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    return data if len(data) <= _LARGEST else b""


def _no_picture(paper: str, name: str) -> bytes | None:
    del paper, name
    return None
