"""Checks of what is minuted: who came, what was resolved."""
