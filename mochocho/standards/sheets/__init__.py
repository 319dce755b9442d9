"""A pack as an Excel workbook: written for officers, read back with every mistake by its cell."""
