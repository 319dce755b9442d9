"""A meeting while it is held: the console of its operators, and the screen that is projected."""
