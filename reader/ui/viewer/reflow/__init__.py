"""The reading view: a paper's text in one column, its pictures in their places."""
