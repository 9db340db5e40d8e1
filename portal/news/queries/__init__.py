"""What the news room looks up."""
