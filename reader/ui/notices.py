"""The one door for telling the user: small cards at the foot of the window in use.

Errors stay until they are dismissed, everything else fades; a card may carry
one action (such as Undo) and details under a fold.  Screen readers hear each.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import shiboken6
from PySide6 import QtGui
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from reader.domain.errors import ReaderError
from reader.ui.notice_card import Notice, ProgressNotice
from reader.ui.notice_stack import NoticeStack
from reader.ui.tasks import unexpected
from reader.ui.widgets.outwards import outwards

Action = tuple[str, Callable[[], None]]

_FADES_AFTER = 6000
_RECENT = 4  # windows that are remembered


class Notices(QObject):
    """Shows cards where the reader is, or over the main window; what a window leaves goes there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._main: NoticeStack | None = None
        self._others: list[NoticeStack] = []  # of other windows that have cards, or had some
        self._recent: list[QWidget] = []  # windows in the order in which they had the keys last
        self.rescue: Callable[[str], None] | None = None  # opens a damaged library's backup
        self._waiting: list[tuple[str, str, str, str, Action | None]] = []

    def set_host(self, host: QWidget) -> None:
        """Show cards over this widget from now on, unless the reader is in another window."""
        self._main = NoticeStack(host, self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self._tell(*notice)

    def info(self, text: str, action: Action | None = None) -> None:
        """Something the reader may like to know, perhaps with one thing to do about it."""
        self._tell("info", text, action=action)

    def ok(self, text: str, action: Action | None = None) -> None:
        """Something asked for is done."""
        self._tell("ok", text, action=action)

    def warn(self, text: str, hint: str = "") -> None:
        """Something the reader should look at."""
        self._tell("warn", text, hint)

    def error(self, error: BaseException, action: Action | None = None) -> None:
        """Something failed: what happened, what it means for the data, what can be done about it."""
        told = error if isinstance(error, ReaderError) else unexpected(error)
        backup, rescue = getattr(told, "backup", ""), self.rescue
        if backup and rescue is not None:
            action = self.tr("Restore the backup"), lambda: rescue(backup)
        self._tell("error", told.message, told.hint, told.details, action)

    def progress(self, text: str, cancel: Callable[[], None] | None = None) -> ProgressNotice:
        """A card for long work; the caller dismisses it at the end."""
        assert self._main is not None
        stack = self._in_use(self._main)
        card = ProgressNotice(stack.host, text, cancel)
        stack.take(card)
        return card

    def cards(self) -> list[Notice]:
        """The cards now shown, oldest first, the main window's before those of others."""
        stacks = filter(None, (self._main, *self._others))
        return list(chain.from_iterable(stack.cards for stack in stacks))

    def enter(self) -> bool:
        """Have the keys in the newest card of the window in use, until it goes; False without."""
        stack = self._in_use(self._main) if self._main is not None else None
        if stack is None or not stack.cards:
            return False
        stack.enter()
        return True

    def withdraw_offers(self) -> None:
        """Take away cards that offer an action: it would undo something newer by now."""
        for card in self.cards():
            if card.offers and card.kind in ("info", "ok"):
                card.dismiss()

    def _in_use(self, main: NoticeStack) -> NoticeStack:
        """The cards of the window in which the reader is, or was last."""
        if main.stands:
            for host in (_outermost(QApplication.activeWindow()), *self._recent):
                if host is not None and shiboken6.isValid(host) and host.isVisible():
                    return self._over(host, main)
        return main

    def _over(self, host: QWidget, main: NoticeStack) -> NoticeStack:
        if host is main.host.window() or host.windowType() is not Qt.WindowType.Window:
            return main
        for stack in self._others:
            if stack.host is host:
                return stack
        stack = NoticeStack(host, self)
        stack.closing.connect(lambda: self._leave(stack))
        self._others.append(stack)
        return stack

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """Between two windows, as after a dialog, none is active: the one before counts."""
        del before
        host = _outermost(now)
        if host is not None and (not self._recent or self._recent[0] is not host):
            self._recent = [host, *(one for one in self._recent if one is not host)][:_RECENT]

    def _leave(self, stack: NoticeStack) -> None:
        """A window goes: what nobody has dismissed there is to be seen in the next one."""
        self._others.remove(stack)
        self._recent = [one for one in self._recent if one is not stack.host]
        if self._main is not None and self._main.stands:
            stack.host.hide()
            stack.hand_over(self._in_use(self._main))
        stack.deleteLater()

    def _tell(
        self,
        kind: str,
        text: str,
        hint: str = "",
        details: str = "",
        action: Action | None = None,
    ) -> None:
        if self._main is None:
            self._waiting.append((kind, text, hint, details, action))
            return
        stack = self._in_use(self._main)
        if any(card.text == text and card.kind == kind for card in stack.cards):
            return
        card = Notice(stack.host, kind, text, hint)
        if action is not None:
            card.add_button(*action)
            card.offers = True
        if details:
            card.add_details(details)
        if kind in ("info", "ok"):
            card.fade(_FADES_AFTER)
        stack.take(card)
        event = QtGui.QAccessibleAnnouncementEvent(card, f"{text} {hint}".strip())
        QtGui.QAccessible.updateAccessibility(event)


def _outermost(widget: QWidget | None) -> QWidget | None:
    """The window a widget is in; dialogs belong to one, and presentations, whose audience reads no
    messages.
    """
    *_, outermost = [None, *outwards(widget)]
    return outermost
