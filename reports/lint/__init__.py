"""What is wrong with a meeting's papers before they are signed."""
