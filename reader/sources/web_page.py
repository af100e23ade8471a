"""Any page of the web: what it calls itself."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

ACCEPT = "text/html,application/xhtml+xml;q=0.9"
ENOUGH = 300_000  # bytes: a title stands near the beginning
_LONGEST = 300  # characters
_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EARLY = 4096  # bytes in which a page declares its encoding
# Encodings of Python that are no encodings of pages.
_STRANGE = re.compile(r"(?:idna|punycode|undefined|.*escape|mbcs|oem|utf_7)", re.IGNORECASE)
_TAG = re.compile(r"<(!--|script\b|style\b|svg\b|noscript\b|title\b[^>]{0,300}>)", re.IGNORECASE)


def is_page(content_type: str) -> bool:
    """Whether an answer's Content-Type is that of a page, or says nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    return not kind or kind in _PAGES


def parse(body: bytes, content_type: str = "") -> str:
    """The title of a page in one line; "" for a page without one.

    Takes time in proportion to the bytes, whatever they are.
    """
    text = _decoded(body, content_type)
    lower = text.lower()
    if len(lower) != len(text):  # a letter or two grow in lower case, and places must agree
        lower = "".join(sign if len(sign.lower()) > 1 else sign.lower() for sign in text)
    at = 0
    while tag := _TAG.search(lower, at):
        name = tag[1].rstrip(">").split()[0]
        if name == "title":
            end = lower.find("</title", tag.end())
            return _clean(text[tag.end() : end if end >= 0 else tag.end() + _LONGEST])
        ending = "-->" if name == "!--" else f"</{name}"
        at = lower.find(ending, tag.end())
        if at < 0:
            return ""
    return ""


def _decoded(body: bytes, content_type: str) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    early = body[:_EARLY]
    declared = _XML.match(early) or _DECLARED.search(early)
    said = _CHARSET.search(content_type)
    for name in (
        said[1] if said else "",
        declared[1].decode("ascii", "replace") if declared else "",
    ):
        if found := _known(name):
            return body.decode(found, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut in the middle of a letter, it is UTF-8 all the same.
        if error.start >= len(body) - 3:
            return body.decode("utf-8", "ignore")
        return body.decode("cp1252", "replace")


def _known(name: str) -> str:
    """The codec of a declared encoding; "" for none.  What calls itself Latin-1 is Windows' own."""
    try:
        found = codecs.lookup(name).name if name else ""
        b"x".decode(found or "utf-8", "replace")
    except (LookupError, ValueError):
        return ""
    if _STRANGE.fullmatch(found.replace("-", "_")):
        return ""
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _clean(text: str) -> str:
    """One line of what is seen: no controls, no marks that turn the text around."""
    shown = html.unescape(text[: 10 * _LONGEST])
    kept = "".join(c if not _is_hidden(c) else " " if c.isspace() else "" for c in shown)
    return " ".join(kept.split())[:_LONGEST].strip()


def _is_hidden(sign: str) -> bool:
    # Joiners (Cf) make letters and emoji; the other marks of format turn text around.
    return (
        unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        and sign not in "\u200c\u200d"
    )
