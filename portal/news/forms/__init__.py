"""What editors and members fill in about news."""
