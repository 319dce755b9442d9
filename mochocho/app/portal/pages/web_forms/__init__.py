"""Links that open a form in a browser."""
