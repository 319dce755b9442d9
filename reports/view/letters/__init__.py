"""The papers before a meeting: letters, orders, forms to answer and to fill in by hand. Pure."""
