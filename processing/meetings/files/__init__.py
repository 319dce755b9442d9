"""A meeting as the files in which an office sets it up: Excel and YAML, with the same words."""
