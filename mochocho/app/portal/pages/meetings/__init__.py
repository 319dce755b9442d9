"""Meetings as they are kept: begun, changed in a few fields or in their workbook, every version staying."""
