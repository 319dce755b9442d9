"""An account as pages and commands see it, and whose matters it sees."""
