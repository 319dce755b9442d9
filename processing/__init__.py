"""Checks, scores and decisions: pure rules in a thin shell."""
