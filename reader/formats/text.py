"""Bytes to text, and the text repairs that every format needs."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from reader.domain.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What no text file holds: YAML forbids it, and with a NUL a file is taken for a binary one.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, or UTF-16 with one; lines end in "\\n".

    Raises `InputError` for an empty file, a PDF, another binary file, or another encoding.
    """
    if not data.strip():
        raise InputError("The file is empty.", "Choose a file that holds papers.")
    if b"%PDF-" in data[:1024]:
        raise InputError("The file is a PDF, not a list of papers.", "Add it as a PDF instead.")
    start, encoding = next(
        ((len(bom), name) for bom, name in _BOMS if data.startswith(bom)), (0, "utf-8")
    )
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and _looks_binary(data.decode("latin-1")):
            raise _binary() from None
        raise InputError(
            f"The file is not {encoding.upper()} text: byte {error.start + start + 1} does not "
            "fit that encoding.",
            "Save it again as UTF-8.",
            str(error),
        ) from None
    if _looks_binary(text):
        raise _binary()
    if not text.strip():
        raise InputError("The file is empty.", "Choose a file that holds papers.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks_binary(text: str) -> bool:
    sample = text[:100_000]
    return "\0" in sample or len(_CONTROL.findall(sample)) * 50 > len(sample)


def _binary() -> InputError:
    return InputError("The file is binary, not text.", "Choose a saved page or an exported file.")


def whole(text: str) -> str:
    """The text with lone surrogates replaced: no encoding and no database holds them."""
    return _SURROGATE.sub("\ufffd", text)


def printable(text: str) -> str:
    """The text as a text file may hold it: controls besides tab and line ends are U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", whole(text))


def one_line(text: str) -> str:
    """The text on one line, white space collapsed."""
    return " ".join(text.split())


def load_json(text: str) -> Any:
    """The value of a JSON text; floats stay text, as 2401.10010 may be an arXiv id.

    NaN and infinities become None, integers of more than 18 digits stay text.
    Raises `InputError` when the text is not JSON, is cut off or nested too deep.
    """
    try:
        return json.loads(
            text, parse_float=str, parse_int=_integer, parse_constant=lambda _name: None
        )
    except RecursionError:
        raise InputError(
            "The JSON file is nested too deep to be a list of papers.", "Choose another file."
        ) from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise InputError(
            f"The file is not whole JSON: it cannot be read from line {line} on.",
            "It may be cut off; save or download it again.",
            str(error),
        ) from None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= 18 else digits


def is_safe(path: str) -> bool:
    """Whether a path names a file plainly: an export gives absolute paths, nothing climbs up.

    Whoever copies the file compares its content with the stated hash first.
    """
    return not re.search(r"\0|(?:^|[/\\])\.\.(?:[/\\]|$)", path)
