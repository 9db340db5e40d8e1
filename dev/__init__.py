"""What a developer types: `python3 dev help` lists it. Nothing here needs more than Python."""
