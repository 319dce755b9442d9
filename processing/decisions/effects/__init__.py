"""What a decision that holds changes in an assessment."""
