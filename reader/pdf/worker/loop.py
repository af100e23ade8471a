"""The child's main loop: one request, one answer, until the pipe ends.

The first frame says what the child may use and where its slot is.  The real
stdin and stdout are taken for the pipe and replaced, so that nothing a library
prints can reach it.
"""

from __future__ import annotations

import gc
import mmap
import os
import signal
import sys
from typing import Any, BinaryIO

from reader.pdf import slots, wire
from reader.pdf.worker import confine
from reader.pdf.worker.answers import RefusedError, kind_of
from reader.pdf.worker.service import Service

_REQUEST_LIMIT = 1 << 20


def main() -> None:
    """Serve until the parent closes the pipe or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = _take_pipe()
    hello, _ = wire.receive(source, _REQUEST_LIMIT)
    slot = slots.attach(hello["slot"], hello["slot_size"]) if hello["slot_size"] else None
    service = Service(hello["limits"])
    confine.limit(hello["limits"]["memory"])
    confine.confine()
    wire.send(sink, {"ready": os.getpid(), "rss": resident()})
    # What is loaded by now lives as long as the process: never look at it again.
    gc.freeze()
    while True:
        try:
            request, _ = wire.receive(source, _REQUEST_LIMIT)
            _answer(service, request, slot, sink)
        except (wire.WireError, OSError):
            os._exit(0)  # nobody is left to hear of an orderly end


def _take_pipe() -> tuple[BinaryIO, BinaryIO]:
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)
    return source, sink


def _answer(
    service: Service, request: dict[str, Any], slot: mmap.mmap | None, sink: BinaryIO
) -> None:
    confine.allow_seconds(request["seconds"])
    header: dict[str, Any] = {"id": request["id"]}
    body: list[bytes | memoryview] = []
    try:
        answer, pixels = service.do(request)
        header["answer"] = answer
        if pixels is not None and slot is not None and len(pixels) <= len(slot):
            slot[: len(pixels)] = pixels
            header["in_slot"] = len(pixels)
        elif pixels is not None:
            body.append(pixels)
    except BaseException as error:
        header["error"], header["reason"] = kind_of(error), _reason(error)
    header["rss"] = resident()
    wire.send(sink, header, body)
    # Not before: the body is memory that tidying may give back.
    service.tidy(header["rss"])


def _reason(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    known = isinstance(error, RefusedError)
    return (text if known else f"{type(error).__name__}: {text}")[:500]


def resident() -> int:
    """Bytes of memory the process holds; 0 where the system does not say."""
    if not sys.platform.startswith("linux"):
        return 0
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * mmap.PAGESIZE
