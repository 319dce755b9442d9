"""Small papers made on request and handed over."""
