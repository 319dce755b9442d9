"""Processes that typeset, and whoever gives them work."""
