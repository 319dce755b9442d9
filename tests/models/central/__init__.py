"""A model of ODK Central."""
