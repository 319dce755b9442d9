"""Checks of how people, offices and addresses are spelt in texts."""
