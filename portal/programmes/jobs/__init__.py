"""What the portal does by itself with programmes when a date demands it."""
