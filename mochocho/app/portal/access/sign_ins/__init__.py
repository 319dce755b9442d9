"""Attempts to sign in: how many are let through, from where they come, what the access log keeps of them."""
