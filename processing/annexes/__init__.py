"""A meeting's annexes: the office's own PDFs, bound into its packet."""
