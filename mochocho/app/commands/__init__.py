"""The command line. click stands here alone."""
