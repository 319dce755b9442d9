"""What is held of one person: found, given, erased."""
