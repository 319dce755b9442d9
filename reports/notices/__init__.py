"""What the field is told about an application: its words, and the stage that tells servers."""
