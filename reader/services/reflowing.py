"""The text of a paper as one column, for the reading view."""

from __future__ import annotations

from reader.pdf.flow import Flow, Item, PagePlan, Run

__all__ = ["Flow", "Item", "PagePlan", "Run"]
