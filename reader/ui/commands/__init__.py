"""Commands as rows of a table; actions, menus, shortcuts and the palette made of them."""
