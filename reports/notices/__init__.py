"""What the field is told of an application: its words, and the stage that tells servers."""
