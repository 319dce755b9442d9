"""What the office decides beside committees and documents: as it is typed, and its Excel file."""
