"""What people receive: papers, packets."""
