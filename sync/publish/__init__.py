"""What phones and servers are given: one protocol for all targets, and what was published last."""
