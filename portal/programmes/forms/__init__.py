"""What programmes ask people to fill in."""
