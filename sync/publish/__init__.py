"""Publishing to phones and servers: one protocol for all targets, and what was published last."""
