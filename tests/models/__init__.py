"""Small servers that answer as real ones did in recordings, for tests and benchmarks."""
