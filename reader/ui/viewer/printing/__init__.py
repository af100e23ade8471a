"""Printing: which pages, on what, and how it goes on."""

from reader.ui.viewer.printing.feature import Printing, load

__all__ = ["Printing", "load"]
