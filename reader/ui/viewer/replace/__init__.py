"""The file of the slot that is shown replaced, and what lost its place put there by hand."""
