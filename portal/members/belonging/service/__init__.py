"""What is done with membership over the years. Each function is one deed."""
