"""Chips that filter a list of annotations: the colours and kinds that occur in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from reader.domain.marking import COLORS, PALETTE, Kind
from reader.ui import icons
from reader.ui.viewer.annotate.rows import ICONS, kind_name
from reader.ui.viewer.annotate.swatches import SIDE, swatch
from reader.ui.widgets.flow import Flow
from reader.ui.widgets.tips import tip

OTHER = "other"  # stands for every colour that is not of the palette


class Chips(QWidget):
    """One button a colour and a kind; those that are down are asked for, none asks for all."""

    changed = Signal()

    def __init__(self, named: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._named = named
        self._flow = Flow(self, gap=2)
        self._buttons: dict[str, QToolButton] = {}

    @property
    def colors(self) -> frozenset[str]:
        """The colours asked for, by their names; OTHER for all of no name."""
        return frozenset(name for name in (*COLORS, OTHER) if self._down(name))

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds asked for."""
        return frozenset(kind for kind in Kind if self._down(kind.value))

    def _down(self, name: str) -> bool:
        return name in self._buttons and self._buttons[name].isChecked()

    def offer(self, colors: Iterable[str], kinds: Iterable[Kind]) -> None:
        """Have a chip for each colour and kind, as far as there is a choice."""
        names = {color if color in COLORS else OTHER for color in colors}
        order = [name for name in (*(it.name for it in PALETTE), OTHER) if name in names]
        found = set(kinds)
        of_kinds = [kind for kind in Kind if kind in found]
        wanted = [*(order if len(order) > 1 else ())]
        wanted += [kind.value for kind in (of_kinds if len(of_kinds) > 1 else ())]
        wanted += [name for name, button in self._buttons.items() if button.isChecked()]
        wanted = list(dict.fromkeys(wanted))
        if wanted == list(self._buttons):
            return
        down = {name for name, button in self._buttons.items() if button.isChecked()}
        self._flow.clear()
        self._buttons = {name: self._chip(name, on=name in down) for name in wanted}
        self.setVisible(bool(wanted))
        self.updateGeometry()

    def _chip(self, name: str, *, on: bool) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("markChip")
        button.setProperty("kind", "flat")
        button.setCheckable(True)
        button.setChecked(on)
        button.setIconSize(QSize(SIDE, SIDE))
        if name in COLORS:
            button.setIcon(swatch(name))
        elif name == OTHER:
            icons.put(button, "page-colors")
        else:
            icons.put(button, ICONS[Kind(name)])
        self._name(button, name)
        button.toggled.connect(lambda _: self.changed.emit())
        self._flow.addWidget(button)
        button.show()
        return button

    def _name(self, button: QToolButton, name: str) -> None:
        text = self.tr("Other colours") if name == OTHER else ""
        text = text or (self._named(name) if name in COLORS else kind_name(Kind(name)))
        button.setToolTip(tip(text))
        button.setAccessibleName(self.tr("Only {}").format(text))

    def rename(self) -> None:
        """The colours mean something else by now."""
        for name, button in self._buttons.items():
            self._name(button, name)

    def clear(self) -> None:
        """Ask for all again."""
        for button in self._buttons.values():
            button.blockSignals(True)
            button.setChecked(False)
            button.blockSignals(False)
        self.changed.emit()
