"""Excel files from people and offices: read with checks,
written so that the same content gives the same bytes.
"""
