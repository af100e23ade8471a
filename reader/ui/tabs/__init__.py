"""The window's tabs: the library first, then one tab an open PDF, or two of them in a split."""

from __future__ import annotations

from reader.ui.tabs.tabs import Tabs

__all__ = ["Tabs"]
