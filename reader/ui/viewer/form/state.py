"""What is known of a form, and what the reader has entered; no Qt."""

from __future__ import annotations

from collections.abc import Mapping

from reader.domain.value import dataclass
from reader.pdf.protocol import FormField

OFF = "Off"
BUTTONS = ("checkbox", "radio")  # kinds of fields that are ticked
_FILLABLE = ("text", "checkbox", "radio", "choice")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry, to be taken back: the value before and after, None for the file's own."""

    field: str
    before: str | None
    after: str | None


def fillable(field: FormField) -> bool:
    """Whether a field takes an entry."""
    return field.kind in _FILLABLE and not field.read_only


class FormState:
    """Fields by page, entries by the names of their fields."""

    def __init__(self) -> None:
        self.pages: dict[int, tuple[FormField, ...]] = {}
        self.entries: dict[str, str] = {}
        self.steps: list[Step] = []
        self._copied: dict[str, str] = {}  # the entries that are in a copy already

    def value(self, field: FormField) -> str:
        """The value to show: what was entered, else the file's."""
        return self.entries.get(field.name, field.value)

    def is_on(self, field: FormField) -> bool:
        """Whether a checkbox or radio button is ticked."""
        return self.value(field) == field.state != OFF

    def changed(self, field: FormField) -> bool:
        """Whether the page does not show the field's value by itself."""
        return field.name in self.entries and self.entries[field.name] != field.value

    def enter(self, field: FormField, value: str) -> Step | None:
        """Take an entry; None when it changes nothing."""
        if value == self.value(field):
            return None
        step = Step(field.name, self.entries.get(field.name), value)
        self._put(field.name, value)
        self.steps.append(step)
        return step

    def toggled(self, field: FormField) -> str:
        """The value after a click on a checkbox or radio button."""
        if field.kind == "checkbox" and self.is_on(field):
            return OFF
        return field.state

    def undo(self) -> Step | None:
        """Take the last entry back; the step it was."""
        if not self.steps:
            return None
        step = self.steps.pop()
        self._put(step.field, step.before)
        return step

    def empty(self) -> list[str]:
        """Forget every entry; the names of the fields that had one."""
        names = list(self.entries)
        self.steps.extend(Step(name, self.entries[name], None) for name in names)
        self.entries.clear()
        return names

    def take(self, entries: Mapping[str, str]) -> None:
        """Take over what was entered another time; what was entered since goes first."""
        self.entries = dict(entries) | self.entries

    def values(self) -> dict[str, str]:
        """What a copy must be filled with."""
        own = {field.name: field.value for fields in self.pages.values() for field in fields}
        return {name: value for name, value in self.entries.items() if own.get(name) != value}

    def copied(self, values: Mapping[str, str]) -> None:
        """These values are in a copy."""
        self._copied = dict(values)

    @property
    def unsaved(self) -> int:
        """How many entries are in no copy yet."""
        return sum(self._copied.get(name) != value for name, value in self.values().items())

    def field_at(self, page: int, x: float, y: float) -> FormField | None:
        """The field under a point of a page that takes an entry."""
        for field in reversed(self.pages.get(page, ())):
            x0, y0, x1, y1 = field.rect
            if x0 <= x <= x1 and y0 <= y <= y1 and fillable(field):
                return field
        return None

    def neighbour(
        self, page: int, field: FormField | None, by: int
    ) -> tuple[int, FormField] | None:
        """The field before or after one, over the pages that are known."""
        places = [
            (number, one)
            for number in sorted(self.pages)
            for one in self.pages[number]
            if fillable(one)
        ]
        if field is None:
            after = [place for place in places if place[0] >= page]
            return (after or places or [None])[0]
        at = next((i for i, place in enumerate(places) if place == (page, field)), None)
        if at is None or not 0 <= at + by < len(places):
            return None
        return places[at + by]

    def in_group(self, page: int, field: FormField, by: int) -> tuple[int, FormField]:
        """The radio button before or after one among those of its name, round their ends."""
        group = [
            (number, one)
            for number in sorted(self.pages)
            for one in self.pages[number]
            if one.name == field.name and fillable(one)
        ]
        return group[(group.index((page, field)) + by) % len(group)]

    def _put(self, name: str, value: str | None) -> None:
        if value is None:
            self.entries.pop(name, None)
        else:
            self.entries[name] = value
