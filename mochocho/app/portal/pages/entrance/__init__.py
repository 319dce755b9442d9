"""Signing in and out, and what everybody may change about their own account."""
