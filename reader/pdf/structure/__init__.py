"""The structure of a research paper found in its text: no Qt, no PyMuPDF."""

from reader.pdf.structure.structure import Structure
from reader.pdf.structure.values import (
    Caption,
    Equation,
    Heading,
    Mention,
    Reference,
    Target,
)

__all__ = ["RULES", "Caption", "Equation", "Heading", "Mention", "Reference", "Structure", "Target"]

RULES = 5  # raise it with any change in what is found, and what was kept is found anew
