"""An office's own Word file instead of our look: placeholders are replaced, nothing in it is a program."""
