"""A pack as an Excel workbook for officers; reading it back reports every mistake with its cell."""
