"""Checks, scores and decisions: pure rules with a thin layer that loads and stores."""
