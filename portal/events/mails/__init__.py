"""What the portal writes to delegates and to those who registered them."""
