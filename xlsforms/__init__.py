"""Turns the standards into XLSForms, and these into XForms."""
