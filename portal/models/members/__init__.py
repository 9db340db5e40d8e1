"""People, organisations and membership."""
