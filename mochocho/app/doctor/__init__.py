"""What would stop the work, each looked at by itself; changes nothing."""
