"""Decoding people's files. Everything except `keeper` and `jobs` runs in a child process with limits."""
