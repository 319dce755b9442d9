"""Field officers: who they are, where they work, and the code that sets up a phone, shown once."""
