"""มชช.: Thailand's community-development standards, from a phone's form to the committee's table."""

__version__ = "0.1.0"
