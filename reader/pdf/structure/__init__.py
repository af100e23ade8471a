"""The structure of a research paper found in its text: no Qt, no PyMuPDF.

`structure` brings it together, `values` are what it finds.  Nothing is imported here: the
window loads the parts one by one.
"""

RULES = 7  # raise it with any change in what is found, and what was kept is found anew
