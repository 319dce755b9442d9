"""How every district of a home stands to the calendar, and a district's own days."""
