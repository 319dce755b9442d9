"""Typesets sheets into PDFs: line breaks, fonts, the typesetter in its own processes, its cache."""
