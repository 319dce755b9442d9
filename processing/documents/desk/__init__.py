"""The office's desk of documents: what lies on it, and its Excel files, written and read."""
