"""The accounts of the portal: who they are, whose matters they see, and what an administrator changes."""
