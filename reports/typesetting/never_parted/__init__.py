"""What the end of a line never parts: compounds, parts of names, dates and units. Pure."""
