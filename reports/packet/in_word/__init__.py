"""The papers of a meeting for Word, from the views that the PDFs are made of."""
