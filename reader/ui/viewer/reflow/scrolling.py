"""The keys that scroll the text, the same as those that scroll the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider

_Step = QAbstractSlider.SliderAction
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_STEPS = {
    (Qt.Key.Key_PageDown, False): _Step.SliderPageStepAdd,
    (Qt.Key.Key_PageUp, False): _Step.SliderPageStepSub,
    (Qt.Key.Key_Space, False): _Step.SliderPageStepAdd,
    (Qt.Key.Key_Space, True): _Step.SliderPageStepSub,
    (Qt.Key.Key_J, False): _Step.SliderSingleStepAdd,
    (Qt.Key.Key_Down, False): _Step.SliderSingleStepAdd,
    (Qt.Key.Key_K, False): _Step.SliderSingleStepSub,
    (Qt.Key.Key_Up, False): _Step.SliderSingleStepSub,
    (Qt.Key.Key_Home, False): _Step.SliderToMinimum,
    (Qt.Key.Key_End, False): _Step.SliderToMaximum,
}


def scroll_step(event: QKeyEvent) -> QAbstractSlider.SliderAction | None:
    """What a key does to the scroll bar; None for a key that does something else."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ends = event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
    if modifiers & ~_SHIFT and not (ends and modifiers == _CTRL):
        return None
    return _STEPS.get((Qt.Key(event.key()), bool(modifiers & _SHIFT)))
