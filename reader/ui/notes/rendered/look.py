"""The fonts, colours and distances of a rendered note."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat

from reader.domain.value import dataclass
from reader.ui.notes.markdown_style import MONOSPACE
from reader.ui.theme import Theme

_SCALE = {1: 1.6, 2: 1.35, 3: 1.15, 4: 1.0, 5: 1.0, 6: 1.0}
_LINE = 145  # percent
# Between lines and not in proportion to them: a line with a formula is no higher than it must be.
DISTANCE = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def leading(font: QFont, percent: int) -> int:
    """The pixels between lines that are so many percent of their height apart."""
    return round(QFontMetricsF(font).height() * (percent - 100) / 100)


@dataclass(frozen=True, slots=True)
class Look:
    """Everything is in relation to the size of the text, in pixels."""

    theme: Theme
    font: QFont
    size: int

    @property
    def step(self) -> int:
        """How far lists and quotes stand in, in pixels a level."""
        return round(self.size * 1.7)

    def sized(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """The text's font in another size."""
        font = QFont(self.font)
        font.setPixelSize(round(self.size * scale))
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def text(self) -> QTextCharFormat:
        """The format of plain words."""
        form = QTextCharFormat()
        form.setFont(self.sized())
        form.setForeground(self.theme.color("text"))
        return form

    def heading(self, level: int) -> QTextCharFormat:
        form = self.text()
        form.setFont(self.sized(_SCALE[level], bold=True))
        if level > 4:
            form.setForeground(self.theme.color("muted"))
        return form

    def code(self, form: QTextCharFormat, *, block: bool = False) -> None:
        """Make a format one of code."""
        form.setFontFamilies(MONOSPACE)
        form.setProperty(QTextCharFormat.Property.FontPixelSize, round(self.size * 0.92))
        if not block:
            form.setBackground(QBrush(self.theme.color("hover")))

    def block(self, *, depth: int = 0, above: float = 0.0, below: float = 0.6) -> QTextBlockFormat:
        """The format of a paragraph; distances in sizes of the text."""
        form = QTextBlockFormat()
        form.setLineHeight(leading(self.sized(), _LINE), DISTANCE)
        form.setTopMargin(self.size * above)
        form.setBottomMargin(self.size * below)
        form.setLeftMargin(depth * self.step)
        return form

    @staticmethod
    def thin() -> QTextBlockFormat:
        """The format of the empty lines that Qt needs around frames and tables."""
        form = QTextBlockFormat()
        form.setLineHeight(1, _FIXED)
        return form
