"""The file of the slot that is shown replaced, and what lost its place put there by hand."""

from __future__ import annotations

from reader.ui.viewer.replace.feature import PANE, Replace

__all__ = ["PANE", "Replace"]
