"""The embedded endpoint for ODK Collect: spools what phones send, serves what was published."""
