"""The formulas of notes and abstracts: asked for by their TeX, set on a worker, kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtSvg import QSvgRenderer

from reader.domain.tex import Formula
from reader.ui.notes.kit import Kit

_SETTER = "reader.services.setting_math"  # loaded on the worker: it takes a third of a second
_BATCH = 24  # formulas that are set before any is shown
_MOST = 2_000  # formulas that are kept
_WAITS = 60  # ms in which more formulas may arrive before what shows them is told

Key = tuple[str, bool]  # TeX, displayed


class Formulas(QObject):
    """All formulas of a window."""

    arrived = Signal()  # some that were wanted are set, or will never be

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._known: OrderedDict[Key, Formula | None] = OrderedDict()
        self._wanted: list[Key] = []
        self._under_way: set[Key] = set()
        self._drawn: OrderedDict[tuple[Key, str], QSvgRenderer] = OrderedDict()
        self._telling = QTimer(self, singleShot=True, interval=_WAITS)
        self._telling.timeout.connect(self.arrived)

    def get(self, tex: str, *, display: bool) -> Formula | None:
        """A formula if it is set; if it was never asked for it is going to be set."""
        key = (tex, display)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._under_way and key not in self._wanted:
            self._wanted.append(key)
            self._ask()
        return None

    def renderer(self, tex: str, color: str, *, display: bool) -> QSvgRenderer | None:
        """What draws a formula that is set, in a colour "#rrggbb"."""
        formula = self.get(tex, display=display)
        if formula is None:
            return None
        name = ((tex, display), color)
        found = self._drawn.get(name)
        if found is None:
            svg = formula.svg.replace(b'"black"', f'"{color}"'.encode())
            found = self._drawn[name] = QSvgRenderer(QByteArray(svg), self)
            while len(self._drawn) > _MOST:
                self._drawn.popitem(last=False)[1].deleteLater()
        self._drawn.move_to_end(name)
        return found

    @property
    def busy(self) -> bool:
        """Whether some formulas are still to be set."""
        return bool(self._wanted or self._under_way)

    def _ask(self) -> None:
        if self._under_way or not self._wanted:
            return
        batch, self._wanted = self._wanted[:_BATCH], self._wanted[_BATCH:]
        self._under_way = set(batch)

        def done(formulas: list[Formula | None]) -> None:
            self._under_way = set()
            self._known.update(zip(batch, formulas, strict=True))
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
            self._ask()
            if not self._telling.isActive():
                self._telling.start()

        self._kit.read(
            _set, batch, then=done, failed=lambda _error: done([None] * len(batch)), owner=self
        )


def _set(batch: list[Key]) -> list[Formula | None]:
    setter: Callable[[list[Key]], list[Formula | None]] = import_module(_SETTER).set_formulas
    return setter(batch)
