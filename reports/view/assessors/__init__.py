"""What the assessors of one unit answered, each by name."""
