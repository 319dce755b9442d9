"""The state of the work: its figures, and what waits for a person, for screens and programs."""
