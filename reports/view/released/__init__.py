"""Papers of a released packet: the note on its release, and addenda."""
