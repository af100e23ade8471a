"""`python -m reader`, and the `paper-reader` command."""

from __future__ import annotations

import gc
import signal
import sys


def main() -> int:
    """Open the window, or run a command: each loads only what it needs."""
    # Until there is someone to catch it, Ctrl+C ends the program without a word.
    patient = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if patient:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from reader.arguments import DOCUMENTS, window_start

    start = window_start(sys.argv[1:])
    if start is None:
        from reader.cli.main import run

        return run(sys.argv[1:], interruptible=patient)
    # Hundreds of modules make thousands of things that stay: looking among them for garbage
    # is a twentieth of the start.  The window looks itself, on its own thread (`ui.garbage`).
    gc.disable()
    engine = None
    documents = [file for file in start.files if file.suffix.lower() in DOCUMENTS]
    if documents:
        # The engine's child starts, and reads, while Qt is still being loaded.
        from reader.pdf.spawn import Spawned

        first = Spawned()
        from reader.pdf.engine import Engine

        engine = Engine(first=first)
        engine.expect(documents[-1])
    from reader.app.start import open_window

    return open_window(start, engine)


if __name__ == "__main__":
    sys.exit(main())
