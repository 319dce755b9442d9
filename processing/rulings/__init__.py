"""The office's rulings of every kind, as typed: read with what the home knows, and their Excel file."""
