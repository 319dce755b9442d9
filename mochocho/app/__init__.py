"""The top layer: the command line, the order of the stages, the demo. Nothing imports it."""
