"""Sheets → PDFs: lines broken, fonts, the press in its own processes, its cache."""
