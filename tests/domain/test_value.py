"""Classes whose methods come later are what the standard library's are."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
import threading
from dataclasses import FrozenInstanceError, asdict, astuple, field, replace
from typing import Any, ClassVar

import pytest

from reader.domain.value import complete_some, dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: float
    y: float = 0.0
    names: list[str] = field(default_factory=list, hash=False)
    known: list[int] = field(default_factory=list, init=False, repr=False, hash=False)

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("left of all")

    @property
    def sum(self) -> float:
        return self.x + self.y


@dataclasses.dataclass(frozen=True, slots=True)
class Model:
    """A place."""

    x: float
    y: float = 0.0
    names: list[str] = field(default_factory=list, hash=False)
    known: list[int] = field(default_factory=list, init=False, repr=False, hash=False)


@dataclass(slots=True)
class Open:
    value: int = 1


@dataclass(slots=True, eq=False)
class Same:
    value: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    value: int = 1


@dataclass(frozen=True, slots=True)
class Special:
    name: ClassVar[str] = "special"
    value: int = 1


def fresh(**options: bool) -> Any:
    """A class of which nothing was used."""
    return dataclass(type("Fresh", (), {"__annotations__": {"x": "int"}, "x": 3}), **options)


def test_values_are_made_compared_and_shown_as_the_standard_librarys() -> None:
    # GIVEN a value and its like
    point, model = Point(1.0, y=2.0), Model(1.0, y=2.0)

    # THEN they behave alike
    assert repr(point) == repr(model).replace("Model", "Point")
    assert point == Point(1.0, 2.0) and point != Point(1.0) and point != model
    assert hash(point) == hash(Point(1.0, 2.0)) == hash((1.0, 2.0))
    assert point.sum == 3.0 and point.names == [] and point.names is not Point(1.0).names
    assert Point.__slots__ == Model.__slots__ and Point.__match_args__ == Model.__match_args__
    assert Point.__doc__ == "A place." and not hasattr(point, "__dict__")
    with pytest.raises(ValueError, match="left"):
        Point(-1.0)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # pyright: ignore[reportCallIssue]


def test_a_frozen_value_stays_as_it_is() -> None:
    point = Point(1.0)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2.0  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FrozenInstanceError):
        point.z = 2.0  # pyright: ignore[reportAttributeAccessIssue]


def test_the_standard_librarys_functions_know_the_values() -> None:
    point = Point(1.0, 2.0, ["a"])
    assert replace(point, y=5.0) == Point(1.0, 5.0, ["a"])
    assert asdict(point) == {"x": 1.0, "y": 2.0, "names": ["a"], "known": []}
    assert astuple(point) == (1.0, 2.0, ["a"], [])
    assert [each.name for each in dataclasses.fields(Point)] == ["x", "y", "names", "known"]
    assert dataclasses.is_dataclass(fresh(slots=True))
    assert list(inspect.signature(fresh(slots=True)).parameters) == ["x"]
    assert pickle.loads(pickle.dumps(point)) == point == copy.deepcopy(point)
    match point:
        case Point(x, y):
            assert (x, y) == (1.0, 2.0)


def test_open_and_other_classes_are_the_standard_librarys_too() -> None:
    one = Open()
    one.value = 2
    assert one == Open(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    assert Same() != Same() and len({Same(), Same()}) == 2
    assert Ordered(1) < Ordered(2)
    assert Special(3).value == 3 and Special.name == "special"


@pytest.mark.parametrize("use", [lambda cls: cls(), hash, repr, dataclasses.fields])
def test_whatever_of_a_class_is_used_first_completes_it(use: Any) -> None:
    # GIVEN a class of which nothing was used, and one made another way than by its own call
    cls = fresh(frozen=True, slots=True)
    made = object.__new__(cls)
    object.__setattr__(made, "x", 3)

    # WHEN something of it is asked for
    use(cls if use is not repr and use is not hash else made)

    # THEN the rest is there
    assert cls() == made == cls(3) and repr(made) == "Fresh(x=3)" and hash(made) == hash((3,))


def test_a_class_is_completed_once_when_many_threads_are_the_first() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            # GIVEN a class with a default that the standard library takes away as it works
            cls = dataclass(
                type(
                    "Fresh",
                    (),
                    {"__annotations__": {"x": "list"}, "x": field(default_factory=list)},
                ),
                slots=True,
            )
            found: list[Any] = []

            # WHEN several threads use it at once
            threads = [
                threading.Thread(target=lambda cls=cls, found=found: found.append(cls()))
                for _ in range(4)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

            # THEN each has its value
            assert found == [cls([])] * 4
    finally:
        sys.setswitchinterval(before)


def test_classes_can_be_completed_before_they_are_used() -> None:
    # GIVEN a class of which nothing was used
    made = fresh(frozen=True, slots=True)
    before = vars(made)["__init__"]
    # WHEN there is time
    while complete_some(1.0):
        continue
    # THEN its methods are made, and nothing is left to do
    assert vars(made)["__init__"] is not before
    assert inspect.isfunction(vars(made)["__init__"])
    assert not complete_some(1.0)
