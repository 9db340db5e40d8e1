"""Membership over the years."""
