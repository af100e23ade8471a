"""The window as a process of its own, told by lines on stdin what a person would do.

    python window_driver.py LIBRARY [FILE...]

Answers every line on stdout: `open` once it runs, then what `type TEXT`, `note`
(type into the note for ever), `state`, `full BYTES`, `dialog`, `session`,
`quit` did.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import SIGNAL, QObject, QSocketNotifier, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from reader.app import start
from reader.app.build import App
from reader.app.ending import Ending
from reader.arguments import WindowStart

_real = App.after_first_paint


class Session:
    """A session's manager that has no time for questions."""

    def allowsInteraction(self) -> bool:
        return False


class Driver(QObject):
    """Does in the window what the lines say."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.app = app
        self.typed = ""
        self._ready = QTimer(self, interval=20)
        self._ready.timeout.connect(self._look)
        self._ready.start()
        self._typing = QTimer(self, interval=15)
        self._typing.timeout.connect(self._letter)

    def _look(self) -> None:
        paper = self.app.page.paper.paper
        if paper is not None and self.app._writer is not None and self.app.late is not None:
            self._ready.stop()
            self._lines = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
            self._lines.activated.connect(self._line)
            self.say(opened=True, paper=paper.uid)

    def say(self, **values: object) -> None:
        sys.stdout.write(json.dumps(values) + "\n")
        sys.stdout.flush()

    def _line(self) -> None:
        words = os.read(0, 65536).decode()
        for line in words.splitlines():
            name, _, text = line.partition(" ")
            getattr(self, f"do_{name}")(text)

    def _edit(self):
        edit = self.app.page.paper.note.edit
        edit.setFocus()
        return edit

    def do_type(self, text: str) -> None:
        edit = self._edit()
        QTest.keyClicks(edit, text)
        self.say(text=edit.toPlainText())

    def do_note(self, _text: str) -> None:
        """Type a number after another and say each, until killed."""
        self._edit()
        self._number = 0
        self._typing.start()

    def _letter(self) -> None:
        self._number += 1
        QTest.keyClicks(self._edit(), f"{self._number} ")
        self.say(typed=self._number)

    def do_full(self, text: str) -> None:
        """No file may grow beyond so many bytes: what a full disk is to SQLite."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = int(text)
        resource.setrlimit(
            resource.RLIMIT_FSIZE, (size or resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )
        self.say(full=size)

    def do_state(self, _text: str) -> None:
        app = self.app
        paper = app.page.paper.paper
        current = app.tabs.current()
        self.say(
            note=self._text(),
            saved=app.desk.notebook.state_of(app.page.paper.note.note) if paper else "",
            notices=[[card.kind, card.text] for card in app.notices.cards()],
            tabs=app.window.top.tabs.count(),
            read=bool(current and current.pdf),
            shown=app.window.isVisible(),
            papers=len(app.page.model.papers()),
            child=app.engine.pid(),
        )

    def _text(self) -> str:
        return self.app.page.paper.note.edit.toPlainText()

    def do_dialog(self, _text: str) -> None:
        """A dialog that nobody answers."""
        QTimer.singleShot(0, self, QDialog(self.app.window).exec)
        self.say(dialog=True)

    def do_session(self, _text: str) -> None:
        """What Qt calls when the desktop's session ends."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        ending = app.findChild(Ending)
        assert ending is not None
        watched = app.receivers(SIGNAL("commitDataRequest(QSessionManager&)"))
        ending._session_ends(Session())  # pyright: ignore[reportArgumentType]
        self.say(watched=watched, state=self.app.desk.notebook.unsaved())

    def do_quit(self, _text: str) -> None:
        self.app.window.close()


def _driven(self: App) -> None:
    _real(self)
    self.driver = Driver(self)  # pyright: ignore[reportAttributeAccessIssue]


if __name__ == "__main__":
    App.after_first_paint = _driven
    words = [Path(word).absolute() for word in sys.argv[1:]]
    sys.exit(start.open_window(WindowStart(words[0], (), tuple(words[1:]))))
