"""Committees' meetings as data: what an office sets up before one, and what came of it."""
