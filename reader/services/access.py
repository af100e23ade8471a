"""The library as the window knows it: a Reader for any thread, a Writer for one lane."""

from __future__ import annotations

from reader.library.reading import Reader
from reader.library.writing import Writer

__all__ = ["Reader", "Writer"]
