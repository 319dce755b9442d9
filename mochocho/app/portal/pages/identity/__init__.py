"""Identifiers of a person in full, for a reason that is logged."""
