"""A meeting while it is held: who is there, who presents, the clock, and what the minutes say of it."""
