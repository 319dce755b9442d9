"""Releases of a packet: the packet frozen as it is, and addenda that tell what changed since."""
