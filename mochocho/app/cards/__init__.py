"""Pages of ID cards of which the machine is not sure what to cover: listed, and decided by a person."""
