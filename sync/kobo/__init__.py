"""KoboToolbox as a source of submissions and as a place to publish to."""
