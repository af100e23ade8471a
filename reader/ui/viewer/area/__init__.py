"""An area of a page: chosen with the pointer or the keys, copied as text, picture or table."""

from reader.ui.viewer.area.feature import AreaTool

__all__ = ["AreaTool"]
