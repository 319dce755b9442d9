"""What people receive: papers, packets, lists, notices."""
