"""What programmes write to people."""
