"""What programmes look up."""
