"""`dataclass`, for which a class's methods are made when the first of them is used.

The standard library writes and compiles a class's `__init__`, `__eq__` and others where the
class is defined: half a millisecond each, and a start defines a hundred classes of which it
uses a few.  This one leaves the class with what makes them, and is in all else, to type
checkers too, the standard library's.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable
from dataclasses import Field, FrozenInstanceError, fields
from dataclasses import dataclass as _at_once
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["complete_some", "dataclass"]

_KEPT = ("__dict__", "__weakref__")  # of a class made anew with slots: made anew as well
_OWN = {"__eq__", "__hash__", "__init__", "__repr__", "__setattr__", "__slots__"}
_lock = threading.RLock()  # two threads may be the first to use a class
_waiting: list[Callable[[], None]] = []  # what completes the classes defined by now


class _Later:
    """Stands for what a class does not have yet; gone when the class is completed."""

    def __init__(self, name: str, complete: Callable[[], None]) -> None:
        self._name = name
        self._complete = complete

    def __get__(self, instance: object, owner: type) -> Any:
        self._complete()
        return getattr(owner if instance is None else instance, self._name)


def _lazily(
    cls: type | None = None,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    order: bool = False,
) -> Any:
    """The decorator; takes what of `dataclasses.dataclass` is in use."""
    if cls is None:
        return lambda cls: _lazily(cls, frozen=frozen, slots=slots, eq=eq, order=order)
    if not slots or order or not _is_plain(cls):
        return _at_once(cls, frozen=frozen, slots=slots, eq=eq, order=order)
    return _with_slots(cls, frozen, eq)


def _is_plain(cls: type) -> bool:
    """Whether nothing but ordinary fields is in a class, and no other class below it."""
    hints = inspect.get_annotations(cls)
    special = any("ClassVar" in str(hint) or "InitVar" in str(hint) for hint in hints.values())
    return bool(hints) and not special and cls.__bases__ == (object,) and not _OWN & {*vars(cls)}


def _with_slots(plain: type, frozen: bool, eq: bool) -> type:
    """The class anew, with slots, as far as it costs next to nothing."""
    space = {name: value for name, value in vars(plain).items() if name not in _KEPT}
    names = tuple(inspect.get_annotations(plain))
    defaults = {name: space.pop(name, None) for name in names}
    space["__slots__"] = names
    space["__match_args__"] = tuple(
        name for name, default in defaults.items() if not isinstance(default, Field) or default.init
    )
    made = ["__init__", "__repr__", "__dataclass_fields__", "__dataclass_params__"]
    if frozen:
        space.update(_FROZEN)
    if eq:
        made.append("__eq__")
        space["__hash__"] = None
        if frozen:
            made.append("__hash__")

    def complete() -> None:
        with _lock:
            if isinstance(vars(cls)["__init__"], _Later):
                whole = vars(_at_once(plain, frozen=frozen, eq=eq))
                # The first of them last: it is what another thread looks at.
                for name in reversed(made):
                    setattr(cls, name, whole[name])

    space |= {name: _Later(name, complete) for name in made}
    cls = type(plain)(plain.__name__, plain.__bases__, space)
    cls.__qualname__ = plain.__qualname__
    _waiting.append(complete)
    return cls


def complete_some(seconds: float) -> bool:
    """Complete classes nobody has used yet, for about so long; whether more are left.

    For a window at rest: the first document should not have to wait for its classes.
    """
    end = time.perf_counter() + seconds
    while _waiting and time.perf_counter() < end:
        _waiting.pop()()
    return bool(_waiting)


def _refuse_set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN: dict[str, Any] = {
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _lazily
