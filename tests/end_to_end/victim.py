"""A process that writes into a library and says what has reached the disk, until it is killed.

python victim.py notes|import|attach LIBRARY WORK_FOLDER
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from reader.domain.paper import Note, Paper
from reader.library import papers
from reader.library.schema import migrate
from reader.library.writing import Writer
from reader.services import editing, importing
from reader.services.attaching import attach
from reader.services.importing import Plan, Planned
from reader.services.pdf_facts import PdfFacts


def say(*words: object) -> None:
    """Acknowledge something, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def write_notes(writer: Writer, paper: str) -> None:
    """Save a growing note for ever, as the editor does while one types."""
    note, batch = "", ""
    for number in itertools.count(1):
        text = f"word{number} " + "typed " * (number % 50)
        note, changes = editing.save_note(writer, paper, note, text, batch)
        batch = changes.batch
        say("saved", number)
        if number % 3 == 0:
            for _ in writer.catch_up():
                pass


def write_papers(writer: Writer) -> None:
    """Import one long list after the other, in short transactions."""
    for round_number in itertools.count():
        items = tuple(
            Planned("list", Paper(title=f"Generated paper {round_number} number {i}"), "add")
            for i in range(3000)
        )
        done = 0
        for progress in importing.commit(writer, Plan(items)):
            done = progress.done
            say("imported", round_number * 3000 + done)


def write_files(writer: Writer, paper: str, work: Path) -> None:
    """Attach one file after the other."""
    for number in itertools.count():
        file = work / f"{number}.pdf"
        file.write_bytes(b"%PDF-1.4\n" + str(number).encode() * 20_000)
        done = attach(writer, paper, file, lambda _: PdfFacts(pages=1))
        say("attached", done.uid)


def main() -> None:
    mode, library, work = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    writer = Writer(library, migrate)
    with writer.edit("First paper") as edit:
        paper = papers.add(edit, Paper(title="The paper with notes", notes=(Note(text="first"),)))
    say("paper", paper)
    match mode:
        case "notes":
            write_notes(writer, paper)
        case "import":
            write_papers(writer)
        case _:
            write_files(writer, paper, work)


if __name__ == "__main__":
    main()
