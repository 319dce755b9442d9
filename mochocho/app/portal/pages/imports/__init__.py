"""Files that an office filled in, handed in on a page: shown first, then taken in."""
