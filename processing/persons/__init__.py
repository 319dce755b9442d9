"""A person whose data is asked for: what says that a text is about them."""
