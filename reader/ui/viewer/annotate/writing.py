"""The words of an annotation while they are typed: they save themselves.

What was typed is saved at latest SAVE_AFTER ms after its first unsaved key, and
at once when the reader turns elsewhere; all of it is one step of undo.  What
the disk refused is kept and tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.marking import Annotation, clean_text
from reader.domain.paper import Changes

SAVE_AFTER = 800
RETRY_AFTER = 4000


Shaped = Callable[[Annotation], Annotation]


class Keeping(Protocol):
    """What knows annotations by their uids and writes what they are to be; the viewer's is Store."""

    all: dict[str, Annotation]

    def change(
        self,
        changed: Sequence[Annotation],
        label: str,
        batch: str,
        then: Callable[[Changes | None], None],
    ) -> None: ...

    def owe(self, holder: QObject, *, owes: bool) -> None:
        """A holder has words that the library refused, or no more."""
        ...


class Writing(QObject):
    """The comment (of free text: the text itself) of one annotation at a time."""

    state = Signal(str)  # "saved" | "unsaved" | "saving" | "failed"

    def __init__(self, store: Keeping, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self.uid = ""
        self._text = ""
        self._saved = ""
        self.batch = ""
        self._saving = False
        self._refused: dict[str, Annotation] = {}  # as the disk would not take them, by uid
        self._shaped: Shaped = _as_it_is
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._try_again)

    def begin(self, uid: str, shaped: Shaped | None = None) -> str:
        """Write to an annotation from now on; what it says already.

        `shaped` gives it, with its new words, the place it needs on its page.
        """
        self.end()
        self._shaped = shaped or _as_it_is
        one = self._store.all.get(uid)
        self.uid, self.batch = uid, ""
        self._text = self._saved = one.comment if one is not None else ""
        if (refused := self._refused.get(uid)) is not None:
            self._text = refused.comment
            self._timer.start(RETRY_AFTER)
        return self._text

    @property
    def unsaved(self) -> bool:
        """Whether anything typed has not been handed to the library."""
        return self._text != self._saved

    def typed(self, text: str) -> None:
        """The reader typed."""
        # What the library would clean away must not look unsaved for ever.
        self._text = clean_text(text)
        if self.unsaved and not self._timer.isActive():
            self._timer.start(SAVE_AFTER)
        self.state.emit("unsaved" if self.unsaved else "saved")

    def taken(self) -> str | None:
        """What the library says now, when it says something else than what is written here."""
        one = self._store.all.get(self.uid)
        if one is None or self.unsaved or self._saving or one.comment == self._saved:
            return None
        self._text = self._saved = one.comment
        self.batch = ""
        return one.comment

    def flush(self) -> None:
        """Hand what is unsaved to the library now."""
        self._timer.stop()
        one = self._store.all.get(self.uid)
        if one is None or not self.unsaved:
            return
        before, self._saved = self._saved, self._text
        self._saving = True
        self.state.emit("saving")
        self._send(self._shaped(replace(one, comment=self._text)), self.batch, before)

    def _send(self, changed: Annotation, batch: str, before: str) -> None:
        uid = changed.uid

        def written(changes: Changes | None) -> None:
            if not shiboken6.isValid(self):
                return
            self._keep(changed, refused=changes is None)
            if uid == self.uid:
                self._written(changes, before)

        self._store.change([changed], "Write comment", batch, written)

    def _keep(self, changed: Annotation, *, refused: bool) -> None:
        """Keep what was refused, also when the reader has gone on to another annotation."""
        if refused:
            self._refused[changed.uid] = changed
            self._again.start(RETRY_AFTER)
        else:
            self._refused.pop(changed.uid, None)
        self._store.owe(self, owes=bool(self._refused))

    def waits(self, uid: str) -> bool:
        """Whether words of an annotation were refused and are tried again."""
        return uid in self._refused

    def _try_again(self) -> None:
        """Write what was refused and is not open: what is open tries by itself."""
        for uid, refused in list(self._refused.items()):
            one = self._store.all.get(uid)
            if one is None:  # deleted meanwhile
                self._keep(refused, refused=False)
            elif uid != self.uid:
                again = replace(one, comment=refused.comment, parts=refused.parts)
                self._send(again, "", one.comment)

    def _written(self, changes: Changes | None, before: str) -> None:
        self._saving = False
        if changes is None:
            self._saved = before
            self._timer.start(RETRY_AFTER)
            self.state.emit("failed")
            return
        self.batch = changes.batch or self.batch
        self.state.emit("unsaved" if self.unsaved else "saved")

    def end(self) -> None:
        """The reader left: what is typed next is a step of its own."""
        self.flush()
        self.uid = self._text = self._saved = ""
        self._saving = False


def _as_it_is(one: Annotation) -> Annotation:
    return one
