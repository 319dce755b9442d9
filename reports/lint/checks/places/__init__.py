"""Checks of provinces, districts and subdistricts that papers name."""
