"""The colour, widths and tool that were used last: the same in all tabs, and after a restart."""

from __future__ import annotations

from reader.domain.marking import COLORS, PALETTE, Kind
from reader.ui.viewer.kept import Kept

_KINDS = tuple(Kind)
_NAMES = tuple(COLORS)
_PARTS = 100  # of a point; what is kept is a whole number
_MOST = 200 * _PARTS


class Habits:
    """Asked each time: another tab may have used something else meanwhile."""

    def __init__(self) -> None:
        self.kept = Kept()  # the window's, as soon as the page is in one
        self._own = ""  # a colour that is not of the palette is of this page alone

    @property
    def color(self) -> str:
        """The colour of what is marked next."""
        number = self.kept.number("annotate color", 0, len(_NAMES) - 1)
        return self._own or (PALETTE[0].name if number is None else _NAMES[number])

    @color.setter
    def color(self, color: str) -> None:
        self._own = "" if color in COLORS else color
        if color in COLORS:
            self.kept.put("annotate color", _NAMES.index(color))

    def size(self, kind: Kind) -> float:
        """The width of lines, or size of letters, points; 0.0 for the kind's own."""
        return (self.kept.number(f"annotate size {kind}", 1, _MOST) or 0) / _PARTS

    def set_size(self, kind: Kind, size: float) -> None:
        """Draw a kind with another width from now on."""
        self.kept.put(f"annotate size {kind}", round(size * _PARTS))

    @property
    def tool(self) -> Kind:
        """The tool that was in hand last."""
        return _KINDS[self.kept.number("annotate tool", 0, len(_KINDS) - 1) or 0]

    @tool.setter
    def tool(self, tool: Kind) -> None:
        self.kept.put("annotate tool", _KINDS.index(tool))
