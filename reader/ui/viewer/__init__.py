"""The PDF page of the window: one document, scrolled, zoomed, searched and selected."""
