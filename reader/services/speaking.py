"""Reading aloud: the sentences of a page, and a voice to say them."""

from __future__ import annotations

from reader.pdf.sentences import sentences
from reader.system.voices import Saying, Voice, find_voice

__all__ = ["Saying", "Voice", "find_voice", "sentences"]
