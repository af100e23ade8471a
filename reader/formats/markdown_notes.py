"""Notes from Markdown files: the reader's own from another program, or what `export` wrote.

The paper a note is about is told by its front matter (id, doi, arxiv, title),
else by its first heading, else by the file's name.  Of a file that this program
wrote only the part under "Notes" is the note.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from reader.domain.errors import InputError
from reader.domain.paper import Edition, Note, Paper, normal_arxiv, normal_doi
from reader.formats.base import Parsed
from reader.formats.text import decode, one_line, whole

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z][\w -]*):[ \t]*(.*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_OURS = re.compile(r"^## Notes[ \t]*\n(.*?)(?=^## Annotations[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_LOWERED = re.compile(r"^##(#{1,4} )", re.MULTILINE)
_STATE = re.compile(r"^state: (?:unread|reading|read)$", re.MULTILINE)
_LONGEST = 2000


class MarkdownNotes:
    """Reads one note from a Markdown file, as a draft of the paper it is about."""

    name = "notes"
    title = "Notes in Markdown"
    endings = (".md", ".markdown")

    def sniff(self, data: bytes, filename: str) -> bool:
        """Never: any text is Markdown, so this format is only read when it is asked for."""
        del data, filename
        return False

    def parse(self, data: bytes, filename: str) -> Parsed:
        text = whole(decode(data))
        front = _FRONT.match(text)
        facts = _facts(front[1]) if front else {}
        body = text[front.end() :] if front else text
        heading = _TITLE.search(body)
        title = facts.get("title", [""])[0] or (heading[1] if heading else "")
        title = one_line(title or PurePath(filename).stem)[:_LONGEST]
        if not title:
            raise InputError("The note has no title and the file no name.", "Give it a heading.")
        note = _note(body, front[1] if front else "")
        if not note:
            raise InputError("The file holds no note.", "What stands under “Notes” is read.")
        identifiers = facts.get("doi", []) + facts.get("arxiv", []) + facts.get("arxiv_id", [])
        edition = Edition(
            doi=next((it for it in map(normal_doi, identifiers) if it), ""),
            arxiv_id=next((it for it in map(normal_arxiv, identifiers) if it), ""),
        )
        return Parsed(
            (
                Paper(
                    title,
                    facts.get("id", [""])[0],
                    editions=(edition,) if edition != Edition() else (),
                    notes=(Note(text=note),),
                ),
            )
        )


def _facts(front: str) -> dict[str, list[str]]:
    """The keys of front matter with their values: plain ones and lists of plain ones.

    Whatever else YAML may hold tells nothing about a paper and is passed over.
    """
    found: dict[str, list[str]] = {}
    key = ""
    for line in front.splitlines():
        if match := _KEY.match(line):
            key = match[1].strip().lower()
            inner = match[2].strip()
            values = inner[1:-1].split(",") if re.fullmatch(r"\[.*\]", inner) else [inner]
            found[key] = [value for it in values if (value := _plain(it))]
        elif key and (match := _ITEM.match(line)):
            found[key] += [value] if (value := _plain(match[1])) else []
    return {key: values for key, values in found.items() if values}


def _plain(text: str) -> str:
    text = text.strip()
    if text[:1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return text[1:-1].replace("''", "'") if re.fullmatch(r"'.*'", text) else text


def _note(body: str, front: str) -> str:
    ours = _OURS.search(body) if _STATE.search(front) else None
    if ours:
        return _LOWERED.sub(r"\1", ours[1]).strip("\n")
    if _STATE.search(front) and "\nid: " in f"\n{front}":
        return ""  # written by this program, of a paper without notes
    return body.strip("\n") if body.strip() else ""
