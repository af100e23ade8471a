"""Aids to reading: the ruler, reading aloud, presentation, the reading view."""
