"""Typesets sheets into PDFs: line breaks, fonts, the press in its own processes, its cache."""
