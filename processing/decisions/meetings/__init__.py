"""What committees resolve at their meetings: the words, what is consistent, what changed since. Pure."""
