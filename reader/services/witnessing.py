"""What an annotation keeps of its place: the window takes it as imports and replacements do."""

from reader.pdf.evidence import Run, evidence, evidence_of
from reader.pdf.hyphens import Words

__all__ = ["Run", "Words", "evidence", "evidence_of"]
