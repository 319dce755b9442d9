"""What hands people's bytes to a decoder. All but `keeper` and `jobs` runs in a child process with limits."""
