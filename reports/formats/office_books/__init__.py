"""An office's own Excel file instead of our look: placeholders are replaced, nothing in it is a program."""
