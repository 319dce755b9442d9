"""KoboToolbox as a source and as a target."""
