"""What would be assessed under other criteria; nothing is stored."""
