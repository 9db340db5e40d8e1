"""How stories are shown to machines, and versions beside each other."""
