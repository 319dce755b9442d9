"""Checks of what texts say of the meeting's day: its hours, who presents when."""
