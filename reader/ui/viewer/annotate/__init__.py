"""Annotations on the page: painted, made, chosen, changed and commented."""

from reader.ui.viewer.annotate.feature import Annotate

__all__ = ["Annotate"]
