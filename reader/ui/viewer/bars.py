"""The scroll bars of a view: the whole document, also where only one row is open."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollBar

from reader.ui.viewer.camera import Camera

_MOST = 1 << 30  # a scroll bar counts in 32 bits
_ROW = 1000  # steps of the bar a row of a paged layout has


class Bars:
    """Shows on two scroll bars where a camera is, and moves it where they are."""

    def __init__(self, down: QScrollBar, across: QScrollBar) -> None:
        self._down = down
        self._across = across
        self.syncing = False

    def show(self, camera: Camera, line: int) -> None:
        """Follow the camera; `line` is a single step in device pixels."""
        self.syncing = True
        # An empty canvas has no size of its own, and no bar that would go with the first page.
        most = camera.canvas_width - camera.width if camera.layout.pages else 0
        self._across.setRange(0, most)
        self._across.setPageStep(camera.width)
        self._across.setSingleStep(line)
        self._across.setValue(camera.left)
        if camera.paged:
            self._show_row(camera)
        else:
            unit = _unit(camera)
            self._set_down(
                int((camera.canvas_height - camera.height) / unit),
                int(camera.height / unit),
                int(line / unit),
                int(camera.top / unit),
            )
        self.syncing = False

    def _show_row(self, camera: Camera) -> None:
        unit = _row_unit(camera)
        room = camera.canvas_height - camera.height
        part = round(camera.top / room * (unit - 1)) if room else 0
        most = max(camera.layout.rows * unit - 1 - (unit - 1 if not room else 0), 0)
        self._set_down(most, unit, max(unit // 8, 1), camera.row * unit + part)

    def _set_down(self, most: int, page: int, line: int, value: int) -> None:
        self._down.setRange(0, most)
        self._down.setPageStep(max(page, 1))
        self._down.setSingleStep(max(line, 1))
        self._down.setValue(value)

    def read(self, camera: Camera) -> None:
        """Move the camera to where the bars are."""
        if not camera.paged:
            camera.move(self._across.value(), self._down.value() * _unit(camera))
            return
        unit = _row_unit(camera)
        row, part = divmod(self._down.value(), unit)
        camera.row = min(row, max(camera.layout.rows - 1, 0))
        room = camera.canvas_height - camera.height
        camera.move(self._across.value(), room * part / max(unit - 1, 1))


def _unit(camera: Camera) -> float:
    """Device pixels a step of the bar."""
    return max(1.0, camera.canvas_height / _MOST)


def _row_unit(camera: Camera) -> int:
    return max(min(_ROW, _MOST // max(camera.layout.rows, 1)), 1)
