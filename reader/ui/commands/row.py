"""One command: what it is called, where it stands, its keys, and what it calls."""

from __future__ import annotations

from reader.domain.value import dataclass


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name lupdate looks for
    """Mark a text to be translated where it is shown."""
    del context
    return text


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the table.

    `text` is marked with QT_TRANSLATE_NOOP("Commands", ...).  `target` names an
    object ("window", "library", "viewer") and `method` what is called on it,
    or on a part of it ("ruler.toggle").
    `menu` is the menu's name, "" for the palette alone; `group` changes put a
    separator.  `enabled` names a condition that must hold.  Keys without a
    modifier act only while no text is being edited.  `checkable` commands get
    the new state as their argument; `checked` names the condition that shows it.
    """

    id: str
    text: str
    target: str
    method: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    group: int = 0
    enabled: str = ""
    tip: str = ""
    checkable: bool = False
    checked: str = ""
