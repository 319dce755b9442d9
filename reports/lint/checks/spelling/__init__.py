"""Checks of how texts are typed: words, digits, brackets, what was left in them."""
