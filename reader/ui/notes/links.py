"""Links of a note: where they lead, and which of them may be opened at all."""

from __future__ import annotations

import re

# What leads out of the program, after a click; all else is shown and not opened.
OUTWARD = ("https:", "http:", "mailto:", "doi:")
INWARD = ("paper-reader:",)  # a place in the library, opened by the program itself

# An address as it stands between words, without the point or bracket after it.
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]|doi:10\.\d{4,9}/[^\s<>\"]*\w")
WIKI = re.compile(r"\[\[[^\[\]\n]+\]\]")
_LINK = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]\(((?:[^()\\\s]|\\.|\([^()\s]*\))*)[^)]*\)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WHOLE = re.compile(r"(?:https?://|doi:10\.)\S+")


def target_at(line: str, place: int) -> str:
    """Where the link at a place of a line leads; "" where there is none.

    An address, "[[name]]" as it is written, or what stands between a link's brackets.
    """
    for pattern in (WIKI, _LINK, ADDRESS):
        for found in pattern.finditer(line):
            if found.start() <= place < found.end():
                return found[found.re.groups]
    return ""


def bare(line: str) -> list[tuple[int, int]]:
    """Where the web addresses of a line are that are no link yet."""
    taken = [found.span() for found in _LINK.finditer(line)]
    return [
        found.span()
        for found in ADDRESS.finditer(line)
        if not any(start <= found.start() < end for start, end in taken)
    ]


def is_address(text: str) -> bool:
    """Whether a text is one web address and nothing else."""
    return _WHOLE.fullmatch(text.strip()) is not None


def may_lead(target: str) -> bool:
    """Whether a link may be clicked at all: outward, inward, or to a name without a scheme."""
    scheme = _SCHEME.match(target.strip())
    if scheme is None:
        return not target.startswith(("//", "\\\\"))
    return scheme[0].lower() in (*OUTWARD, *INWARD)


def leads_out(target: str) -> bool:
    """Whether a link is for the browser or the mail program."""
    return target.strip().lower().startswith(OUTWARD)


def outward(target: str) -> str:
    """The address to open; "doi:" becomes one of doi.org."""
    bare = target.strip()
    return f"https://doi.org/{bare[4:]}" if bare.lower().startswith("doi:") else bare
