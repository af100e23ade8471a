"""Notes on their way to the disk: typed, waiting, saved, or held because the disk refused.

A note is saved at latest SAVE_AFTER milliseconds after its first unsaved key,
however long one goes on typing, and at once when the reader turns elsewhere.
What the disk refused stays here, and in the editor, and is tried again.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.errors import ReaderError
from reader.domain.paper import new_uid
from reader.domain.value import dataclass

SAVE_AFTER = 800
RETRY_AFTER = 4000

# save(paper, note, text, batch, base, done): done(batch, None) or done("", error); `base` is
# the text as it was saved or read last, over which this one was typed.
Save = Callable[[str, str, str, str, str, Callable[[str, ReaderError | None], None]], None]


@dataclass(slots=True)
class _Draft:
    """One note: the paper it is of ("" for a free one), text, and how far it is saved."""

    paper: str
    text: str
    saved: str
    saving: str | None = None
    batch: str = ""
    failed: bool = False
    settled: int = 0  # the notebook's clock when it was last saved


class Notebook(QObject):
    """All notes being edited, by their uids; a note to be made has its uid before it is saved."""

    changed = Signal(str, str, object)  # note, text, the editor that changed it
    state = Signal(str, str)  # note, "saved" | "unsaved" | "saving" | "failed"
    refused = Signal(object)  # the ReaderError of a save, once until it works again

    def __init__(self, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._drafts: dict[str, _Draft] = {}
        self._blank: dict[str, str] = {}  # paper -> the uid of its first note, still to be made
        self._clock = 0
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._timer.timeout.connect(self.flush)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_AFTER)
        self._retry.timeout.connect(self.flush)

    def blank(self, paper: str) -> str:
        """The uid of the note that a paper without one gets; the same until it is saved."""
        return self._blank.setdefault(paper, new_uid())

    def load(self, paper: str, note: str, text: str) -> str:
        """A note as the library has it; the text to show (an unsaved draft wins)."""
        draft = self._drafts.get(note)
        if draft is not None and (draft.text != draft.saved or draft.saving is not None):
            return draft.text
        before = draft or _Draft(paper, text, text)
        self._drafts[note] = _Draft(paper, text, text, None, before.batch, False, before.settled)
        if draft is not None and draft.text != text:
            self.changed.emit(note, text, None)
        return text

    def now(self) -> int:
        """The notebook's clock, to be taken before a paper is read; see `outran`."""
        return self._clock

    def outran(self, paper: str, asked: int) -> bool:
        """Whether a note of the paper was saved since `asked`: what was read then may be older.

        Shown all the same, it would put the old text under the reader's hands,
        and the next key would save it over the new one.
        """
        return any(it.paper == paper and it.settled > asked for it in self._drafts.values())

    def text(self, note: str) -> str:
        """The note as it stands in the editors."""
        draft = self._drafts.get(note)
        return draft.text if draft else ""

    def knows(self, note: str) -> bool:
        """Whether the note was shown in an editor."""
        return note in self._drafts

    def state_of(self, note: str) -> str:
        """How far the note is saved."""
        draft = self._drafts.get(note)
        if draft is None or (draft.text == draft.saved and draft.saving is None):
            return "saved"
        if draft.failed:
            return "failed"
        return "unsaved" if draft.saving is None else "saving"

    def edit(self, note: str, text: str, editor: object) -> None:
        """The reader typed; `editor` is told nothing, all others showing the note are."""
        draft = self._drafts.get(note)
        if draft is None or draft.text == text:
            return
        draft.text = text
        self.changed.emit(note, text, editor)
        self.state.emit(note, self.state_of(note))
        if not self._timer.isActive():
            self._timer.start()

    def unsaved(self) -> bool:
        """Whether anything typed has not reached the disk."""
        return any(draft.text != draft.saved for draft in self._drafts.values())

    def busy(self) -> bool:
        """Whether a save is on its way."""
        return any(draft.saving is not None for draft in self._drafts.values())

    def flush(self) -> None:
        """Hand everything unsaved to the writer now."""
        self._timer.stop()
        for note, draft in self._drafts.items():
            if draft.text != draft.saved and draft.saving is None:
                self._send(note, draft)

    def settled(self) -> bool:
        """Whether all that was typed is on the disk, or refused by it; hands over the rest.

        To be asked again and again: what was typed while a save was on its way
        is handed over as soon as that one is answered.
        """
        for note, draft in self._drafts.items():
            if draft.text != draft.saved and draft.saving is None and not draft.failed:
                self._send(note, draft)
        return not self.busy()

    def give(self, note: str) -> tuple[str, Callable[[], None]] | None:
        """What of a note is not saved yet, for somebody who saves it; None for nothing.

        A save that is on its way is not followed by another one: it would bring
        back a note that is deleted meanwhile.  The callable takes the text back
        when it could not be saved.
        """
        draft = self._drafts.get(note)
        if draft is None or (draft.text == draft.saved and draft.saving is None):
            return None
        given = _Draft(draft.paper, draft.text, draft.text, batch=draft.batch)
        self._drafts[note] = given

        def take_back() -> None:
            given.saved = draft.saved
            self._retry.start()

        return given.text, take_back

    def end_step(self, note: str) -> None:
        """The reader left the note: what is typed next is an undo step of its own."""
        if draft := self._drafts.get(note):
            draft.batch = ""

    def _send(self, note: str, draft: _Draft) -> None:
        draft.saving = draft.text
        self.state.emit(note, "saving")
        self._save(
            draft.paper,
            note,
            draft.text,
            draft.batch,
            draft.saved,
            lambda batch, error: self._done(note, draft, batch, error),
        )

    def _done(self, note: str, draft: _Draft, batch: str, error: ReaderError | None) -> None:
        text, draft.saving = draft.saving, None
        if error is not None:
            if not draft.failed:
                self.refused.emit(error)
            draft.failed = True
            self.state.emit(note, "failed")
            self._retry.start()
            return
        draft.failed = False
        draft.batch = batch or draft.batch
        draft.saved = text or ""
        if self._blank.get(draft.paper) == note:
            del self._blank[draft.paper]
        self._clock += 1
        draft.settled = self._clock
        self.state.emit(note, self.state_of(note))
        if draft.text != draft.saved and not self._timer.isActive():
            self._timer.start()
