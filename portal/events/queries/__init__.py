"""What is looked up about events: by deeds under their lock, by pages, and by the portal."""
