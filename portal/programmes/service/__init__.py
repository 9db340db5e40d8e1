"""What people do with programmes: each function is one deed."""
