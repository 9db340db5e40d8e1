"""Market events: what there is to attend, the places, and who has one."""
