"""The annotations of the file that is shown, by page; what is done to them is shown at once.

A change is painted before it is written, and read anew once it is: a refused
one is thereby taken back.  What is changed elsewhere (another window, undo, the
command line) is read by its uid, so that ten thousand others need not be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.marking import PALETTE, Annotation, Kind
from reader.domain.paper import Changes, new_uid
from reader.services import annotating
from reader.services.lanes import Priority
from reader.ui.desk import Desk

Then = Callable[[Changes | None], None]
_FEW = 64  # changed elsewhere, which are read one by one


class Store(QObject):
    """Annotations as the library has them, and those on their way to it."""

    changed = Signal()
    renamed = Signal()  # what the colours mean
    ending = Signal()  # the program ends: what is typed is to be handed over

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.all: dict[str, Annotation] = {}
        self.meanings = {color.name: color.meaning for color in PALETTE}
        self.cards: Sequence[str] = ()  # the kinds of cards in use in the library
        self._waiting: list[Annotation] = []
        self._pages: dict[int, dict[str, Annotation]] = {}
        self._sorted: dict[int, tuple[Annotation, ...]] = {}
        self._pending: Counter[str] = Counter()
        self._newer: set[str] = set()  # read by themselves since all of them were asked for
        self._held: set[str] = set()  # shown, and written with their first words
        self._desk: Desk | None = None
        self.attachment = ""

    # -- the file

    @property
    def waiting(self) -> list[Annotation]:
        """Those of a file that the library does not have yet."""
        return self._waiting

    @waiting.setter
    def waiting(self, waiting: list[Annotation]) -> None:
        self._waiting = waiting
        if self._desk is not None:
            self._desk.owe(self, bool(waiting))

    def use(self, desk: Desk, attachment: str) -> None:
        """The library, and the file's place there; "" while it has none."""
        if self._desk is not None:
            self._part(self._desk)
        self._desk, before, self.attachment = desk, self.attachment, attachment
        desk.changed.connect(self._heard)
        desk.ending.connect(self._end)
        self._read_meanings()
        self._read_cards()
        if attachment and attachment != before:
            waiting, self.waiting = self.waiting, []
            if before or not waiting:
                self._newer.clear()
                self._put_all(())
            self._read_all()
            if waiting:
                self._write_new([replace(one, attachment=attachment) for one in waiting])

    def leave(self) -> None:
        """Hear no more of the library."""
        if self._desk is not None:
            self._part(self._desk)
            self._desk.owe(self, owes=False)
            self._desk = None

    def _part(self, desk: Desk) -> None:
        desk.changed.disconnect(self._heard)
        desk.ending.disconnect(self._end)

    def _end(self) -> None:
        self.ending.emit()

    def owe(self, holder: QObject, *, owes: bool) -> None:
        """Say that a holder has words of these annotations that the library refused, or no more."""
        if self._desk is not None:
            self._desk.owe(holder, owes=owes)

    def on(self, page: int) -> tuple[Annotation, ...]:
        """Those of a page, in the order they are painted: marks of text lie under all else."""
        if page not in self._sorted:
            found = self._pages.get(page, {}).values()
            self._sorted[page] = tuple(sorted(found, key=_layer))
        return self._sorted[page]

    # -- reading

    def _heard(self, changes: Changes) -> None:
        if changes.structure:
            self._read_meanings()
        if changes.structure or changes.annotations:
            self._read_cards()
        if not self.attachment:
            return
        if not (changes.annotations or changes.papers or changes.added or changes.removed):
            if changes.structure:  # something changed outside, and it is not known what
                self._read_all()
        elif len(changes.annotations) > _FEW:
            self._read_all()
        elif changes.annotations:
            self._read_some(changes.annotations)

    def _read_meanings(self) -> None:
        if self._desk is not None:
            reader = self._desk.reader
            self._desk.read(reader.meanings, then=self._mean, owner=self, newest="meanings")

    def _read_cards(self) -> None:
        if self._desk is not None:
            reader = self._desk.reader
            self._desk.read(reader.cards, then=self._know_cards, owner=self, newest="cards")

    def _know_cards(self, found: Sequence[str]) -> None:
        self.cards = found

    def _mean(self, found: dict[str, str]) -> None:
        if found and found != self.meanings:
            self.meanings = found
            self.renamed.emit()

    def _read_all(self) -> None:
        if self._desk is not None:
            reader = self._desk.reader
            self._newer.clear()
            self._desk.read(
                reader.annotations, self.attachment, then=self._put_all, owner=self, newest="all"
            )

    def _put_all(self, found: Sequence[Annotation]) -> None:
        # Ten thousand take longer than one: what was read meanwhile is newer than they are.
        busy = {*self._pending, *self._held, *self._newer}
        mine = [self.all[uid] for uid in busy if uid in self.all]
        self.all.clear()
        self._pages.clear()
        self._sorted.clear()
        for one in found:
            if one.uid not in busy:
                self._put(one)
        for one in mine:
            self._put(one)
        self.changed.emit()

    def _read_some(self, uids: Iterable[str]) -> None:
        if self._desk is None:
            return
        busy, reader = {*self._pending, *self._held}, self._desk.reader
        wanted = [uid for uid in uids if uid not in busy]

        def read() -> list[tuple[str, Annotation | None]]:
            found: list[tuple[str, Annotation | None]] = []
            for uid in wanted:
                try:
                    found.append((uid, reader.annotation(uid)))
                except NotFoundError:
                    found.append((uid, None))
            return found

        if wanted:
            self._desk.read(read, then=self._put_some, owner=self)

    def _put_some(self, found: list[tuple[str, Annotation | None]]) -> None:
        touched = False
        for uid, one in found:
            if uid in self._pending:
                continue  # changed again meanwhile
            self._newer.add(uid)
            if one is not None and one.attachment == self.attachment:
                self._put(one)
                touched = True
            elif uid in self.all:
                self._drop(uid)
                touched = True
        if touched:
            self.changed.emit()

    def _put(self, one: Annotation) -> None:
        old = self.all.get(one.uid)
        pages = {part.page for part in one.parts} if one.placed else set[int]()
        if old is not None:
            for part in old.parts:
                if part.page not in pages:
                    self._pages.get(part.page, {}).pop(one.uid, None)
                    self._sorted.pop(part.page, None)
        self.all[one.uid] = one
        for page in pages:
            self._pages.setdefault(page, {})[one.uid] = one
            self._sorted.pop(page, None)

    def _drop(self, uid: str) -> None:
        for part in self.all.pop(uid).parts:
            self._pages.get(part.page, {}).pop(uid, None)
            self._sorted.pop(part.page, None)

    # -- writing

    def add(self, drafts: Sequence[Annotation], label: str = "Annotate") -> tuple[str, ...]:
        """Make new ones, in one step; their uids."""
        made = [
            replace(one, uid=one.uid or new_uid(), attachment=self.attachment) for one in drafts
        ]
        for one in made:
            self._put(one)
        self.changed.emit()
        if self.attachment:
            self._write_new(made, label)
        else:
            self.waiting = [*self.waiting, *made]
        return tuple(one.uid for one in made)

    def hold(self, draft: Annotation) -> str:
        """Show a new one that is written as soon as something is said in it; its uid."""
        made = replace(draft, uid=new_uid(), attachment=self.attachment)
        self._held.add(made.uid)
        self._put(made)
        self.changed.emit()
        return made.uid

    def _write_new(
        self, made: Sequence[Annotation], label: str = "Annotate", then: Then | None = None
    ) -> None:
        self._write([one.uid for one in made], annotating.add, made, label, then=then)

    def change(
        self,
        changed: Sequence[Annotation],
        label: str = "Change annotation",
        batch: str = "",
        then: Then | None = None,
    ) -> None:
        """Make those known like these, in one step; `then` gets what was written, None if refused."""
        for one in changed:
            self._put(one)
        self.changed.emit()
        new = {one.uid: one for one in changed}
        held = [new.pop(uid) for uid in self._held & set(new)]
        self._held -= {one.uid for one in held}
        if not self.attachment:
            self.waiting = [*(new.get(one.uid, one) for one in self.waiting), *held]
            if then is not None:
                then(Changes())
            return
        if held:
            made = [replace(one, attachment=self.attachment) for one in held]
            self._write_new(made, then=partial(self._first_words, made, then))
        if new:
            self._write(list(new), annotating.change, [*new.values()], label, batch, then=then)

    def _first_words(
        self, made: Sequence[Annotation], then: Then | None, changes: Changes | None
    ) -> None:
        """What was refused stays held, and is written with its next words."""
        if changes is None:
            self._held |= {one.uid for one in made}
        if then is not None:
            then(changes)

    def remove(self, uids: Sequence[str]) -> None:
        """Take some away, in one step."""
        gone = [uid for uid in uids if uid in self.all]
        for uid in gone:
            self._drop(uid)
        gone = [uid for uid in gone if uid not in self._held]
        self._held -= set(uids)
        self.changed.emit()
        if not self.attachment:
            self.waiting = [one for one in self.waiting if one.uid not in gone]
        elif gone:
            self._write(gone, annotating.remove, gone)

    def set_meaning(self, color: str, meaning: str) -> None:
        """Give a colour another meaning, "" for its first."""
        if self._desk is not None:
            self._desk.write(
                annotating.set_meaning, color, meaning, then=lambda _: self._read_meanings()
            )

    def _write(
        self,
        uids: Sequence[str],
        work: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
    ) -> None:
        if self._desk is None:
            return
        self._pending.update(uids)
        # No owner: what is written while a tab closes must be told to the others all the same.
        self._desk.write(
            work,
            *args,
            then=partial(self._written, uids, then),
            failed=partial(self._refused, self._desk, uids, then),
            priority=Priority.NOTE,
        )

    def _written(self, uids: Sequence[str], then: Then | None, value: Any) -> None:
        self._settle(uids)
        if then is not None:
            then(value if isinstance(value, Changes) else value[1])

    def _refused(
        self,
        desk: Desk,
        uids: Sequence[str],
        then: Then | None,
        error: ReaderError,
    ) -> None:
        desk.notices.error(error)
        if then is not None:
            then(None)
        self._settle(uids)

    def _settle(self, uids: Sequence[str]) -> None:
        """Read what was written as the library has it, unless more is on its way."""
        self._pending.subtract(uids)
        self._pending = +self._pending
        if shiboken6.isValid(self):
            self._read_some(uids)


def _layer(one: Annotation) -> int:
    return 0 if one.kind is Kind.HIGHLIGHT else 1 if one.kind.on_text else 2
