"""Erases what is held of a person, or of a whole cycle, and keeps what the law has the office keep."""
