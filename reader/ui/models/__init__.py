"""Qt models over the library; no widgets."""
