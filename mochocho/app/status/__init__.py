"""How the work stands: its figures, what waits for a person, for a screen and for programs."""
