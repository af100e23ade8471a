"""The feature "view": its methods are what the rows call."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from reader.pdf.protocol import Rotation
from reader.ui.commands.row import Command
from reader.ui.page_themes import AUTO, PageThemes
from reader.ui.viewer.arrangement import TURNS, Arrangement, Trim
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.view.rows import COLORS, GROUPS, LAYOUTS, ROWS


class ViewFeature(Feature):
    """Layouts, rotation, margins and colours of the pages."""

    name: ClassVar[str] = "view"
    rows: ClassVar[tuple[Command, ...]] = ROWS

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self._canvas = page.canvas
        self._pages: PageThemes = page.canvas.theme.pages
        self._actions: dict[str, QAction] = {}
        self.menu = self._make_menu()
        page.bar.view.setMenu(self.menu)
        self._canvas.arranged.connect(self._tell)
        self._pages.changed.connect(self._tell)

    def conditions(self) -> dict[str, bool]:
        now = self._canvas.arrangement
        two = now.columns == 2
        found = {
            "continuous": not two and not now.paged,
            "single": not two and now.paged,
            "two_odd": two and not now.cover,
            "two_even": two and now.cover,
            "scroll_on": not now.paged,
            "right_to_left": now.right_to_left,
            "trim_page": now.trim == "page",
            "trim_all": now.trim == "all",
        }
        found |= {name: self._pages.choice == name for name in map(_name, COLORS)}
        return {f"view_{name}": holds for name, holds in found.items()}

    # -- layouts

    def continuous(self, on: bool = True) -> None:
        del on
        self._arrange(columns=1, cover=False, paged=False)

    def single(self, on: bool = True) -> None:
        del on
        self._arrange(columns=1, cover=False, paged=True)

    def two_odd(self, on: bool = True) -> None:
        del on
        self._arrange(columns=2, cover=False)

    def two_even(self, on: bool = True) -> None:
        del on
        self._arrange(columns=2, cover=True)

    def scroll_on(self, on: bool) -> None:
        """Scroll through all pages, or turn them over one by one."""
        self._arrange(paged=not on)

    def right_to_left(self, on: bool) -> None:
        self._arrange(right_to_left=on)

    def turn_right(self) -> None:
        self._turn(1)

    def turn_left(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        turn: Rotation = TURNS[(TURNS.index(self._canvas.arrangement.rotation) + by) % len(TURNS)]
        self._arrange(rotation=turn)

    # -- margins

    def fit_text(self) -> None:
        """Make the text as wide as the view."""
        self._canvas.set_zoom("text")

    def trim_page(self, on: bool) -> None:
        self._trim("page" if on else "off")

    def trim_all(self, on: bool) -> None:
        self._trim("all" if on else "off")

    def _trim(self, trim: Trim) -> None:
        self._arrange(trim=trim)

    def _arrange(self, **changes: Any) -> None:
        if self.page.pdf is not None:
            now: Arrangement = self._canvas.arrangement
            self._canvas.arrange(replace(now, **changes))
        self._tell()  # a choice that was pressed again stays chosen

    # -- colours

    def original(self, on: bool = True) -> None:
        del on
        self._color("original")

    def dark(self, on: bool = True) -> None:
        del on
        self._color("dark")

    def sepia(self, on: bool = True) -> None:
        del on
        self._color("sepia")

    def own(self, on: bool = True) -> None:
        del on
        self._color("own")

    def auto(self, on: bool = True) -> None:
        """Pages like the window: dark in the dark."""
        del on
        self._color(AUTO)

    def cycle_colors(self) -> None:
        self._pages.cycle()
        self._tell()

    def _color(self, choice: str) -> None:
        self._pages.want(choice)
        self._tell()

    # -- the menu

    def _make_menu(self) -> QMenu:
        menu = QMenu(self.page)
        for number, group in enumerate(GROUPS):
            if number:
                menu.addSeparator()
            choices = QActionGroup(menu) if group in (LAYOUTS, COLORS) else None
            for row in group:
                action = menu.addAction(_text(row))
                action.setCheckable(row.checkable)
                call = attrgetter(_name(row))(self)
                action.triggered.connect(call if row.checkable else lambda _, call=call: call())
                if choices is not None:
                    choices.addAction(action)
                self._actions[_name(row)] = action
        menu.aboutToShow.connect(self._check)
        return menu

    def _check(self) -> None:
        found = self.conditions()
        for name, action in self._actions.items():
            if action.isCheckable():
                action.setChecked(found[f"view_{name}"])

    def _tell(self) -> None:
        self.page.conditionsChanged.emit(self.page.conditions())


def _name(row: Command) -> str:
    """The method's name."""
    return row.method.rpartition(".")[2]


def _text(row: Command) -> str:
    text = QCoreApplication.translate("Commands", row.text)
    return f"{text}\t{row.keys[0]}" if row.keys else text
