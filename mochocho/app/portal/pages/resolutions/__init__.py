"""What committees resolved, district by district, written down by a clerk."""
