"""Market events: what there is to attend, and who has a place."""
