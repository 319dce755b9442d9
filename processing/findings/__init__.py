"""Findings: the catalogue of all of them, making one, and wording it. Pure."""
