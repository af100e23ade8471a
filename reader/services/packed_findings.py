"""Findings as bytes, to be kept beside a document's text; and back.

What comes back is checked against the fields' own types: a damaged or crafted
store gives a ValueError, never a value of another kind.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reader import __version__
from reader.pdf.packing import FORMAT
from reader.pdf.structure import RULES
from reader.pdf.text import clean
from reader.services.findings import Findings

# Findings made by any other text, rules or program are not taken over.
MADE_BY = f"{__version__} {FORMAT} {RULES}"

_LARGEST = 64 << 20
_BROKEN = (zlib.error, KeyError, TypeError, IndexError, OverflowError, RecursionError)
_Check = Callable[[Any], Any]


def pack(findings: Findings) -> bytes:
    """Findings, small enough to be kept."""
    text = json.dumps(_plain(findings), separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), 3)


def unpack(data: bytes, pages: int) -> Findings:
    """Findings that were packed, of a document of so many pages; ValueError when damaged."""
    try:
        inflater = zlib.decompressobj()
        text = inflater.decompress(data, _LARGEST)
        if not inflater.eof:
            raise ValueError("not whole")
        return _checked(Findings, pages)(json.loads(text))
    except _BROKEN as error:
        raise ValueError(str(error)) from error


def _plain(value: Any) -> Any:
    """Values as lists of their fields, mappings as lists of pairs."""
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache
def _parts(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a value with their types."""
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _checked(kind: Any, pages: int) -> _Check:
    """What makes a value of a type from plain JSON, or raises."""
    origin, of = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        checks = [
            partial(_page, pages, check) if name == "page" else check
            for name, part in _parts(kind)
            for check in (_checked(part, pages),)
        ]
        return lambda plain: kind(*_each(checks, plain))  # pyright: ignore[reportCallIssue]
    if origin in (Union, UnionType):
        some = _checked(next(part for part in of if part is not NoneType), pages)
        return lambda plain: None if plain is None else some(plain)
    if origin is tuple and of[-1] is Ellipsis:
        item = _checked(of[0], pages)
        return lambda plain: tuple(item(one) for one in _list(plain))
    if origin is tuple:
        checks = [_checked(part, pages) for part in of]
        return lambda plain: tuple(_each(checks, plain))
    if origin is Literal:
        return partial(_one_of, of)
    if origin is not None and issubclass(origin, Mapping):
        pair = (partial(_page, pages, _checked(of[0], pages)), _checked(of[1], pages))
        return lambda plain: dict(tuple(_each(pair, one)) for one in _list(plain))
    return partial(_simple, kind)


def _list(plain: Any) -> list[Any]:
    if type(plain) is not list:
        raise ValueError("not a list")
    return plain


def _each(checks: Any, plain: Any) -> list[Any]:
    return [check(one) for check, one in zip(checks, _list(plain), strict=True)]


def _page(pages: int, check: _Check, plain: Any) -> Any:
    number = check(plain)
    if number is not None and not 0 <= number < pages:
        raise ValueError("not a page")
    return number


def _one_of(allowed: tuple[Any, ...], plain: Any) -> Any:
    if plain not in allowed:
        raise ValueError("out of range")
    return plain


def _simple(kind: Any, plain: Any) -> Any:
    """A number, a text or a truth value, of exactly this type."""
    if kind is float and type(plain) is int:
        return float(plain)
    if type(plain) is not kind or (kind is float and not math.isfinite(plain)):
        raise ValueError(f"not {kind.__name__}")
    return clean(plain) if kind is str else plain
