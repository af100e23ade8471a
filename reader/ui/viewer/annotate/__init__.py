"""Annotations on the page: painted, made, chosen, changed and commented."""
