"""How events, prices and places are told: to people in words, to machines as data."""
