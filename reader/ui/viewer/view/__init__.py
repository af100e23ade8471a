"""How pages are shown: layouts, rotation, trimmed margins, colours, and the menu of all that."""

from reader.ui.viewer.view.feature import ViewFeature

__all__ = ["ViewFeature"]
