"""What the engine says when a request fails: one sentence on what, one on what to do."""

from __future__ import annotations

from pathlib import Path

from reader.pdf.child import ChildError, Reply
from reader.pdf.protocol import (
    PdfCrashed,
    PdfEncrypted,
    PdfFailure,
    PdfMemory,
    PdfQuarantined,
    PdfRefused,
    PdfTimeout,
)

_WHOLE = "The library and the file itself are unchanged."


def of_reply(reply: Reply, stage: str, page: int | None) -> PdfFailure:
    """The error a child answered with."""
    match reply.error:
        case "encrypted":
            return encrypted(stage, wrong=False)
        case "wrong_password":
            return encrypted(stage, wrong=True)
        case "memory":
            return PdfMemory(
                f"{_place(stage, page)} needs more memory than one file may have.",
                _WHOLE,
                reply.reason,
                stage=stage,
                page=page,
            )
        case _:
            return refused(reply.reason, stage, page)


def refused(reason: str, stage: str, page: int | None = None) -> PdfFailure:
    """A sentence of our own is shown as it is; MuPDF's words go under the fold."""
    own = reason.endswith(".") and ":" not in reason
    message = reason if own else f"{_place(stage, page)} is damaged and cannot be read."
    hint = "Get the file again from where it came from." if stage == "open" else ""
    return PdfRefused(message, hint, "" if own else reason, stage=stage, page=page)


def nothing_to_draw(page: int) -> PdfFailure:
    """A scale or a clip that is no number."""
    return refused("There is nothing to draw in that place.", "render", page)


def defect(error: Exception, stage: str, page: int | None) -> PdfFailure:
    """Our own mistake: said as such, so that no request waits for ever."""
    message = f"{_place(stage, page)} could not be read because of a defect in the program."
    return PdfCrashed(message, _WHOLE, repr(error), stage=stage, page=page)


def encrypted(stage: str, *, wrong: bool) -> PdfFailure:
    """The document is locked."""
    message = "The password does not fit." if wrong else "The document is protected by a password."
    error = PdfEncrypted(message, "Enter the document's password.", stage=stage)
    error.wrong = wrong
    return error


def of_child(error: ChildError, stage: str, page: int | None) -> PdfFailure:
    """The child did not survive the request."""
    stage = error.stage or stage
    page = None if error.stage else page
    place = _place(stage, page)
    if stage == "start":
        return PdfCrashed(
            "The part of the program that reads PDF files could not be started.",
            "Restart the program; if that does not help, install it again.",
            str(error),
            stage=stage,
        )
    if error.expired:
        return PdfTimeout(
            f"{place} took too long and was given up.", _WHOLE, stage=stage, page=page
        )
    return PdfCrashed(
        f"{place} brought the PDF engine down; it was restarted.",
        _WHOLE,
        str(error),
        stage=stage,
        page=page,
    )


def quarantined(path: Path, stage: str, page: int | None) -> PdfFailure:
    """The file is locked out."""
    return PdfQuarantined(
        f"“{path.name}” brought the PDF engine down repeatedly and is not opened any more.",
        "Try again, or get the file again from where it came from.",
        stage=stage,
        page=page,
    )


_OF_PAGE = {
    "render": "Page",
    "glance": "Page",
    "text": "The text of page",
    "links": "The list of links on page",
    "fields": "The form on page",
    "table": "The table on page",
    "ink": "Page",
}
_OF_FILE = {
    "outline": "The outline",
    "metadata": "The file's information",
    "properties": "The file's information",
    "embedded": "The list of files within the document",
    "extract": "The file within the document",
    "filled": "The filled copy",
    "annotated": "The annotated copy",
    "marks": "The list of annotations",
}


def _place(stage: str, page: int | None) -> str:
    if page is not None:
        return f"{_OF_PAGE.get(stage, 'The list of annotations on page')} {page + 1}"
    return _OF_FILE.get(stage, "The file")
