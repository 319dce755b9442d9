"""A filled form: its XML read with bounds, by the published form it was filled in."""
