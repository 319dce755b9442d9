"""What a file that somebody handed in would change, shown before it is taken."""
