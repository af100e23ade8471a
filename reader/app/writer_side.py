"""The library opened for writing, after the first paint and before all that is not as urgent.

What the reader changes meanwhile waits at the desk.  When something else of the
window cannot be loaded, what is written is saved all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from reader.app.keeping import Keeping
from reader.domain.errors import ReaderError
from reader.library.schema import migrate
from reader.library.writing import Writer
from reader.services import editing, safekeeping
from reader.ui.tasks import Err, Ok

if TYPE_CHECKING:
    from reader.app.build import App

_WATCH = 2000  # milliseconds between looks for changes by other programs


class WriterSide(QObject):
    """Opens the writer, making or migrating the library; then looks for what others write."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._app = app
        self._version = 0
        self.writer: Writer | None = None
        app.tasks.run(app.write_lane, self._open, done=self._opened, owner=self, priority=-1)

    def _open(self) -> None:
        self.writer = Writer(self._app.folder, migrate)
        self._app.desk.set_writer(self.writer)

    def _opened(self, answer: Ok[Any] | Err) -> None:
        app, desk = self._app, self._app.desk
        if isinstance(answer, Err):
            app.trouble = answer.error
            desk.refuse(answer.error)
            app.notices.error(answer.error)
            app.page.refuse(answer.error.line())
            return
        desk.writer_is_there()
        if not app.readable:
            app.readable = True
            desk.library_is_there()
            app.page.load_now("")
        desk.write(editing.finish_step)
        desk.refresh_history()
        desk.catch_up()
        # Beside whatever is written meanwhile.
        desk.read(safekeeping.daily, desk.reader.place, then=lambda _made: None, owner=self)
        desk.look_outside()
        self._version = app.reader.data_version()
        watch = QTimer(self, interval=_WATCH)
        watch.timeout.connect(self._look_outside)
        watch.timeout.connect(Keeping(app.state, app.window, app.tabs).look)
        watch.start()

    def _look_outside(self) -> None:
        """Show what another program, such as the command line, has written.

        The writer's connection sees only the commits of others, but asking it
        wakes its thread: it is asked when any commit was seen at all.
        """
        try:
            version = self._app.reader.data_version()
        except ReaderError:  # the folder is away for the moment; whatever is done next says so
            return
        if version != self._version:
            self._version = version
            self._app.desk.look_outside()

    def close(self) -> None:
        """Close the library; nothing may be writing any more."""
        if self.writer is not None:
            self.writer.close()
